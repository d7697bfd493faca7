"""From a refusal to the approved tool: the page, a pass, a request, the report, on the whole gateway."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from filters.outbound.deciding import decide
from filters.outbound.decision import Query
from filters.outbound.passes import Passes
from gateway.database import Database
from tests.fakes.house import House, open_house, settings_for
from tests.fakes.openai_server import RecordingUpstream
from tests.fakes.outbound import APPROVED, snapshot, write_policy

DESK = "10.1.2.3"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def filtering(one_upstream: RecordingUpstream, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """Open a house that filters."""
    settings = settings_for(tmp_path_factory.mktemp("filtering"), one_upstream.url)
    write_policy(settings.outbound_folder)
    async with open_house(settings) as house:
        yield house


def ticket(page: str, path: str) -> str:
    found = re.search(rf'action="{path}".*?name="ticket" value="([^"]+)"', page)
    assert found
    return found[1]


def computer(house: House, address: str = DESK) -> httpx.AsyncClient:
    """Return a computer's browser, as a reverse proxy on this machine passes it on."""
    root = house.url.removesuffix("/v1")
    return httpx.AsyncClient(base_url=root, headers={"X-Forwarded-For": address, "Origin": root}, timeout=60)


async def test_from_a_refusal_to_a_pass_that_the_proxy_knows(filtering: House) -> None:
    """Would catch: a page that promises what Squid's helper, which reads the same files, does not grant."""
    async with computer(filtering) as browser:
        page = (await browser.get("/outbound/blocked?service=chatgpt")).text
        assert APPROVED in page
        fields = {
            "service": "chatgpt",
            "reason": "evaluation",
            "promise": "oui",
            "ticket": ticket(page, "/outbound/pass"),
        }
        granted = await browser.post("/outbound/pass", data=fields)
    assert granted.status_code == 200
    assert 'href="https://chatgpt.com/"' in granted.text
    helper = Passes(filtering.settings.outbound_folder / "passes.json")
    for address, verdict in ((DESK, "observe"), ("10.1.2.4", "coach")):
        assert decide(snapshot(), Query("chatgpt.com", source=address), helper).verdict == verdict
    async with filtering.http("dpo") as officer:
        body = {"host": "chatgpt.com", "source": DESK}
        made = (await officer.post("/v1/outbound/decide", json=body)).json()
        metrics = (await officer.get("/metrics")).text
    # Asked for one computer after another, it would tell who has gone on to what.
    assert (made["decision"], made["rule"]) == ("coach", "service")
    assert 'ecluse_outbound_passes_total{reason="evaluation"} 1.0' in metrics


async def test_a_request_is_masked_and_answered(filtering: House) -> None:
    """The leak caught: a patient whom somebody names in the free text of a request."""
    async with computer(filtering) as browser:
        page = (await browser.get("/outbound/blocked?service=deepseek")).text
        fields = {
            "service": "deepseek", "ticket": ticket(page, "/outbound/requests"), "purpose": "autre",
            "department": "Cardiologie", "contact": "",
            "text": "Pour Mme Solène Kerbrat, née le 12/03/1954, tél. 06 12 34 56 78.",
        }  # fmt: skip
        sent = await browser.post("/outbound/requests", data=fields)
    assert sent.status_code == 201
    async with filtering.http("dpo") as officer:
        (kept,) = (await officer.get("/v1/outbound/requests")).json()["data"]
        answered = await officer.post(f"/v1/outbound/requests/{kept['id']}", json={"status": "en_examen"})
    assert kept["id"] in sent.text
    assert not [word for word in ("Kerbrat", "1954", "06 12") if word in kept["text"]]
    assert answered.json()["status"] == "en_examen"


async def test_the_report_is_read_in_each_format(filtering: House) -> None:
    async with filtering.http("dpo") as officer, filtering.http() as doctor:
        found = await officer.get("/v1/outbound/report")
        assert found.json()["threshold"] == 5
        for form, kind in (("csv", "text/csv"), ("text", "text/plain")):
            answer = await officer.get(f"/v1/outbound/report?format={form}&by=month")
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(kind)
        assert (await doctor.get("/v1/outbound/report")).status_code == 403


async def test_no_address_of_a_computer_is_on_the_disk(filtering: House) -> None:
    """The leak caught: who opened the page, in a database, a log or the file of passes."""
    database = Database(filtering.settings.database_url)
    async with database.engine.connect() as connection:
        rows = (await connection.exec_driver_sql("SELECT * FROM outbound_requests")).all()
    await database.close()
    files = b"".join(file.read_bytes() for file in filtering.settings.data_dir.rglob("*") if file.is_file())
    told = f"{rows} {filtering.lines.written}"
    assert DESK not in told
    assert DESK.encode() not in files
    assert "chatgpt" not in repr(filtering.lines.written)


async def test_a_house_without_a_policy_is_as_before(house: House) -> None:
    async with house.http("dpo") as officer:
        for method, path in (("POST", "/v1/outbound/decide"), ("GET", "/v1/outbound/requests")):
            answer = await officer.request(method, path, json={"host": "chatgpt.com"})
            assert (answer.status_code, answer.json()["error"]["code"]) == (404, "filtrage_absent")
        page = await officer.get("/outbound/blocked?service=chatgpt")
        assert page.status_code == 404
        assert (await officer.get("/v1/charter")).status_code == 200
