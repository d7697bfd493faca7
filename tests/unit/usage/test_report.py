"""The month's report: what it counts, and what nobody can read in it."""

import contextlib
import csv
import datetime as dt
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import orjson
import pytest

from config.charter import SHIPPED
from config.settings import Settings
from gateway.audit.contest import Contest, Outcome, Reason
from gateway.audit.sql import SqlContests, verify
from gateway.usage import data, page, text
from gateway.usage.counts import Counts
from gateway.usage.disclosure import Cell
from gateway.usage.month import Month, month
from gateway.usage.names import names_of
from gateway.usage.report import Report, report, usage_report
from gateway.usage.words import words
from policies.decision import RefusedError
from policies.loader import load_charter, routes_of
from policies.rule import Code
from tests.fakes.journal import CALLER, FACTS, answered, journal_in
from tests.fakes.journal import REFUSED as REFUSAL
from tests.fakes.month import REFUSED, counts, line

NOVEMBER = Month(2026, 11)


@pytest.fixture(scope="module")
def found() -> Report:
    return report(NOVEMBER, counts(), counts(2026, 10, 2))


def rows(found: Report, table: str) -> dict[str, tuple[str, str]]:
    (wanted,) = (each for each in found.tables if each.id == table)
    return {name: (now.text, before.text) for name, now, before in wanted.rows}


def test_a_month_is_counted_beside_the_one_before(found: Report) -> None:
    assert (found.requests.text, found.requests_before.text) == ("579", "635")
    assert rows(found, "role") == {
        "medecin": ("220", "220"),
        "secretaire_medicale": ("160", "160"),
        "ide": ("143", "143"),
        "administratif": ("56", "112"),
    }
    assert rows(found, "refusal") == {"hors_role, article 5.1": ("< 5", "< 5")}
    assert rows(found, "masked")["NOM"] == ("1040", "1040")
    assert found.evolution.unit == "jour"


def test_days_too_small_to_be_shown_become_weeks() -> None:
    few = Counts()
    for day in (2, 3, 4, 5, 6, 9, 16):
        for _ in range(3):
            few.add(dt.datetime(2026, 11, day, 9, tzinfo=dt.UTC), line())
    found = report(NOVEMBER, few, Counts())
    assert found.evolution.unit == "semaine"
    assert [cell.text for _, cell in found.evolution.rows] == ["0", "15", "< 5", "< 5", "0", "0"]


def test_few_requests_with_many_identifiers_are_hidden() -> None:
    """Would catch a count of identifiers that tells what one patient's file held."""
    few = Counts()
    few.add(dt.datetime(2026, 11, 2, tzinfo=dt.UTC), line(masked={"IPP": 40}, placeholders_lost=9))
    found = report(NOVEMBER, few, Counts())
    assert rows(found, "masked") == {"IPP": ("< 5", "0")}
    assert found.placeholders_lost == Cell(None, small=True)
    assert found.tokens is None


def test_nobody_is_in_any_format(found: Report) -> None:
    for written in (text.render(found), data.render_csv(found), data.render_json(found), page.render(found)):
        assert "hash" not in written.replace("hashsalt", "")


def test_the_formats_agree(found: Report) -> None:
    table = list(csv.DictReader(io.StringIO(data.render_csv(found))))
    parsed = orjson.loads(data.render_json(found))
    written = text.render(found)
    for name, (now, before) in rows(found, "service").items():
        assert {"month": "2026-11", "table": "service", "row": name, "requests": now, "previous_month": before} in table
        assert re.search(rf"^  {name} +{now} +{before}$", written, re.MULTILINE)
    assert [row["name"] for row in parsed["tables"]["use"]] == list(rows(found, "use"))
    assert parsed["tables"]["refusal"][0]["month"] == {"count": None, "text": "< 5"}


class Outline(HTMLParser):
    """Notes the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one."""
        self.elements.append((tag, dict(attrs)))


