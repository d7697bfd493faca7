"""What a model writes back, and what becomes of it."""

import json

import pytest

from filters.identifiers.entity import Label
from filters.identifiers.restorer import Restorer
from filters.identifiers.vault import Vault


def vault(*typed: str) -> Vault:
    made = Vault(typed)
    for name in ["Morvan", *(f"Kerbrat{number}" for number in range(2, 11)), "MORVAN"]:
        made.placeholder(Label.NOM, name)
    made.placeholder(Label.PRENOM, 'Ysé "Yz"\n\\')
    made.placeholder(Label.DATE, "12/03/2024")
    return made


@pytest.mark.parametrize(
    ("written", "restored"),
    [
        ("Mme [NOM_1].", "Mme Morvan."),
        ("[NOM_10]", "Kerbrat10"),
        ("[NOM_1]0", "Morvan0"),
        ("[NOM_1b]", "MORVAN"),
        ("[NOM_1B]", "MORVAN"),
        ("**[NOM_1]**", "**Morvan**"),
        ("[**NOM_1**]", "Morvan"),
        ("`[NOM_1]`", "`Morvan`"),
        (r"\[NOM_1\]", "Morvan"),
        (r"[NOM\_1]", "Morvan"),
        (r"\[NOM\_1\]", "Morvan"),
        (r"\[NOM_1]", r"\Morvan"),
        ("[ nom 1 ]", "Morvan"),
        ("［NOM_1］", "Morvan"),
        ("【Nom-1】", "Morvan"),
        ("[LAST NAME_1]’s", "Morvan’s"),
        ("[Date 1]", "12/03/2024"),
        ("[NOM_1](x)", "Morvan(x)"),
        ("[[NOM_1]]", "[Morvan]"),
        ("[NOM_1][NOM_2]", "MorvanKerbrat2"),
        ("[voir [NOM_1]", "[voir Morvan"),
    ],
)
def test_restored(written: str, restored: str) -> None:
    restorer = Restorer(vault())
    assert restorer.restore(written) == restored
    assert (restorer.lost, restorer.unknown) == (0, 0)


@pytest.mark.parametrize(
    ("written", "lost", "unknown"),
    [
        ("[NOM_11]", 0, 1),
        ("[NOM_1z]", 0, 1),
        ("[VILLE_1]", 0, 1),
        ("[City 3]", 0, 1),
        ("[NOM_01]", 1, 0),
        ("[NOM_]", 1, 0),
        ("[NOM]", 1, 0),
        ("[NOM_1", 1, 0),
        ("[NOM", 1, 0),
        ("[NOM_1, suite", 1, 0),
        ("[NOM_1/2]", 1, 0),
        ("[NOM_1 NOM_2]", 1, 0),
        ("[NOM_\n1]", 1, 0),
        ("[VILLE]", 0, 0),
        ("[Nom]", 0, 0),
        ("[date de sortie]", 0, 0),
        ("NOM_1", 0, 0),
        ("[1]", 0, 0),
        ("[ ]", 0, 0),
        ("[NOM, prénom]", 0, 0),
        ("(NOM_1)", 0, 0),
        ("[x" * 40, 0, 0),
    ],
)
def test_left_as_it_is(written: str, lost: int, unknown: int) -> None:
    """Catches a guess: what is damaged or unknown stays visible and is counted."""
    restorer = Restorer(vault())
    assert restorer.restore(written) == written
    assert (restorer.lost, restorer.unknown) == (lost, unknown)


def test_what_the_caller_typed_comes_back_uncounted() -> None:
    restorer = Restorer(vault("[Nom 12] et [NOM_]", "[VILLE_1]"))
    text = r"[NOM_12] \[nom 12\] [NOM_] [City 1]"
    assert restorer.restore(text) == text
    assert (restorer.lost, restorer.unknown) == (0, 0)


def test_restored_text_is_not_read_again() -> None:
    """Catches a value that looks like a placeholder and is expanded to another patient's."""
    made = Vault([])
    made.placeholder(Label.NOM, "[NOM_2]")
    made.placeholder(Label.NOM, "Morvan")
    assert Restorer(made).restore("[NOM_1] [NOM_2]") == "[NOM_2] Morvan"


def test_values_are_escaped_inside_json() -> None:
    """Catches a quote or a line break in an address that breaks the arguments of a tool call."""
    restored = Restorer(vault()).restore(r'{"a": "[PRENOM_1]", "[NOM_1]": "\\[PRENOM_1\\]"}', json_escaped=True)
    assert json.loads(restored) == {"a": 'Ysé "Yz"\n\\', "Morvan": 'Ysé "Yz"\n\\'}
    assert (
        json.loads(Restorer(vault()).restore(r'"PR[PR\u00c9NOM_1] C:\\[NOM_1]"', json_escaped=True))
        == 'PRYsé "Yz"\n\\ C:\\Morvan'
    )


def test_names_are_restored_from_bare_placeholders_only_where_asked() -> None:
    restorer = Restorer(vault("get_NOM_12"))
    assert restorer.restore("fiche_NOM_1_NOM_10", bare=True) == "fiche_Morvan_Kerbrat10"
    assert restorer.restore("fiche_NOM_15 NOM_12 xNOM_1 NOM_1x2", bare=True) == "fiche_NOM_15 NOM_12 xNOM_1 NOM_1x2"
    assert restorer.unknown == 1
    assert restorer.restore("NOM_1") == "NOM_1"


def test_time_grows_with_length_only() -> None:
    """Catches a pattern that a hostile answer could make run for minutes: this would not end."""
    restorer = Restorer(vault())
    for hostile in ("[" * 200_000, "\\" * 200_000, "[NOM " * 50_000, "[" + " " * 200_000, "[NOM_1\\" * 50_000):
        assert restorer.restore(hostile) == hostile
