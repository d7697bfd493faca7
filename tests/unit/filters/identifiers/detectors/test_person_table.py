from tests.fakes.detection import marked


def test_columns_of_names_are_masked_whatever_the_words() -> None:
    """In a table, a name that is a word has only its column to say that it is a name."""
    text = "| Nom | Prénom | Service |\n|---|---|---|\n| PETIT | Rose | Gériatrie |\n"
    expected = "| Nom | Prénom | Service |\n|---|---|---|\n| [NOM:PETIT] | [PRENOM:Rose] | Gériatrie |\n"
    assert marked(text) == expected


def test_the_table_ends_with_its_shape() -> None:
    text = "nom;prénom\nlong;rose\n\npetit oedème"
    assert marked(text) == "nom;prénom\n[NOM:long];[PRENOM:rose]\n\npetit oedème"