def test_the_page_stands_alone_and_can_be_read_aloud(found: Report) -> None:
    """Would catch a page that tells an outside server who reads it, or a plot that only the sighted can use."""
    written = page.render(found)
    outline = Outline()
    outline.feed(written)
    tags = [tag for tag, _ in outline.elements]
    assert not {"script", "link", "img", "iframe", "object"} & set(tags)
    for _, attributes in outline.elements:
        for name in ("src", "href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith("#")
    assert "@import" not in written
    assert not re.search(r"url\((?!#)", written)
    assert '<html lang="fr">' in written
    assert "<title>Usage de l’IA générative — novembre 2026</title>" in written
    figures = [attributes for tag, attributes in outline.elements if tag == "figure"]
    assert all(attributes.get("role") == "img" and attributes.get("aria-label") for attributes in figures)
    assert tags.count("figure") == tags.count("table") == tags.count("caption") == tags.count("svg") >= 8


def test_people_read_titles_and_programs_identifiers(found: Report) -> None:
    """Catches a report that only whoever wrote the charter understands, or a program broken by a new title."""
    charter = load_charter(SHIPPED, routes_of(Settings().routes))
    named = replace(found, names=names_of(charter))
    for written in (text.render(named), page.render(named)):
        assert "Courriers et lettres de liaison" in written
        assert "secrétaire médicale" in written
        assert "usage non ouvert au rôle — 5.1" in written
        assert "courrier_medical" not in written
        assert "hors_role" not in written
    assert data.render_json(named) == data.render_json(found)
    assert data.render_csv(named) == data.render_csv(found)


def test_every_reason_of_a_refusal_has_words() -> None:
    for code in set(Code) - {Code.ALLOWED}:
        assert words("refusal", f"{code}, article guide 1.4", {}) != f"{code} — guide 1.4"


def test_an_empty_month_has_a_page() -> None:
    empty = report(NOVEMBER, Counts(), Counts())
    assert "Demandes par jour" in page.render(empty)
    assert "aucune" in text.render(empty)


def test_refusals_count_by_reason_and_article() -> None:
    many = Counts()
    for _ in range(6):
        many.add(dt.datetime(2026, 11, 2, tzinfo=dt.UTC), line(**REFUSED))
    assert rows(report(NOVEMBER, many, Counts()), "refusal") == {"hors_role, article 5.1": ("6", "0")}


def contested(outcome: Outcome | None = None) -> Contest:
    at = dt.datetime(2026, 11, 3, tzinfo=dt.UTC)
    return Contest("0" * 32, "hors_role", "5.1", Reason.OTHER, at, at, outcome)


def refusals(number: int, contests: list[Outcome | None]) -> Counts:
    """Count refusals, of which the first are contested."""
    many, at = Counts(), dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    for place in range(number):
        many.add(at, line(**REFUSED), contested(contests[place]) if place < len(contests) else None)
    return many


def test_contests_are_counted_beside_refusals() -> None:
    found = report(NOVEMBER, refusals(20, [Outcome.WRONG] * 5 + [None] * 5), Counts())
    assert rows(found, "refusal") == {"hors_role, article 5.1": ("20", "0")}
    assert rows(found, "contest") == {"hors_role, article 5.1": ("10", "0")}
    assert rows(found, "settled") == {"wrong": ("5", "0"), "open": ("5", "0")}
    written = text.render(found)
    assert "usage non ouvert au rôle — 5.1 (50\N{NARROW NO-BREAK SPACE}% des refus)" in written
    assert re.search(r"Refus contestés +10 \(50.%\)", written)
    for words_of in ("refus à tort", "à examiner"):
        assert words_of in page.render(found)
    parsed = orjson.loads(data.render_json(found))
    assert parsed["contests"] == {"count": 10, "text": "10"}
    assert parsed["tables"]["contest"][0]["share"] == 0.5
    assert "share" not in parsed["tables"]["refusal"][0]
    assert "2026-11,total,contests,10," in data.render_csv(found)


@pytest.mark.parametrize(("contests", "shown"), [(2, "< 5"), (18, "masqué")])
def test_few_contests_are_hidden_and_so_are_few_that_are_not_contested(contests: int, shown: str) -> None:
    """Would catch a report that tells which two of twenty colleagues complained, or did not."""
    found = report(NOVEMBER, refusals(20, [Outcome.UPHELD] * contests), Counts())
    assert rows(found, "contest") == {"hors_role, article 5.1": (shown, "0")}
    assert found.contests.text == shown
    assert rows(found, "settled")["upheld"][0] == shown
    assert orjson.loads(data.render_json(found))["tables"]["contest"][0]["share"] is None


async def test_contests_are_read_from_the_journal(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as trail:
        desk = SqlContests(trail)
        for _ in range(6):
            with contextlib.suppress(RefusedError):
                async with trail.record(CALLER, REFUSAL, FACTS, stream=False, case=None) as record:
                    REFUSAL.require_allowed(record.output_id)
            await desk.contest(CALLER, record.output_id, Reason.NOT_CONCERNED)
        today = dt.datetime.now(dt.UTC)
        found = await usage_report(trail, Month(today.year, today.month), by="uid:1000", names={})
    assert (found.refusals.text, found.contests.text) == ("6", "6")
    assert rows(found, "settled") == {"open": ("6", "0")}


async def test_reading_the_journal_is_recorded(tmp_path: Path) -> None:
    """Would catch somebody who watches staff through the reports without leaving a trace."""
    async with journal_in(tmp_path) as trail:
        for _ in range(6):
            await answered(trail)
        today = dt.datetime.now(dt.UTC)
        found = await usage_report(trail, Month(today.year, today.month), by="uid:1000", names={})
        assert found.requests.text == "6"
        async with trail.database.engine.connect() as connection:
            read = (await connection.exec_driver_sql("SELECT body FROM journal WHERE kind = 'read'")).scalars().all()
        assert [orjson.loads(body)["scope"] for body in read] == ["report"]
        assert "uid:1000" not in read[0]
        assert (await verify(trail.database, trail.heads, trail.public_key)).sound


def test_months_follow_each_other() -> None:
    january = month("2026-01")
    assert (january.previous.id, january.title, len(january.days)) == ("2025-12", "janvier 2026", 31)
    assert Month(2026, 12).end == dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
    for wrong in ("2026-13", "2026-1", "novembre", "0000-01", "2026-11-01"):
        with pytest.raises(ValueError, match=r"^a month is written 2026-11$"):
            month(wrong)
