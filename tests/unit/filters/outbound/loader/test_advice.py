"""What is right and yet probably not meant is told, and stops nothing."""

import datetime as dt
from pathlib import Path

import pytest

from filters.outbound.loader import advice, read_policy
from tests.fakes.outbound_policies import CATALOGUE

RIGHT = Path(__file__).parents[4] / "data" / "outbound" / "policy.yaml"
TODAY = dt.date(2026, 12, 3)
APPROVED = "page: https://ia.hopital.example/bloque\n"


def told(folder: Path, written: str, instead: str, today: dt.date = TODAY) -> list[str]:
    (folder / "liste.txt").write_text("liste.example\n", encoding="utf-8")
    path = folder / "politique.yaml"
    text = RIGHT.read_text(encoding="utf-8").replace(APPROVED, f"{APPROVED}approved: https://ia.hopital.example/\n")
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    reading = read_policy(path, CATALOGUE, today=today)
    assert reading.faults == []
    return [fault.message for fault in advice(reading, CATALOGUE, today)]


def test_nothing_is_said_of_a_policy_that_is_well(tmp_path: Path) -> None:
    assert told(tmp_path, "", "") == []


@pytest.mark.parametrize(("written", "instead", "said"), [
    ("begins: 2026-11-20,", "begins: 2026-11-02, in_haste: fuite,", "après 1 jour d’observation. Motif donné : fuite."),
    ("approved: https://ia.hopital.example/\n", "", "vers aucun outil approuvé"),
    ("gateway: [10.20.0.15]", "gateway: []", "Aucune adresse de la passerelle"),
    ("expires: 2026-12-31", "expires: 2026-12-02", "n’est plus en vigueur depuis le 02/12/2026"),
    ("expires: 2026-12-31", "expires: 2028-12-02", "vaut plus d’un an"),
    ("users: [u1], ", "", "vaut pour tout le monde"),
    ("[mairie.example]", "[bavard.example]", "ces services non plus, en tout ou partie : bavard, bavard_api."),
])  # fmt: skip
def test_each_is_said(tmp_path: Path, written: str, instead: str, said: str) -> None:
    messages = told(tmp_path, written, instead)
    assert len(messages) == 1
    assert said in messages[0]


def test_steps_that_nobody_signed_are_told(tmp_path: Path) -> None:
    path = tmp_path / "politique.yaml"
    path.write_text('version: "1"\ngateway: [10.20.0.15]\n', encoding="utf-8")
    messages = advice(read_policy(path, CATALOGUE, today=TODAY), CATALOGUE, TODAY)
    assert [fault.message[:30] for fault in messages] == ["Aucune étape n’est signée : ob"]


def test_a_policy_with_faults_gets_no_advice(tmp_path: Path) -> None:
    assert advice(read_policy(tmp_path / "absente.yaml", CATALOGUE, today=TODAY), CATALOGUE, TODAY) == ()
