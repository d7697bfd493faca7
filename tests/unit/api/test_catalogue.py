"""The menu and the charter, for programs and for people."""

import datetime as dt
from typing import Any

import orjson
import pytest

from config.charter import SHIPPED
from config.settings import Settings
from gateway.app import create_app
from policies.facts import AiSystem, Caller, Facts, Recognition, Route, Tier
from policies.loader import load_charter
from tests.fakes.asgi import Visit
from tests.fakes.lines import Lines
from tests.fakes.people import charter as asking
from tests.fakes.pipeline import OneKey, ScriptedPipeline, services

SYSTEM = AiSystem("Modèle d'essai", "1.0", "Fournisseur inventé")
MASKED = Route("masque", Tier.D1, "FR", SYSTEM)
CERTIFIED = Route("certifie", Tier.D2, "FR", SYSTEM, "HDS-1", dt.date(2099, 1, 1))
CHARTER = load_charter(SHIPPED, (MASKED, CERTIFIED))
TODAY = dt.date(2026, 11, 23)


async def get(path: str, role: str = "medecin", accept: str = "application/json") -> Visit:
    app = create_app(Settings(), Lines())
    caller = Caller("abcd1234", role, "cardiologie")
    app.state.services = services(ScriptedPipeline(), charter=CHARTER, directory=OneKey(caller))
    made = Visit(b"", path=path, method="GET", headers={"authorization": "Bearer good", "accept": accept})
    await made.play(app)
    return made


@pytest.mark.parametrize("role", ["medecin", "secretaire_medicale", "etudiant", "dpo", "inconnu"])
async def test_the_menu_promises_what_the_charter_allows_and_nothing_else(role: str) -> None:
    made = await get("/v1/models", role)
    caller = Caller("abcd1234", role, "cardiologie")
    entries: list[Any] = made.json()["data"]
    served = {id_: [route.id for route in CHARTER.routes_for(use, TODAY)] for id_, use in CHARTER.uses.items()}
    allowed = {
        use if route is None else f"{use}@{route}"
        for use in CHARTER.uses
        for route in (None, *(served[use] if len(served[use]) > 1 else ()))
        if CHARTER.decide(caller, Facts(use, route, TODAY, recognition=Recognition())).allowed
    }
    assert {entry["id"] for entry in entries} == allowed
    for entry in entries:
        decision = CHARTER.decide(
            caller, Facts(entry["ecluse"]["use"], entry["ecluse"]["route"], TODAY, recognition=Recognition())
        )
        assert decision.duties is not None
        assert entry["ecluse"]["tier"] == decision.duties.tier


async def test_an_entry_tells_what_a_chat_client_may_show() -> None:
    entry = (await get("/v1/models/compte_rendu@masque")).json()
    assert (entry["object"], entry["owned_by"]) == ("model", "Fournisseur inventé")
    assert entry["name"] == f"{CHARTER.uses['compte_rendu'].title} (masque)"
    assert entry["ecluse"]["title"] == CHARTER.uses["compte_rendu"].title
    assert entry["ecluse"]["tier"] == "D1"
    assert entry["ecluse"]["system"] == {"name": "Modèle d'essai", "version": "1.0"}


async def test_what_is_not_on_the_menu_is_not_found() -> None:
    made = await get("/v1/models/compte_rendu", "etudiant")
    assert made.status == 404
    assert made.json()["error"]["code"] == "modele_inconnu"


async def test_the_charter_for_programs() -> None:
    wire = (await get("/v1/charter")).json()
    assert {use["id"] for use in wire["uses"]} == set(CHARTER.uses)
    assert {practice["id"] for practice in wire["practices"]} == set(CHARTER.practices)
    assert wire["version"] == CHARTER.version


async def test_the_charter_for_people() -> None:
    """Catches a page on which a use, or what replaces a forbidden practice, cannot be read."""
    made = await get("/v1/charter", accept="text/html,*/*;q=0.8")
    assert made.response_headers["content-type"] == "text/html; charset=utf-8"
    html = made.content.decode()
    for use in CHARTER.uses.values():
        assert f"<code>{use.id}</code>" in html
        assert f'<a href="#usage-{use.id}">' in html
        assert f'<article id="usage-{use.id}">' in html
    for practice in CHARTER.practices.values():
        assert f'<a href="#{practice.id}">' in html
        assert f'<article id="{practice.id}">' in html
        assert f"{practice.reason}." in html
    assert "Usage à déclarer\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}Interroger recommandations et protocoles" in html
    assert html.count("<article") == len(CHARTER.uses) + len(CHARTER.practices)
    assert html.count("<strong>À la place</strong>") == len(CHARTER.practices)
    assert "<script" not in html
    assert orjson.dumps(html)


async def test_the_charter_needs_no_key() -> None:
    app = create_app(Settings(), Lines())
    app.state.services = services(ScriptedPipeline(), charter=CHARTER)
    made = Visit(b"", path="/v1/charter", method="GET", headers={})
    await made.play(app)
    assert made.status == 200


async def test_what_a_person_needs_is_read_before_it_is_refused() -> None:
    """Catches a training or a signature that is asked for, and that the charter for people does not mention."""
    pages = {}
    for required in ("off", "all"):
        app = create_app(Settings(), Lines())
        app.state.services = services(ScriptedPipeline(), charter=asking(required=required))
        for accept in ("text/html", "application/json"):
            made = Visit(b"", path="/v1/charter", method="GET", headers={"accept": accept})
            await made.play(app)
            pages[required, accept] = made.content.decode()
    said = "<dt>Demandé</dt><dd>formation IA-SOCLE, RGPD, RESP\N{NO-BREAK SPACE}; signature de cette charte"
    assert said in pages["all", "text/html"]
    assert "Demandé" not in pages["off", "text/html"]
    uses = {use["id"]: use for use in orjson.loads(pages["all", "application/json"])["uses"]}
    assert uses["traduction"]["trainings"] == ["IA-SOCLE", "RGPD", "RESP"]
    assert [id_ for id_, use in uses.items() if use["habilitation"]] == ["reflexion_clinique"]
    assert all(not use["signature"] for use in orjson.loads(pages["off", "application/json"])["uses"])
