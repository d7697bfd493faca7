"""Outbound filtering over HTTP: decisions for those who answer for it, requests for tools for everybody."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from config.settings import Settings
from gateway.app import create_app
from gateway.database import Database
from gateway.outbound.desk.desk import Desk
from gateway.outbound.desk.pace import Pace
from gateway.outbound.desk.reason import Reason
from policies.facts import Caller
from tests.fakes.asgi import Visit
from tests.fakes.lines import Lines
from tests.fakes.outbound import PAGE, Blanking, charter, desk, write_policy
from tests.fakes.pipeline import DOCTOR, OneKey, ScriptedPipeline, services

OFFICER = Caller("abcd9999", "dpo", "direction")
TOOL = {"tool": "Notes IA", "purpose": "compte_rendu", "department": "Cardiologie"}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[Desk]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'ecluse.db'}")
    await database.start()
    write_policy(tmp_path)
    yield desk(tmp_path, database)
    await database.close()


async def ask(
    house: Desk, method: str, path: str, body: Any = None, caller: Caller = OFFICER, **others: Any
) -> tuple[Visit, Lines]:
    lines = Lines()
    app = create_app(Settings(), lines)
    made: dict[str, Any] = {"charter": charter(), "masking": Blanking(), "outbound": house} | others
    app.state.services = services(ScriptedPipeline(), directory=OneKey(caller), **made)
    visit = Visit(b"" if body is None else orjson.dumps(body), path=path, method=method)
    await visit.play(app)
    return visit, lines


async def decided(house: Desk, **body: Any) -> Any:
    visit, _ = await ask(house, "POST", "/v1/outbound/decide", body)
    assert visit.status == 200, visit.content
    assert visit.response_headers["cache-control"] == "no-store"
    return visit.json()


async def test_a_decision_says_what_an_engine_needs(house: Desk) -> None:
    made = await decided(house, host="www.ChatGPT.com:443", method="CONNECT", source="10.1.2.3", engine="squid")
    assert made == {
        "decision": "coach", "planned": "coach", "service": "chatgpt", "category": "chat", "rule": "service",
        "version": house.policy().version, "ttl": 5, "redirect": f"{PAGE}?service=chatgpt",
    }  # fmt: skip
    other = await decided(house, host="has-sante.fr")
    assert (other["decision"], other["service"], other["redirect"]) == ("allow", None, None)


async def test_rules_for_a_place_and_a_time_count(house: Desk) -> None:
    assert (await decided(house, host="deepseek.com", source="10.1.2.3"))["decision"] == "block"
    assert (await decided(house, host="deepseek.com", source="10.2.0.4"))["decision"] == "allow"
    assert (await decided(house, host="deepseek.com", source="10.9.9.9"))["rule"] == "gateway"
    at = await decided(house, host="deepseek.com", at="2026-11-26T10:00:00+01:00")
    assert at["decision"] == "block"


async def test_nobody_learns_which_computer_has_a_pass(house: Desk) -> None:
    """The leak caught: asked for each address of a subnet, decisions that list who has gone on to a service."""
    asked = {"host": "chatgpt.com", "source": "10.1.2.3"}
    before = await decided(house, **asked)
    house.grant("chatgpt", "10.1.2.3", Reason.TRIAL)
    assert await decided(house, **asked) == before


async def test_the_stricter_of_two_names_counts_and_only_a_navigation_is_redirected(house: Desk) -> None:
    """Would catch: an SDK that follows a redirection and takes a page for an answer."""
    made = await decided(house, host="has-sante.fr", sni="deepseek.com")
    assert (made["decision"], made["redirect"]) == ("block", f"{PAGE}?service=deepseek")
    assert (await decided(house, host="deepseek.com", method="POST"))["redirect"] is None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "champ_invalide"),
        ({"host": "chatgpt.com", "password": "x"}, "champ_inconnu"),
        ({"host": "not a host"}, "champ_invalide"),
        ({"host": "chatgpt.com", "sni": "not a host"}, "champ_invalide"),
        ({"host": 7}, "champ_invalide"),
        ({"host": "chatgpt.com", "at": "2026-11-26T10:00:00"}, "requete_invalide"),
        ({"host": "chatgpt.com", "at": "hier"}, "champ_invalide"),
    ],
)
async def test_what_is_no_connection_is_refused(house: Desk, body: Any, code: str) -> None:
    visit, _ = await ask(house, "POST", "/v1/outbound/decide", body)
    assert (visit.status, visit.json()["error"]["code"]) == (400, code)
    assert b"not a host" not in visit.content


READERS_ONLY = [
    ("POST", "/v1/outbound/decide", {"host": "chatgpt.com"}),
    ("GET", "/v1/outbound/requests", None),
    ("GET", "/v1/outbound/report", None),
    ("POST", "/v1/outbound/requests/D-1", {"status": "en_examen"}),
]


@pytest.mark.parametrize(("method", "path", "body"), READERS_ONLY)
async def test_nobody_else_asks(house: Desk, method: str, path: str, body: Any) -> None:
    """The leak caught: an exception told to whoever asks, or colleagues' requests."""
    visit, _ = await ask(house, method, path, body, DOCTOR)
    assert (visit.status, visit.json()["error"]["code"]) == (403, "role_requis")


