"""Browsers that are shown no page of ours: no authority, one that they do not know, a list of names in its place."""

import base64
import json
from collections import Counter
from pathlib import Path

import pytest

from gateway.cli.outbound_export import Choices, Target
from gateway.cli.outbound_export import export as write_export
from tests.fakes.hospital import SERVICES, Hospital, failing, typed
from tests.fakes.outbound import write_policy
from tests.fakes.squid_ground import ALLOWED, ground
from tests.fakes.workstation import Wire, wire, workstation

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="module"),
]


async def test_without_an_authority_the_browser_says_that_it_cannot(hospital: Hospital, tmp_path: Path) -> None:
    """Would catch: refusals over HTTPS that let something through, or are not counted, for want of a page."""
    with ground(72) as bare:
        policy = write_policy(bare.state, page=hospital.page, services=SERVICES)
        with bare.squid(page=hospital.page), wire(bare.port) as cable:
            roots = hospital.roots | {"Outside": bare.sites.root}
            async with workstation(tmp_path, roots, *hospital.options(cable)) as browser:
                page = await browser.new_page()
                assert (await typed(page, f"https://{ALLOWED}:{bare.sites.port}/")).status == 200
                assert "ERR_TUNNEL_CONNECTION_FAILED" in await failing(page, f"https://chatgpt.com:{bare.sites.port}/")
                await page.screenshot(path=tmp_path / "without.png")
            # A browser tries once more by itself: two tunnels asked for, two attempts.
            asked = Counter(filter(None, map(policy.service_of, cable.asked)))
            assert Counter(one.service for one in bare.counted(asked.total())) == asked
            assert asked["chatgpt"] >= 1
            assert bare.sites.connections["chatgpt.com"] == 0


async def test_a_workstation_without_the_root_sees_an_error(hospital: Hospital, cable: Wire, tmp_path: Path) -> None:
    outside = {"Outside": hospital.roots["Outside"]}
    async with workstation(tmp_path, outside, *hospital.options(cable)) as browser:
        page = await browser.new_page()
        assert "ERR_CERT_AUTHORITY_INVALID" in await failing(page, hospital.url("chatgpt.com"))
    assert hospital.exact(cable)["chatgpt"] >= 1
    assert hospital.place.sites.connections["chatgpt.com"] == 0


async def test_a_proxy_configuration_sends_refused_names_to_the_filter(
    hospital: Hospital, cable: Wire, tmp_path: Path
) -> None:
    """Would catch: an export that browsers do not read, with which every refused site would open."""
    out, filtered = tmp_path / "proxy.pac", f"PROXY 127.0.0.1:{cable.port}"
    write_export(hospital.house.settings, Target.PAC, out, choices=Choices(refused=filtered))
    told = f"data:application/x-ns-proxy-autoconfig;base64,{base64.b64encode(out.read_bytes()).decode()}"
    directly = (ALLOWED, "www.deepl.com", "claude.ai")
    options = [f"--proxy-pac-url={told}", hospital.names(*directly)]
    async with workstation(tmp_path, hospital.roots, *options) as browser:
        page = await browser.new_page()
        for name in directly:
            assert await (await typed(page, hospital.url(name))).text() == f"origin {name}"
        await typed(page, hospital.url("chatgpt.com"))
        assert page.url == f"{hospital.page}?service=chatgpt"
    assert cable.asked == ["chatgpt.com"]


async def test_a_policy_of_browsers_refuses_by_itself(hospital: Hospital, cable: Wire, tmp_path: Path) -> None:
    """Would catch: an export that Chrome passes over without a word."""
    out = tmp_path / "chrome.json"
    write_export(hospital.house.settings, Target.CHROME, out)
    policies = json.loads(out.read_text())
    try:
        async with workstation(tmp_path, hospital.roots, *hospital.options(cable), policies=policies) as browser:
            page = await browser.new_page()
            for url in (hospital.url("chatgpt.com"), hospital.url("www.chatgpt.com")):
                assert "ERR_BLOCKED_BY_ADMINISTRATOR" in await failing(page, url)
            for name in (ALLOWED, "www.deepl.com"):
                assert (await typed(await browser.new_page(), hospital.url(name))).status == 200
    except PermissionError:
        pytest.skip("only root gives a process its own mounts, and some containers forbid it to root too")
    # It opens a tunnel ahead of need before it refuses: off the network, the site's owner would see that.
    assert hospital.place.sites.connections["chatgpt.com"] == 0
