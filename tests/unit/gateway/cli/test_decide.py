"""`ecluse decide` answers each line in its place, by the charter alone."""

import datetime as dt
import json
from pathlib import Path

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from config.charter import SHIPPED
from config.routes import DEMO
from gateway.cli.decide import decide, decide_lines
from policies.facts import Recognition
from policies.loader import load_charter, routes_of

APP = typer.Typer()
APP.command()(decide)
TODAY = dt.date(2026, 11, 23)
CHARTER = load_charter(SHIPPED, routes_of([DEMO]))

LINES = [
    '{"prompt": "Corrige ma note.", "declared_use": "reformulation", "role": "ide"}',
    '{"prompt": "Rédige.", "declared_use": "compte_rendu", "role": "ide"}',
    '{"prompt": "Rédige.", "declared_use": null, "role": "medecin"}',
    '{"prompt": "Rédige.", "declared_use": "poème", "role": "medecin", "id": 7}',
    '{"prompt": "Rédige.", "declared_use": "traduction", "role": null}',
]
ANSWERS = [
    {"decision": "allow", "reason": "permis", "use": "reformulation"},
    {"decision": "refuse", "reason": "hors_role", "use": "compte_rendu"},
    {"decision": "ask_use", "reason": "usage_requis", "use": None},
    {"decision": "refuse", "reason": "usage_inconnu", "use": None},
    {"decision": "refuse", "reason": "hors_role", "use": "traduction"},
]


def run(*arguments: str, lines: str | bytes | None = None) -> Result:
    return CliRunner().invoke(APP, arguments, input=lines)


def answers(result: Result) -> list[object]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_lines_are_answered_in_order() -> None:
    result = run("--jsonl", lines="\n".join(LINES))
    assert answers(result) == ANSWERS
    assert result.exit_code == 0


def test_a_file_is_read_like_the_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "demandes.jsonl"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    assert answers(run("--jsonl", str(path))) == ANSWERS


@pytest.mark.parametrize(
    "bad", [b"{", b"[]", b"", b'{"role": 3}', b'{"prompt": ["x"]}', b'{"role": "m\xe9decin"}'], ids=repr
)
def test_an_invalid_line_is_named_and_the_others_are_answered(bad: bytes) -> None:
    """Would catch: answers that slip by one line, or a patient's text shown in an error."""
    result = run("--jsonl", lines=b"\n".join([LINES[0].encode(), bad, LINES[1].encode()]))
    assert answers(result) == [ANSWERS[0], {"decision": "refuse", "reason": "ligne_invalide", "use": None}, ANSWERS[1]]
    assert result.stderr == "ligne 2 : ce n’est pas un objet JSON avec prompt, declared_use et role\n"
    assert result.exit_code == 2


@given(st.lists(st.binary().filter(lambda line: b"\n" not in line), max_size=8))
def test_any_lines_get_as_many_answers(lines: list[bytes]) -> None:
    assert len(list(decide_lines(CHARTER, lambda _: Recognition(), lines, TODAY))) == len(lines)


def test_one_request_is_explained() -> None:
    result = run("--role", "medecin", "--use", "compte_rendu", "--date", "2026-11-23")
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert said.startswith("allow permis (guide 7.3 et 8.2)")
    assert "Route demo, palier D1, relecture R2" in said
    assert "(Écluse démo, 0.1.0) ; non validé, à relire par le professionnel présent auprès du patient." in said


def test_a_refusal_offers_the_open_uses() -> None:
    result = run("--role", "ide", "--use", "compte_rendu")
    assert result.stdout.startswith("refuse  hors_role  (guide 5.1 et 5.3)")
    assert "transmissions  Transmissions et liaison soignante" in result.stdout


def test_a_faulty_configuration_is_said() -> None:
    result = run("--config", "absent.yaml")
    assert result.exit_code == 1
    assert "absent.yaml:1:1: Ce fichier ne peut pas être lu" in result.stderr
