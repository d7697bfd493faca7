"""A browser behind our Squid: Chromium, TLS, the authority of `ecluse outbound ca`, the page of the gateway."""

import asyncio
import datetime as dt
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page

from filters.outbound.decision import Verdict
from gateway.outbound.counting.periods import Grain, Span, month_of
from gateway.outbound.desk.reason import Reason
from gateway.outbound.squid.configuration import TTL
from tests.fakes.hospital import NOTICE, PICKED_UP, Hospital, closed_again, go_on, issuer, led, typed, until
from tests.fakes.squid_ground import ALLOWED, PATIENCE, eventually
from tests.fakes.workstation import Wire, workstation

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="module"),
]


@pytest_asyncio.fixture(loop_scope="module")
async def page(hospital: Hospital, cable: Wire, tmp_path: Path) -> AsyncIterator[Page]:
    async with workstation(tmp_path, hospital.roots, *hospital.options(cable)) as browser:
        yield await browser.new_page()


async def test_an_allowed_site_shows_its_own_certificate(hospital: Hospital, page: Page, cable: Wire) -> None:
    """Would catch: staff's visits to any other site decrypted."""
    answer = await typed(page, hospital.url(ALLOWED))
    assert await answer.text() == f"origin {ALLOWED}"
    assert await issuer(answer) == "Autorité publique inventée"
    assert ALLOWED in cable.asked
    assert hospital.exact(cable) == {}


async def test_a_refused_site_lands_on_the_page(hospital: Hospital, page: Page, cable: Wire, tmp_path: Path) -> None:
    """Would catch: a certificate error in place of the page, or a page whose address tells what was looked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = await typed(page, hospital.url("chatgpt.com", "/c/dossier-42?q=Kerbrat"))
    first = await led(answer)
    assert (first.status, await issuer(first)) == (303, "Filtre des services d’IA")
    assert (answer.status, await issuer(answer)) == (200, "Racine de l’hôpital inventé")
    assert page.url == f"{hospital.page}?service=chatgpt"
    assert "Kerbrat" not in repr([await answer.request.all_headers(), hospital.house.lines.written])
    assert {url.partition("?")[0] for url in asked[1:]} <= {hospital.page, f"{hospital.home}/favicon.ico"}
    assert await page.context.cookies() == []
    assert await page.locator("h1").inner_text() == "ChatGPT n’est pas ouvert ici"
    tool = page.get_by_role("link", name="Aller sur l’outil de l’établissement")
    assert await tool.get_attribute("href") == f"{hospital.home}/v1/charter"
    assert await page.get_by_role("link", name="Lire la notice d’information").get_attribute("href") == NOTICE
    await page.screenshot(path=tmp_path / "blocked.png", full_page=True)
    assert hospital.exact(cable)["chatgpt"] == 1
    assert hospital.place.sites.connections["chatgpt.com"] == 0
    await tool.click()
    assert page.url == f"{hospital.home}/v1/charter"


async def test_a_person_goes_on_after_a_reason(hospital: Hospital, page: Page, cable: Wire, tmp_path: Path) -> None:
    """Would catch: a pass that opens nothing, or late, or a site that is decrypted once it is open."""
    await typed(page, hospital.url("claude.ai", "/new"))
    assert page.url == f"{hospital.page}?service=claude"
    await page.screenshot(path=tmp_path / "coached.png", full_page=True)
    await go_on(page)
    assert "pour 2 heures au plus" in await page.inner_text("main")
    answer = await until(page, hospital.url("claude.ai", "/new"), lambda shown: "claude.ai" in shown)
    assert await answer.text() == "origin claude.ai"
    assert await issuer(answer) == "Autorité publique inventée"
    verdicts = Counter(one.verdict for one in hospital.place.counted(hospital.exact(cable).total()))
    assert set(verdicts) == {Verdict.COACH, Verdict.OBSERVE}


async def test_a_program_of_a_page_gets_an_error_that_it_understands(hospital: Hospital, page: Page) -> None:
    """Would catch: a page that is open already, whose program reads our page as the model's answer."""
    hospital.decide(mode="observe")
    try:
        await until(page, hospital.url("api.openai.com"), lambda shown: "api.openai.com" in shown)
        hospital.decide()
        read = """async () => {
            const sent = {method: 'POST', body: '{}', headers: {'Content-Type': 'application/json'}}
            const answer = await fetch('/v1/chat/completions', sent)
            return [answer.status, answer.redirected, await answer.text()]
        }"""
        begun = time.monotonic()
        while (found := await page.evaluate(read))[0] == 200:
            assert time.monotonic() - begun < PATIENCE
            await asyncio.sleep(0.3)
        assert found[:2] == [403, False]
        assert '"code": "service_not_allowed", "service": "openai_api"' in found[2]
    finally:
        hospital.decide()


