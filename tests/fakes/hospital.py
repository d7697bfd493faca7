"""A hospital whose staff go out through our Squid: what its DSI sets, and what somebody does at a workstation."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Error, Page, Response

from config.outbound import Outbound
from gateway.cli.outbound_squid import write_authority
from gateway.outbound import authority
from gateway.outbound.demonstration import leaf
from gateway.outbound.squid.configuration import TTL
from gateway.outbound.squid.running import given
from tests.fakes.house import House, open_house, settings_for
from tests.fakes.outbound import write_policy
from tests.fakes.squid_ground import PATIENCE, Ground
from tests.fakes.workstation import Wire

GATEWAY = "ia.hopital.example"
NOTICE = f"https://{GATEWAY}/notice"
SERVICES = {"chatgpt": "bloquer", "openai_api": "bloquer", "claude": "avertir", "deepl": "observer"}
PICKED_UP = TTL + 5
"""Seconds within which a change opens or closes a site, as the page says it."""


class Hospital:
    """A Squid before the outside, the gateway beside it, and what its workstations are given."""

    def __init__(self, place: Ground, house: House, root: authority.Authority) -> None:
        self.place, self.house, self.root = place, house, root
        self.home = f"https://{GATEWAY}:{house.url.rpartition(':')[2].removesuffix('/v1')}"
        self.page = f"{self.home}/outbound/blocked"
        self.roots = {"Outside": place.sites.root, "Hospital": authority.pem(root.certificate)}
        self.policy = self.decide()

    def decide(self, **changes: Any) -> Any:
        """Put the policy in force, as `ecluse outbound apply` does."""
        keys = {"page": self.page, "approved": f"{self.home}/v1/charter", "services": SERVICES, "departments": {}}
        self.policy = write_policy(self.place.state, **(keys | changes))
        given(self.place.state)
        # As the documentation has it: Squid's account reads the passes that the gateway writes.
        self.place.state.chmod(0o2750)
        return self.policy

    def url(self, name: str, path: str = "/") -> str:
        """Return the address of a site of the outside."""
        return f"https://{name}:{self.place.sites.port}{path}"

    def options(self, cable: Wire) -> list[str]:
        """Return what the DSI sets in browsers: the proxy, and that the page is reached without it."""
        return [f"--proxy-server=http://127.0.0.1:{cable.port}", f"--proxy-bypass-list={GATEWAY}", self.names()]

    def names(self, *sites: str) -> str:
        """Return what the DNS tells workstations: the gateway, and these sites."""
        known = {GATEWAY: "127.0.0.1"} | {name: self.place.sites.addresses[name] for name in sites}
        return f"--host-resolver-rules={','.join(f'MAP {name} {address}' for name, address in known.items())}"

    def exact(self, cable: Wire) -> Counter[str]:
        """Return what was counted, by service, once that is all that went through the cable."""
        asked = Counter(filter(None, map(self.policy.service_of, cable.asked)))
        counted = Counter(one.service for one in self.place.counted(asked.total()))
        # Again: a browser opens tunnels of its own accord, also while their lines are waited for.
        asked = Counter(filter(None, map(self.policy.service_of, cable.asked)))
        assert counted == asked, (counted, asked)
        return counted


@asynccontextmanager
async def opened(place: Ground, folder: Path) -> AsyncIterator[Hospital]:
    """Open the gateway of a hospital on a ground, and make its authority there, `ca.pem`, signed by its own root."""
    certificate, key, own = (folder / name for name in ("root.pem", "root.key.pem", "gateway.pem"))
    root = authority.made_root("Racine de l’hôpital inventé")
    authority.write(root, key)
    certificate.write_bytes(authority.pem(root.certificate))
    own.write_bytes(leaf(root, GATEWAY))
    chosen = Outbound(folder=place.state, notice_url=NOTICE, pass_hours=2)
    settings = settings_for(folder / "house", "http://127.0.0.1:9/v1", outbound=chosen)
    async with open_house(settings, own) as house:
        made = Hospital(place, house, root)
        write_authority(settings, place.folder / "ca.pem", root_certificate=certificate, root_key=key)
        yield made


async def typed(page: Page, url: str) -> Response:
    """Type an address, and return what the page that it ended on was answered."""
    answer = await page.goto(url)
    assert answer is not None
    return answer


async def led(answer: Response) -> Response:
    """Return the answer that led there."""
    first = answer.request.redirected_from
    assert first is not None
    found = await first.response()
    assert found is not None
    return found


async def issuer(answer: Response) -> str:
    details = await answer.security_details()
    assert details is not None
    return details.get("issuer", "")


async def failing(page: Page, url: str) -> str:
    """Type an address that does not open, and return what the browser says of it, once it has given up."""
    with pytest.raises(Error) as error:
        await page.goto(url)
    # Chromium tries again by itself, and shows its page after that.
    await asyncio.sleep(1)
    return f"{error.value.message} {await page.locator('body').inner_text()}"


async def until(page: Page, url: str, holds: Callable[[str], bool]) -> Response:
    """Type an address again and again until what is shown holds."""
    begun = time.monotonic()
    while True:
        try:
            answer = await typed(page, url)
        except Error as error:
            # A connection from before the change is led away until the proxy has closed it.
            if "ERR_TOO_MANY_REDIRECTS" not in error.message:
                raise
        else:
            if holds(page.url):
                return answer
        assert time.monotonic() - begun < PATIENCE
        await asyncio.sleep(0.3)


async def closed_again(hospital: Hospital, page: Page) -> None:
    """End every pass."""
    (hospital.place.state / "passes.json").unlink(missing_ok=True)
    await until(page, hospital.url("claude.ai"), lambda shown: "claude.ai" not in shown)


async def go_on(page: Page) -> None:
    """Give a reason on the page, with the keyboard alone."""
    await page.locator("#reason").focus()
    for key in ("Space", "Tab", "Space", "Enter"):
        await page.keyboard.press(key)
    await page.wait_for_url("**/outbound/pass")
