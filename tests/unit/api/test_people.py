"""The register over HTTP: one's own dossier for everybody, the others' for those who keep it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from config.settings import Settings
from gateway.app import create_app
from gateway.database import Database
from gateway.people.office import Office
from gateway.people.sql import SqlRegister
from policies.facts import Caller
from policies.people import GENERAL
from tests.fakes.asgi import Visit
from tests.fakes.lines import Lines
from tests.fakes.people import MARGOT, SOLENE, TODAY, charter, desk
from tests.fakes.pipeline import DOCTOR, OneKey, ScriptedPipeline, services

OFFICER = Caller("abcd9999", "dpo", "direction")
OWNER = replace(DOCTOR, person="a123")


@pytest.fixture
async def register(tmp_path: Path) -> AsyncIterator[SqlRegister]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'people.db'}")
    await database.start()
    opened = SqlRegister(database)
    await opened.record([SOLENE])
    yield opened
    await database.close()


async def ask(register: SqlRegister, caller: Caller, method: str, path: str, body: Any = None, **rule: object) -> Visit:
    app = create_app(Settings(), Lines())
    office = Office(register, desk(**rule), frozenset({"dpo", "dsi"}))
    app.state.services = services(
        ScriptedPipeline(), charter=charter(**rule), directory=OneKey(caller), people=office, today=lambda: TODAY
    )
    made = Visit(b"" if body is None else orjson.dumps(body), path=path, method=method)
    await made.play(app)
    return made


async def test_everybody_sees_what_they_have_and_what_is_missing(register: SqlRegister) -> None:
    await register.record([desk().training("a123", "RGPD", TODAY, TODAY)])
    made = await ask(register, OWNER, "GET", "/v1/people/me", required="all")
    assert made.status == 200
    assert made.response_headers["cache-control"] == "no-store"
    wire = made.json()
    assert wire["person"] == {
        "id": "a123", "kind": "agent", "role": "medecin", "service": "cardiologie", "name": "Solène Kerbrat",
    }  # fmt: skip
    assert (wire["required"], wire["charter"]) == ("all", {"version": "2026-11-23", "signed": None})
    assert {one["code"]: (one["state"], one["expires"]) for one in wire["trainings"]} == {
        "IA-SOCLE": ("missing", None), "RGPD": ("ending", "2026-11-23"), "RESP": ("missing", None),
    }  # fmt: skip
    use = next(one for one in wire["uses"] if one["use"] == "compte_rendu")
    assert (use["open"], use["code"], use["missing"]) == (
        False, "formation_requise", "formation IA-SOCLE, formation RESP",
    )  # fmt: skip


async def test_a_key_that_is_nobody_s_has_no_dossier(register: SqlRegister) -> None:
    for caller in (DOCTOR, replace(DOCTOR, person="gone")):
        for method, path, body in (
            ("GET", "/v1/people/me", None),
            ("POST", "/v1/people/me/signature", {"version": "2026-11-23"}),
        ):
            made = await ask(register, caller, method, path, body)
            assert (made.status, made.json()["error"]["code"]) == (404, "personne_inconnue")


async def test_only_the_charter_in_force_is_signed_and_only_once(register: SqlRegister) -> None:
    """Would catch: a version signed unread, or a date of signature that moves."""
    old = await ask(register, OWNER, "POST", "/v1/people/me/signature", {"version": "2025-01-01"})
    assert (old.status, old.json()["error"]["code"]) == (400, "charte_perimee")
    before = desk().signature("a123", None, TODAY.replace(day=1))
    made = await ask(register, OWNER, "POST", "/v1/people/me/signature", {"version": "2026-11-23"})
    assert made.json()["charter"]["signed"] == "2026-11-23"
    await register.record([before])
    again = await ask(register, OWNER, "POST", "/v1/people/me/signature", {"version": "2026-11-23"})
    assert again.json()["charter"]["signed"] == "2026-11-01"


async def test_those_who_keep_the_register_write_in_it(register: SqlRegister) -> None:
    person = {"kind": "interimaire", "role": "ide", "service": "urgences"}
    made = await ask(register, OFFICER, "PUT", "/v1/people/P77", person)
    assert made.status == 200
    assert made.json()["person"] == {"id": "p77", "name": None, **person}
    for path, body in (
        *(("trainings", {"code": code, "obtained": "2026-11-01"}) for code in GENERAL),
        ("signatures", {}),
        ("habilitations", {"subject": "transmissions", "issuer": "Cadre", "expires": "2027-01-31"}),
    ):
        made = await ask(register, OFFICER, "POST", f"/v1/people/p77/{path}", body, required="all")
        assert made.status == 200, made.json()
    wire = made.json()
    assert {one["state"] for one in wire["trainings"]} == {"valid"}
    assert [one["version"] for one in wire["signatures"]] == ["2026-11-23"]
    assert wire["habilitations"] == [
        {
            "subject": "transmissions", "issued": "2026-11-23", "expires": "2027-01-31", "issuer": "Cadre",
            "state": "valid",
        }
    ]  # fmt: skip
    assert all(use["open"] for use in wire["uses"])
    read = await ask(register, OFFICER, "GET", "/v1/people/p77", required="all")
    assert read.json() == wire


WRITING = [
    ("GET", "/v1/people/a123", None),
    ("PUT", "/v1/people/a123", {"role": "medecin", "service": "x"}),
    ("POST", "/v1/people/a123/trainings", {"code": "RGPD"}),
    ("POST", "/v1/people/a123/signatures", {}),
    ("POST", "/v1/people/a123/habilitations", {"subject": "codage", "issuer": "x"}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITING)
async def test_nobody_else_sees_or_writes_it(register: SqlRegister, method: str, path: str, body: Any) -> None:
    """The leak caught: a colleague's name and trainings; also somebody who authorises themselves."""
    made = await ask(register, OWNER, method, path, body)
    assert (made.status, made.json()["error"]["code"]) == (403, "role_requis")
    assert b"Kerbrat" not in made.content
    dossier = await register.dossier("a123")
    assert dossier is not None
    assert (dossier.person, dossier.trainings, dossier.habilitations) == (SOLENE, (), ())


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("nobody/trainings", {"code": "RGPD"}, 404, "personne_absente"),
        ("me/trainings", {"code": "RGPD"}, 400, "champ_invalide"),
        ("a123/trainings", {"code": "RGPD", "obtained": "hier"}, 400, "champ_invalide"),
        ("a123/trainings", {"code": "RGPD", "obtained": "2027-01-01"}, 400, "champ_invalide"),
        ("a123/trainings", {"code": "RGPD", "person": "b9"}, 400, "champ_inconnu"),
        ("a123/habilitations", {"subject": "tout", "issuer": "x"}, 400, "champ_invalide"),
        ("a123/signatures", {"signed": 20261123.5}, 400, "champ_invalide"),
    ],
)
async def test_what_cannot_be_recorded_is_said(
    register: SqlRegister, path: str, body: Any, status: int, code: str
) -> None:
    made = await ask(register, OFFICER, "POST", f"/v1/people/{path}", body)
    assert (made.status, made.json()["error"]["code"]) == (status, code)


async def test_who_is_not_registered_is_not_found(register: SqlRegister) -> None:
    for path in ("nobody", MARGOT.id, "Mme%20Kerbrat"):
        made = await ask(register, OFFICER, "GET", f"/v1/people/{path}")
        assert (made.status, made.json()["error"]["code"]) == (404, "personne_absente")