async def test_a_tunnel_from_before_a_pass_is_not_decrypted(hospital: Hospital, page: Page, cable: Wire) -> None:
    """Would catch: browsers open tunnels ahead of need; one that ends in Squid would carry the site once it is open."""
    await closed_again(hospital, page)
    await asyncio.sleep(TTL + 1)
    cable.open.clear()
    asked = cable.asked.count("claude.ai")
    async with asyncio.TaskGroup() as group:
        going = group.create_task(typed(page, hospital.url("claude.ai", "/a%20b?c=1&d=%2F%22")))
        assert await asyncio.to_thread(eventually, lambda: cable.asked.count("claude.ai") > asked)
        # Squid decides to end this tunnel itself; nothing is asked for in it yet.
        await asyncio.sleep(0.5)
        hospital.house.services.outbound.grant("claude", "127.0.0.1", Reason.OTHER)
        await asyncio.sleep(PICKED_UP)
        cable.open.set()
    answer = await going
    assert (await answer.text(), await issuer(answer)) == ("origin claude.ai", "Autorité publique inventée")
    assert page.url == hospital.url("claude.ai", "/a%20b?c=1&d=%2F%22")
    assert await issuer(await led(answer)) == "Filtre des services d’IA"


async def test_the_page_is_read_and_walked_through_without_eyes_or_mouse(hospital: Hospital, page: Page) -> None:
    """Would catch: what a screen reader is not told, or what the keyboard cannot reach (WCAG 2.1 AA, RGAA 4)."""
    await closed_again(hospital, page)
    session = await page.context.new_cdp_session(page)
    nodes = [node for node in (await session.send("Accessibility.getFullAXTree"))["nodes"] if not node["ignored"]]
    named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes]
    headings = [name for role, name in named if role == "heading"]
    assert headings[0] == "Claude n’est pas l’outil de l’établissement"
    assert headings[1:] == [name for role, name in named if role == "region"]
    for role in ("link", "button", "radio", "checkbox", "group", "DisclosureTriangle"):
        names = [name for found, name in named if found == role and name]
        assert names, role
        assert len(names) == len(set(names)), role
    assert not [role for role, name in named if role in {"link", "button", "radio", "checkbox"} and not name]
    stops = []
    for _ in range(9):
        await page.keyboard.press("Tab")
        stops.append(await page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()"))
    assert stops == [
        "Aller au contenu",
        "Aller sur l’outil de l’établissement",
        "Ce que la charte permet pour cet usage",
        "reason",
        "promise",
        "Passer pour cette fois",
        "Écrire une demande",
        "Lire la notice d’information",
        stops[8],
    ]


@pytest.mark.usefixtures("squid")
async def test_the_operator_sees_how_many_and_not_where_to(hospital: Hospital) -> None:
    """Would catch: attempts counted twice or not at all between Squid and the metrics, or told by service."""
    services, today = hospital.house.services, month_of(dt.datetime.now(dt.UTC).date())

    async def shown() -> dict[str, float]:
        # A report takes in what waits.
        await services.outbound.report(Span(today, today), Grain.MONTH, "abcd9999")
        return dict.fromkeys(Verdict, 0.0) | {
            sample.labels["verdict"]: sample.value
            for family in services.metrics.registry.collect()
            for sample in family.samples
            if sample.name == "ecluse_outbound_attempts_total"
        }

    hospital.place.forget()
    before = await shown()
    for name, times in (("chatgpt.com", 3), ("www.deepl.com", 2), (ALLOWED, 4)):
        for _ in range(times):
            hospital.place.curl(f"https://{name}:{{tls}}/")
    hospital.place.counted(5)
    after = await shown()
    assert {verdict: after[verdict] - before[verdict] for verdict in after if after[verdict] != before[verdict]} == {
        Verdict.BLOCK: 3.0,
        Verdict.OBSERVE: 2.0,
    }
