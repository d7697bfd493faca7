"""The page of a refused service, without a key: what it says, to whom, and what its forms take."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from config.settings import Settings
from gateway.app import create_app
from gateway.database import Database
from gateway.outbound.desk.desk import Desk
from gateway.outbound.desk.pace import Pace
from gateway.outbound.desk.reason import Reason
from tests.fakes.asgi import Visit
from tests.fakes.lines import Lines
from tests.fakes.outbound import APPROVED, Blanking, charter, desk, write_policy
from tests.fakes.pipeline import ScriptedPipeline, services

HOME = {"host": "ia.hopital.example", "origin": "https://ia.hopital.example", "sec-fetch-site": "same-origin"}
PASS = {"service": "chatgpt", "reason": "travail_en_cours", "promise": "oui"}


@dataclass
class Browser:
    """A computer of the hospital."""

    desk: Desk
    address: str = "10.1.2.3"
    lines: Lines = field(default_factory=Lines)

    async def open(self, query: str = "") -> Visit:
        """Open the page."""
        return await self._play("GET", f"/outbound/blocked{query}", b"", {"host": HOME["host"]})

    async def send(self, path: str, fields: dict[str, str], **headers: str) -> Visit:
        """Send a form."""
        sent = {**HOME, "content-type": "application/x-www-form-urlencoded", **headers}
        return await self._play("POST", path, urlencode(fields).encode(), {k: v for k, v in sent.items() if v})

    async def ticket(self, path: str, service: str = "chatgpt") -> str:
        """Return the ticket of a form on the page."""
        text = (await self.open(f"?service={service}")).content.decode()
        found = re.search(rf'action="{path}".*?name="ticket" value="([^"]+)"', text)
        assert found
        return found[1]

    async def go_on(self, **fields: str) -> Visit:
        """Open the page, and send the form for a pass."""
        ticket = await self.ticket("/outbound/pass")
        return await self.send("/outbound/pass", PASS | {"ticket": ticket} | fields)

    async def _play(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Visit:
        app = create_app(Settings(), self.lines)
        app.state.services = services(ScriptedPipeline(), charter=charter(), masking=Blanking(), outbound=self.desk)
        visit = Visit(body, path=path, method=method, headers=headers)
        await visit.play(app, client=(self.address, 50_000))
        return visit


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Browser]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'ecluse.db'}")
    await database.start()
    write_policy(tmp_path)
    yield Browser(desk(tmp_path, database))
    await database.close()


async def test_the_page_leads_to_the_notice_of_the_hospital(here: Browser) -> None:
    assert "auprès du délégué à la protection des données" in (await here.open()).content.decode()
    here.desk = replace(here.desk, notice='https://intranet.hopital.example/notice?a=1&b="2')
    text = (await here.open()).content.decode()
    assert 'href="https://intranet.hopital.example/notice?a=1&amp;b=&quot;2"' in text
    assert "auprès du délégué" not in text


@pytest.mark.parametrize(("hours", "said"), [(1, "1 heure"), (12, "12 heures")])
async def test_the_page_says_how_long_a_pass_holds(here: Browser, hours: int, said: str) -> None:
    """Would catch: people who are told eight hours where the hospital gives one."""
    here.desk = replace(here.desk, pass_hours=hours)
    assert f"passer pour {said}, depuis" in (await here.open("?service=chatgpt")).content.decode()
    assert f"pour {said} au plus" in (await here.go_on()).content.decode()


async def test_the_page_says_what_replaces_the_service(here: Browser) -> None:
    visit = await here.open("?service=deepseek")
    text = visit.content.decode()
    assert visit.status == 200
    assert "<h1>DeepSeek n’est pas ouvert ici</h1>" in text
    assert f'href="{APPROVED}"' in text
    assert 'href="/v1/charter#usage-' in text
    assert "referent-ia@hopital.example" in text
    assert "pseudonyme" in text
    assert "/outbound/pass" not in text


@pytest.mark.parametrize(
    "query", ["", "?service=", "?service=inconnu", "?service=%3Cscript%3Ealert(1)%3C/script%3E", "?q=Kerbrat&service=x"]
)
async def test_whatever_is_asked_for_is_never_shown_again(here: Browser, query: str) -> None:
    """Would catch: a script, or a patient's name, that a crafted link puts on the hospital's own page."""
    general = (await here.open()).content
    visit = await here.open(query)
    assert visit.status == 200
    blank = re.compile(rb'name="ticket" value="[^"]+"')
    assert blank.sub(b"", visit.content) == blank.sub(b"", general)
    assert "Ce service d’IA n’est pas ouvert ici" in visit.content.decode()


async def test_the_page_is_closed_to_scripts_frames_and_caches(here: Browser) -> None:
    headers = (await here.open("?service=chatgpt")).response_headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in headers


async def test_nothing_of_the_computer_is_on_the_page_or_in_the_log(here: Browser) -> None:
    """The leak caught: an address that a screenshot, a cache or a log collector carries away."""
    visit = await here.open("?service=chatgpt")
    await here.go_on()
    assert b"10.1.2.3" not in visit.content
    assert "10.1.2.3" not in repr(here.lines.written)
    assert "chatgpt" not in repr(here.lines.written)


async def test_a_pass_opens_the_service_for_this_computer_only(here: Browser) -> None:
    counted: list[Reason] = []
    here.desk = replace(here.desk, granted=counted.append)
    visit = await here.go_on()
    text = visit.content.decode()
    assert visit.status == 200
    assert 'href="https://chatgpt.com/"' in text
    assert "8 heures" in text
    assert counted == [Reason.UNFINISHED]
    assert "accès ouvert" in (await here.open("?service=chatgpt")).content.decode()
    other = Browser(here.desk, "10.1.2.4")
    assert "J’en ai besoin maintenant" in (await other.open("?service=chatgpt")).content.decode()
    mapped = Browser(here.desk, "::ffff:10.1.2.3")
    assert "accès ouvert" in (await mapped.open("?service=chatgpt")).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": ""}, "Choisissez une raison."),
        ({"reason": "Mme Kerbrat"}, "Choisissez une raison."),
        ({"promise": ""}, "Cochez l’engagement"),
        ({"ticket": "1.0"}, "il y a trop longtemps"),
        ({"ticket": ""}, "il y a trop longtemps"),
    ],
)
async def test_a_form_that_lacks_something_is_shown_again(here: Browser, fields: dict[str, str], said: str) -> None:
    visit = await here.go_on(**fields)
    text = visit.content.decode()
    assert visit.status == 400
    assert said in text
    assert 'role="alert"' in text
    assert "Kerbrat" not in text
    assert "J’en ai besoin maintenant" in text


async def test_a_ticket_of_another_computer_or_form_is_none(here: Browser) -> None:
    """Would catch: a form that somebody prepares on their computer for everybody else's browser."""
    stolen = await Browser(here.desk, "10.1.2.4").ticket("/outbound/pass")
    assert (await here.go_on(ticket=stolen)).status == 400
    assert (await here.go_on(ticket=await here.ticket("/outbound/requests"))).status == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "", "sec-fetch-site": ""},
        {"origin": "https://evil.example", "sec-fetch-site": ""},
    ],
)
async def test_another_site_sends_no_form(here: Browser, headers: dict[str, str]) -> None:
    """Would catch: a page of the Internet that opens ChatGPT on every computer where it is read."""
    for path in ("/outbound/pass", "/outbound/requests"):
        fields = PASS | {"ticket": await here.ticket(path)}
        visit = await here.send(path, fields, **headers)
        assert visit.status == 403
        assert visit.response_headers["content-type"].startswith("text/html")
    assert "J’en ai besoin maintenant" in (await here.open("?service=chatgpt")).content.decode()


