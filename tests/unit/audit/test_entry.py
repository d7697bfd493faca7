"""The journal's fields are a closed list, documented, none of them free text."""

import re
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.audit.chain import GENESIS, ChainCheck, Head, Link, SealedHead, canonical, next_hash, sign_head
from gateway.audit.entry import FIELDS, Kind, closed, line_of, opened
from gateway.audit.event import Ending, Line
from tests.fakes.month import line

ROOT = Path(__file__).parents[3]


def test_the_list_of_fields_is_closed() -> None:
    """Would catch a new field: each is a decision on what is kept about people, to be taken here and in the docs."""
    chain = {"writer", "seq", "at", "kind", "sealed"}
    request = {
        "output_id",
        "caller",
        "role",
        "service",
        "case",
        "charter",
        "decision",
        "code",
        "article",
        "use",
        "declared",
        "stream",
        "gateway",
        "route",
        "tier",
        "review",
        "system",
    }
    answer = {
        "opened_at",
        "masked",
        "placeholders_lost",
        "placeholders_unknown",
        "answer",
        "prompt_tokens",
        "completion_tokens",
        "ending",
        "failure",
        "drill",
        "duration_ms",
    }
    assert {kind: set(fields) for kind, fields in FIELDS.items()} == {
        Kind.OPENED: chain | request,
        Kind.CLOSED: chain | request | answer,
        Kind.READ: chain | {"by", "scope", "since", "until"},
        Kind.PURGED: chain | {"of", "upto", "last_hash", "count", "first_at", "last_at", "signature"},
        Kind.CHECKPOINT: chain | {"entries", "chains"},
        Kind.CHARTER: chain | {"charter", "digest", "event", "by", "role"},
        Kind.CONTESTED: chain | {"output_id", "caller", "code", "article", "reason", "refused_at"},
        Kind.SWITCHED: chain | {"event", "target", "reason", "until", "drill", "by", "role"},
        Kind.SETTLED: chain | {"output_id", "by", "code", "outcome"},
        Kind.IDENTIFICATION: chain | {"output_id", "event", "by", "role", "reason", "subject", "matched"},
    }


def test_the_documentation_lists_each_field() -> None:
    journal = (ROOT / "docs/operations/logs.md").read_text("utf-8").split("## Journal")[1]
    table = re.findall(r"^\| `(\w+)` \| ([\w, ]+) \|", journal, re.MULTILINE)
    documented = {
        kind: {name for name, entries in table if entries == "all" or kind.value in entries.split(", ")}
        for kind in Kind
    }
    assert documented == {kind: set(fields) for kind, fields in FIELDS.items()}


def test_a_line_comes_back_as_it_was_written() -> None:
    whole: Line = line(case=None, masked={"NOM": 2}, placeholders_lost=1, duration_ms=7)
    assert line_of(closed(whole, "2026-11-23T10:00:00.000Z")) == whole


def test_an_opening_alone_reads_as_interrupted() -> None:
    assert line_of(opened(line())).ending is Ending.INTERRUPTED


def test_an_entry_written_before_answers_were_scanned_is_sound_and_read() -> None:
    """Would catch: a new field that makes every journal of before look altered, or unreadable."""
    fields = closed(line(), "2026-11-23T10:00:00.000Z")
    old = {name: value for name, value in fields.items() if name not in {"answer", "drill"}}
    place = {"writer": "w-0", "seq": 1, "at": "2026-11-23T10:00:01.000Z", "kind": Kind.CLOSED.value, "sealed": True}
    body = canonical(old | place)
    head = Head("w-0", 1, next_hash(GENESIS, body))
    key = Ed25519PrivateKey.generate()
    seal = sign_head(head, key)
    check = ChainCheck(Head("w-0"), SealedHead(head, seal), key.public_key())
    check.feed(Link("w-0", 1, str(place["at"]), "closed", str(old["output_id"]), body, head.hash, seal))
    assert check.finish() == []
    assert line_of(old) == line()
