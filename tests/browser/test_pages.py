"""The pages that people read, in a real browser: they show what they should, alone, without scripts or outside help."""

import datetime as dt
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from openai import InternalServerError
from playwright.async_api import Page, async_playwright

from tests.fakes.house import House, open_house, settings_for

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(settings_for(tmp_path, "http://127.0.0.1:9/v1")) as house:
        yield house


@pytest_asyncio.fixture
async def page() -> AsyncIterator[Page]:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: make test installs it (Debian package chromium)"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        page = await browser.new_page()
        yield page
        await browser.close()


async def opened(page: Page, house: House, path: str, role: str = "medecin") -> list[str]:
    """Open a page as a caller of that role, and return the addresses outside the house that it asked for."""
    asked: list[str] = []
    root = house.url.removesuffix("/v1")
    page.on("request", lambda request: None if request.url.startswith((root, "data:")) else asked.append(request.url))
    await page.set_extra_http_headers({"Authorization": f"Bearer {house.keys[role]}"})
    answer = await page.goto(f"{root}{path}")
    assert answer is not None
    assert answer.status == 200
    return asked


async def test_the_charter_is_read_as_a_page(house: House, page: Page, tmp_path: Path) -> None:
    """A charter that nobody can read, or a page that tells an outside host who reads it."""
    assert await opened(page, house, "/v1/charter") == []
    text = await page.inner_text("body")
    assert "Aide au compte rendu" in text
    assert "Trier" in text
    assert await page.get_attribute("html", "lang") == "fr"
    await page.screenshot(path=tmp_path / "charter.png", full_page=True)


async def test_the_usage_report_is_read_as_a_page(house: House, page: Page, tmp_path: Path) -> None:
    """A report without its plots, or with an outside resource."""
    client = house.openai()
    for _ in range(2):
        with pytest.raises(InternalServerError):
            await client.chat.completions.create(
                model="compte_rendu", messages=[{"role": "user", "content": "Bonjour"}]
            )
    month = f"{dt.datetime.now(dt.UTC):%Y-%m}"
    assert await opened(page, house, f"/v1/usage?month={month}&format=html", role="dpo") == []
    text = await page.inner_text("body")
    assert "< 5" in text
    assert await page.locator("svg").count() > 0
    assert await page.locator("script").count() == 0
    await page.screenshot(path=tmp_path / "usage.png", full_page=True)


async def test_the_interface_is_described(house: House, page: Page) -> None:
    """A documentation page that needs the Internet, in a hospital that has none."""
    assert await opened(page, house, "/docs") == []
    assert "/v1/chat/completions" in await page.inner_text("body")