async def test_a_browser_that_tells_only_its_origin_is_taken(here: Browser) -> None:
    """Over plain HTTP, browsers send no `Sec-Fetch-Site`; behind a proxy, the host may be the gateway's own."""
    ticket = await here.ticket("/outbound/pass")
    fields = PASS | {"ticket": ticket}
    assert (await here.send("/outbound/pass", fields, **{"sec-fetch-site": ""})).status == 200
    assert (await here.send("/outbound/pass", fields, **{"sec-fetch-site": "", "host": "127.0.0.1:8080"})).status == 200


async def test_what_is_refused_outright_has_no_pass(here: Browser) -> None:
    """Would catch: a block that a hand-made form turns into a warning."""
    ticket = here.desk.tickets.issue("pass", here.address, "deepseek")
    for service in ("deepseek", "inconnu", ""):
        visit = await here.send("/outbound/pass", PASS | {"service": service, "ticket": ticket})
        assert visit.status == 403
    nowhere = Browser(here.desk, "unix")
    assert (await nowhere.send("/outbound/pass", PASS)).status == 403


async def test_forms_that_are_none_are_refused(here: Browser) -> None:
    for headers, status in (({"content-type": "application/json"}, 400), ({"content-length": "99999"}, 413)):
        assert (await here.send("/outbound/pass", PASS, **headers)).status == status
    twice = await here._play(
        "POST", "/outbound/pass", b"service=a&service=b", HOME | {"content-type": "application/x-www-form-urlencoded"}
    )
    assert twice.status == 400


async def test_a_request_for_a_tool_is_kept(here: Browser) -> None:
    fields = {
        "service": "", "ticket": await here.ticket("/outbound/requests", ""), "tool": "Notes IA", "address": "",
        "purpose": "compte_rendu", "department": "Urgences", "text": "Pour Mme Kerbrat", "contact": "",
    }  # fmt: skip
    visit = await here.send("/outbound/requests", fields)
    assert visit.status == 201
    (kept,) = await here.desk.requests.listed()
    assert kept.id in visit.content.decode()
    assert (kept.tool, kept.text, kept.department) == ("Notes IA", "Pour Mme [NOM_1]", "Urgences")
    assert "10.1.2.3" not in repr(kept)


async def test_a_request_that_lacks_something_shows_its_form_open(here: Browser) -> None:
    ticket = await here.ticket("/outbound/requests")
    visit = await here.send("/outbound/requests", {"service": "chatgpt", "ticket": ticket, "text": "Kerbrat"})
    text = visit.content.decode()
    assert visit.status == 400
    assert "<details open>" in text
    assert 'href="#purpose"' in text
    assert "Kerbrat" not in text
    assert await here.desk.requests.listed() == ()


async def test_too_many_forms_wait(here: Browser) -> None:
    here.desk = replace(here.desk, pace=Pace(1, 10))
    fields = PASS | {"ticket": await here.ticket("/outbound/pass")}
    assert (await here.send("/outbound/pass", fields)).status == 200
    visit = await here.send("/outbound/pass", fields)
    assert visit.status == 429
    assert int(visit.response_headers["retry-after"]) > 0


async def test_a_pass_that_cannot_be_written_is_not_promised(here: Browser, tmp_path: Path) -> None:
    (tmp_path / "passes.json").mkdir()
    visit = await here.go_on()
    assert visit.status == 503
    assert visit.response_headers["content-type"].startswith("text/html")


async def test_without_a_policy_the_page_says_so(tmp_path: Path) -> None:
    visit = await Browser(desk(tmp_path, Database("sqlite+aiosqlite://"))).open("?service=chatgpt")
    assert visit.status == 404
    assert "n’est pas en place" in visit.content.decode()
