"""What a terminal shows of the register."""

import io

import pytest
from rich.console import Console, RenderableType

from gateway.cli.people_tables import everybody, one, sheet
from gateway.people.person import Dossier
from gateway.people.sheet import role_sheet
from tests.fakes.people import MARGOT, SOLENE, TODAY, TRAINED, charter


def shown(*parts: RenderableType) -> str:
    console = Console(file=io.StringIO(), width=200)
    for part in parts:
        console.print(part)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({}, "La charte ne demande encore rien"),
        ({"required": "listed", "tools": "exempt"}, "programmes sans personne : dispensés"),
        ({"required": "all"}, "programmes sans personne : refusés"),
    ],
)
def test_a_sheet_says_where_the_rule_applies(rule: dict[str, str], said: str) -> None:
    asking = charter(**rule)
    text = shown(*sheet(role_sheet(asking, "medecin", TODAY), asking, "medecin"))
    assert said in text
    assert "reflexion_clinique" in text


def test_a_list_says_who_lacks_what() -> None:
    lines = shown(everybody([TRAINED, Dossier(MARGOT)], charter(), TODAY)).splitlines()
    assert any("a123" in line and "à jour" in line and "signée" in line for line in lines)
    assert any("p77" in line and "manque IA-SOCLE, RGPD, RESP" in line and "non signée" in line for line in lines)


def test_a_person_is_shown_with_what_they_lack_for_each_use() -> None:
    asking = charter(required="all")
    assert "formation RESP" in shown(*one(Dossier(SOLENE), asking, TODAY))
    trained = shown(*one(TRAINED, asking, TODAY))
    assert "non" not in trained.replace("non signée", "")
    assert "Chef de pôle" in trained
