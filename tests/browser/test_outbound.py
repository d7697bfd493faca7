"""The page of a refused service in a real browser: read, sent with the keyboard, printed, without scripts."""

import itertools
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, async_playwright

from tests.fakes.house import House, open_house, settings_for
from tests.fakes.outbound import write_policy

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="module"),
]

ADDRESSES = itertools.count(1)

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
COLOURS = """element => {
    const style = getComputedStyle(element)
    let behind = element
    while (behind && getComputedStyle(behind).backgroundColor === 'rgba(0, 0, 0, 0)') behind = behind.parentElement
    return [style.color, behind ? getComputedStyle(behind).backgroundColor : 'rgb(255, 255, 255)', element.textContent]
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    settings = settings_for(tmp_path_factory.mktemp("house"), "http://127.0.0.1:9/v1")
    write_policy(settings.outbound_folder)
    async with open_house(settings) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="module")
async def context() -> AsyncIterator[BrowserContext]:
    """Open a browser whose scripts are off, on a computer of its own."""
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: make test installs it (Debian package chromium)"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        address = {"X-Forwarded-For": f"10.1.2.{next(ADDRESSES)}"}
        yield await browser.new_context(java_script_enabled=False, extra_http_headers=address)
        await browser.close()


async def opened(context: BrowserContext, house: House, query: str) -> Page:
    page = await context.new_page()
    answer = await page.goto(f"{house.url.removesuffix('/v1')}/outbound/blocked{query}")
    assert answer is not None
    assert answer.status == 200
    return page


def luminance(colour: str) -> float:
    """Return the relative luminance of `rgb(…)`, as WCAG defines it."""
    parts = [int(part) / 255 for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_somebody_goes_on_with_the_keyboard_alone(house: House, context: BrowserContext, tmp_path: Path) -> None:
    """Would catch: a form that a browser of the hospital does not send, or that a mouse is needed for."""
    page = await opened(context, house, "?service=chatgpt")
    await page.keyboard.press("Tab")
    assert await page.locator(":focus").inner_text() == "Aller au contenu"
    await page.locator("#reason").focus()
    await page.keyboard.press("Space")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    assert await page.locator("#promise").is_checked()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/outbound/pass")
    assert await page.locator("h1").inner_text() == "ChatGPT\N{NO-BREAK SPACE}: accès ouvert pour un temps"
    assert await page.get_by_role("link", name="Aller sur chatgpt.com").get_attribute("href") == "https://chatgpt.com/"
    await page.screenshot(path=tmp_path / "open.png", full_page=True)


async def test_somebody_asks_for_a_tool(house: House, context: BrowserContext) -> None:
    page = await opened(context, house, "?service=deepseek")
    await page.get_by_text("Écrire une demande").click()
    await page.get_by_label("Pour quoi faire").select_option("autre")
    await page.get_by_label("Votre service").select_option("Urgences")
    await page.get_by_label("Précisions").fill("Relire des protocoles.")
    await page.get_by_role("button", name="Envoyer la demande").click()
    assert await page.locator("h1").inner_text() == "Votre demande est enregistrée"
    (kept,) = await house.services.outbound.requests.listed()
    assert (kept.service, kept.department, kept.text) == ("deepseek", "Urgences", "Relire des protocoles.")


async def test_a_page_elsewhere_cannot_send_the_form(house: House, context: BrowserContext) -> None:
    """Would catch: a site of the Internet that has every browser of the hospital open ChatGPT."""
    page = await opened(context, house, "?service=chatgpt")
    ticket = await page.locator('form[action="/outbound/pass"] [name=ticket]').get_attribute("value")
    fields = {"service": "chatgpt", "reason": "autre", "promise": "oui", "ticket": ticket}
    hidden = "".join(f'<input name="{name}" value="{value}">' for name, value in fields.items())
    action = f"{house.url.removesuffix('/v1')}/outbound/pass"
    html = f'<form method="post" action="{action}">{hidden}<button>Gagner</button></form>'
    await context.route("http://evil.example/", lambda route: route.fulfill(body=html, content_type="text/html"))
    await page.goto("http://evil.example/")
    async with page.expect_response(action) as sent:
        await page.get_by_role("button").click()
    assert (await sent.value).status == 403


@pytest.mark.parametrize("query", ["", "?service=chatgpt", "?service=deepseek"])
async def test_the_page_can_be_read_by_everybody(
    house: House, context: BrowserContext, tmp_path: Path, query: str
) -> None:
    """Would catch: what a screen reader, a keyboard or tired eyes cannot use (WCAG 2.1 AA, RGAA 4)."""
    page = await opened(context, house, query)
    assert await page.get_attribute("html", "lang") == "fr"
    for landmark in ("banner", "main"):
        assert await page.get_by_role(landmark).count() == 1  # type: ignore[arg-type]
    assert await page.locator("h1").count() == 1
    levels = await page.locator("h1, h2, h3").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    await page.locator("summary").click()
    controls = page.locator("input:not([type=hidden]), select, textarea")
    for index in range(await controls.count()):
        assert await controls.nth(index).evaluate("one => one.labels.length") == 1
        box = await controls.nth(index).evaluate("one => one.getBoundingClientRect().height")
        assert box > 0
    ids = await page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    for element in await page.locator("h1, h2, p, a:not(.skip), label, legend, span, summary, button, strong").all():
        front, back, text = await element.evaluate(COLOURS)
        light, dark = sorted((luminance(front), luminance(back)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, text
    await page.set_viewport_size({"width": 320, "height": 640})
    assert await page.evaluate("document.documentElement.scrollWidth") <= 320
    await page.screenshot(path=tmp_path / "narrow.png", full_page=True)
    await page.set_viewport_size({"width": 1200, "height": 800})
    await page.screenshot(path=tmp_path / "wide.png", full_page=True)
    await page.emulate_media(media="print")
    assert await page.locator("form").first.is_visible() is False
    assert await page.locator("h1").is_visible()
