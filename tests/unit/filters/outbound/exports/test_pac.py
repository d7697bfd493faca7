"""The proxy auto-configuration file, run by a JavaScript engine as a browser runs it."""

import datetime as dt
import json
import shutil
import subprocess

import pytest

from filters.outbound.decision import Verdict
from filters.outbound.exports import pac
from filters.outbound.exports.listing import Entry, Stamp, listing

STAMP = Stamp("a1b2c3", dt.date(2026, 1, 31))
NODE = shutil.which("node")
LISTING = listing(
    [
        Entry("openai.com", "chatgpt", Verdict.BLOCK),
        Entry("api.openai.com", "openai_api", Verdict.OBSERVE),
        Entry("x.api.openai.com", "chatgpt", Verdict.BLOCK),
        Entry("xn--bcher-kva.example", "b", Verdict.BLOCK),
    ],
    ("status.openai.com",),
)
REFUSED, OTHERS = "PROXY filtre.hopital.example:3128", "PROXY sortie.hopital.example:8080; DIRECT"


def answers(text: str, hosts: list[str]) -> list[str]:
    # `vm` has none of Node's own names: a PAC file may use nothing but the language.
    script = (
        "const vm = require('vm'); const box = vm.createContext({});"
        f"vm.runInContext({json.dumps(text)}, box);"
        f"console.log(JSON.stringify({json.dumps(hosts)}.map(h => vm.runInContext("
        "`FindProxyForURL(${JSON.stringify('https://' + h + '/')}, ${JSON.stringify(h)})`, box))));"
    )
    assert NODE, "Node.js is missing: install Debian's package nodejs"
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True, timeout=60)
    return list(json.loads(done.stdout))


@pytest.mark.node
def test_names_go_where_the_policy_says() -> None:
    hosts = {
        "openai.com": REFUSED, "chat.openai.com": REFUSED, "CHAT.OpenAI.com.": REFUSED, "x.api.openai.com": REFUSED,
        "a.x.api.openai.com": REFUSED, "xn--bcher-kva.example": REFUSED,
        "api.openai.com": OTHERS, "v1.api.openai.com": OTHERS, "status.openai.com": OTHERS, "notopenai.com": OTHERS,
        "openai.com.evil.example": OTHERS, "com": OTHERS, "localhost": OTHERS, "10.0.0.1": OTHERS, "[::1]": OTHERS,
        "constructor": OTHERS, "__proto__": OTHERS, "x.hasOwnProperty": OTHERS, "": OTHERS, ".": OTHERS,
    }  # fmt: skip
    text = pac.write(LISTING, STAMP, REFUSED, OTHERS).text
    assert dict(zip(hosts, answers(text, list(hosts)), strict=True)) == hosts


@pytest.mark.node
def test_an_empty_list_changes_nothing() -> None:
    assert answers(pac.write(listing([], ()), STAMP).text, ["openai.com"]) == ["DIRECT"]


def test_the_head_says_version_and_date() -> None:
    assert "// version: a1b2c3\n// date: 2026-01-31\n" in pac.write(LISTING, STAMP).text


@pytest.mark.parametrize("way", ["", "nowhere", 'DIRECT"; evil()', "PROXY a b:1", "PROXY a:1;"])
def test_what_is_no_way_is_refused(way: str) -> None:
    with pytest.raises(pac.BadWayError):
        pac.write(LISTING, STAMP, way)