async def test_nothing_of_a_query_is_written(house: Desk) -> None:
    """The leak caught: which site an agent opened, in the access log of the gateway."""
    _, lines = await ask(
        house, "POST", "/v1/outbound/decide", {"host": "chatgpt.com", "user": "kerbrat", "source": "10.1.2.3"}
    )
    assert lines.written
    assert not [word for word in ("chatgpt", "kerbrat", "10.1.2.3") if word in repr(lines.written)]


@pytest.mark.parametrize(("method", "path", "body"), [*READERS_ONLY, ("POST", "/v1/outbound/requests", TOOL)])
async def test_without_a_policy_there_is_nothing(tmp_path: Path, method: str, path: str, body: Any) -> None:
    """Would catch: a hospital that reads "allowed" where nothing is filtered at all."""
    visit, _ = await ask(desk(tmp_path, Database("sqlite+aiosqlite://")), method, path, body)
    assert (visit.status, visit.json()["error"]["code"]) == (404, "filtrage_absent")


async def test_a_request_is_kept_listed_and_answered(house: Desk) -> None:
    visit, _ = await ask(house, "POST", "/v1/outbound/requests", TOOL | {"contact": "a@hopital.example"}, DOCTOR)
    assert visit.status == 201
    assert visit.json()["status"] == "recue"
    id_ = visit.json()["id"]
    (await ask(house, "POST", "/v1/outbound/requests", {"service": "chatgpt", **TOOL}, DOCTOR))
    listed, _ = await ask(house, "GET", "/v1/outbound/requests")
    assert [one["service"] for one in listed.json()["data"]] == ["chatgpt", None]
    answered, _ = await ask(
        house, "POST", f"/v1/outbound/requests/{id_}", {"status": "refusee", "note": "Vu avec Kerbrat."}
    )
    assert answered.status == 200
    assert answered.json()["note"] == "Vu avec [NOM_1]."
    refused, _ = await ask(house, "GET", "/v1/outbound/requests?status=refusee")
    assert [one["id"] for one in refused.json()["data"]] == [id_]
    assert refused.json()["data"][0]["contact"] == "a@hopital.example"
    absent, _ = await ask(house, "POST", "/v1/outbound/requests/D-9", {"status": "refusee"})
    assert (absent.status, absent.json()["error"]["code"]) == (404, "demande_absente")


async def test_a_free_text_is_masked_or_not_kept(house: Desk) -> None:
    """The leak caught: a patient's name in a request for a tool, which the DSI then forwards to a supplier."""
    body = TOOL | {"text": "Pour le dossier de Mme Kerbrat"}
    down, _ = await ask(house, "POST", "/v1/outbound/requests", body, masking=Blanking(broken=True))
    assert down.status == 503
    assert await house.requests.listed() == ()
    await ask(house, "POST", "/v1/outbound/requests", body)
    (kept,) = await house.requests.listed()
    assert kept.text == "Pour le dossier de Mme [NOM_1]"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ChatGPT pour Mme Kerbrat", "ChatGPT pour Mme [NOM_1]"),
        ("Kerbrat " * 7, "[NOM_1] [NOM_1] [NOM_1] [NOM_1] [NOM_1] [NOM_1] [NOM_1]"),
        ("Kerbrat IA", "Kerbrat IA"),
    ],
)
async def test_the_name_of_a_tool_tells_of_nobody(house: Desk, typed: str, kept: str) -> None:
    """The leak caught: a patient's name typed where a product's is asked, kept for two years and forwarded."""
    visit, _ = await ask(house, "POST", "/v1/outbound/requests", TOOL | {"tool": typed})
    assert visit.status == 201
    assert [one.tool for one in await house.requests.listed()] == [kept]


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({"tool": "x"}, "purpose"),
        (TOOL | {"purpose": "tout"}, "purpose"),
        (TOOL | {"department": "Dermatologie"}, "department"),
        (TOOL | {"text": "x" * 301}, "text"),
        (TOOL | {"patient": "Kerbrat"}, "patient"),
        (TOOL | {"address": "10.0.0.1"}, "address"),
    ],
)
async def test_a_request_that_cannot_be_kept_names_its_field(house: Desk, body: Any, param: str) -> None:
    visit, _ = await ask(house, "POST", "/v1/outbound/requests", body)
    assert (visit.status, visit.json()["error"]["param"]) == (400, param)


async def test_one_key_does_not_fill_the_database(house: Desk, tmp_path: Path) -> None:
    slow = desk(tmp_path, Database("sqlite+aiosqlite://"), requests=house.requests, pace=Pace(1, 10))
    assert (await ask(slow, "POST", "/v1/outbound/requests", TOOL))[0].status == 201
    visit, _ = await ask(slow, "POST", "/v1/outbound/requests", TOOL)
    assert (visit.status, visit.json()["error"]["code"]) == (429, "trop_d_envois")
    assert int(visit.response_headers["retry-after"]) > 0
    assert (await ask(slow, "POST", "/v1/outbound/requests", TOOL, DOCTOR))[0].status == 201


@pytest.mark.parametrize(
    "query",
    ["from=2026-13", "to=hier", "from=2026-12&to=2026-11", "from=2010-01&to=2026-11", "by=person", "format=pdf"],
)
async def test_a_report_is_of_whole_months(house: Desk, query: str) -> None:
    visit, _ = await ask(house, "GET", f"/v1/outbound/report?{query}")
    assert visit.status == 400
