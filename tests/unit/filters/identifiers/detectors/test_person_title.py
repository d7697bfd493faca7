import pytest

from tests.fakes.detection import marked


@pytest.mark.parametrize(
    "expected",
    [
        "mr [NOM:lefevre] [PRENOM:jean pierre] vu ce jour",
        "mme [NOM:de la tour du pin] est sortie",
        "MME [NOM:KOWALCZYK] [PRENOM:GINETTE] HOSPITALISEE POUR AVC",
        "M. [NOM:Parkinson] a une maladie de Parkinson",
        "Mme [NOM:Blanc] se plaint de son bras",
        "sa fille [PRENOM:Léa] viendra demain",
        "née [NOM:KERMARREC], épouse [NOM:Szymanski]",
        "vu par le Dr [NOM:N'Diaye] ce matin",
        "mr [NOM:gauche] va mieux, dr [NOM:masse] prévenu",
        "la patiente [NOM:moreau] et sa maman [PRENOM:Clémence]",
        "ch 204 [NOM:kermarrec] : sortie, lit 12 - [NOM:DUPONT]",
        "Dr [PRENOM:B.][NOM:Toussaint-Kermarrec] appelé",
        "Usager [PRENOM:Troupe] [NOM:RAMON]",
        "le patient [NOM:le bihan] dort",
        "dossier [NOM:schmitt] à relire",
    ],
)
def test_titles_roles_and_kinship_announce_names(expected: str) -> None:
    """Each is a way in which staff write people; what stands in brackets would leave."""
    assert marked(unmarked(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mme est sortie, le docteur souhaite une IRM",
        "la patiente refuse le traitement et le médecin traitant est prévenu",
        "le patient de la chambre 12 est né prématuré",
        "pr le moment pas de fièvre, à 5 m de distance",
        "signe de Babinski négatif, infirmier prévenu",
        "Madame la Directrice, Monsieur le Directeur,",
        "Antécédents dans la famille. A l'âge de 3 ans, épanchement de 8 mm. L'échographie",
        "SIGNE DE MURPHY NEGATIF, PAS DE SIGNE D'APPENDICITE",
        "ch 12 matelas, lit 4 désaturation",
        "dossier complet, dossier trakcare",
        "un nouveau-né d'un jour. Né d'une union",
    ],
)
def test_sentences_go_on_after_titles(text: str) -> None:
    assert marked(text) == text


def unmarked(expected: str) -> str:
    """Return the text as typed, without the marks of what must be found."""
    for label in ("NOM", "PRENOM", "PERSONNE"):
        expected = expected.replace(f"[{label}:", "")
    return expected.replace("]", "")


@pytest.mark.parametrize("text", ["SELECT m.dat_sor FROM mvt m", "nadege N M M N R R"])
def test_a_lone_m_before_a_column_or_a_shift_is_no_title(text: str) -> None:
    """Over-masking: a query and a rota that a model cannot read any more."""
    assert "dat]" not in marked(text)
    assert "[NOM:N" not in marked(text)


@pytest.mark.parametrize("text", ["Mme M.M, âgée de 63 ans", "Mme M D, âgée de 20 ans", "Mme M. M. est revue"])
def test_initials_that_begin_with_m_follow_a_title(text: str) -> None:
    """Would leave: the initials of a patient, taken for a second title."""
    assert "M" not in marked(text).removeprefix("Mme").split("]")[-1]


def test_an_unknown_word_after_a_title_and_a_first_name_is_the_surname() -> None:
    """Would leave: a surname in lower case that ends as words of medicine do."""
    assert "trak" not in marked("je vous adresse Monsieur yann trakéès pour avis.").replace("trakéès]", "]")
    assert "dyspnéique" in marked("vu monsieur yann dyspnéique depuis hier").split("]")[-1]


@pytest.mark.parametrize("text", ["pièce jointe de Mme Kowandec_Jeanne", "Mme N A V, âgée de 24 ans"])
def test_a_title_announces_a_name_whatever_is_joined_to_it(text: str) -> None:
    """Would leave: a surname in the name of a file, the initials of a patient spelt apart."""
    assert not [name for name in ("Kowandec", "N A V") if name in marked(text).replace("Kowandec]", "]")]
