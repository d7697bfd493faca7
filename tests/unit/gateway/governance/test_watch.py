"""A changed charter takes over when it is right and approved; until then the old one stays, and it is told."""

# ruff: noqa: ASYNC240 - a test holds up nobody

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest

from gateway.governance.approvals import Active, ApprovalsUnavailableError, Pending
from gateway.governance.draft import read_draft
from gateway.governance.watch import CharterWatch, Result, Told, first
from tests.fakes.governance import Kept, Seen

MINIMAL = Path(__file__).parents[3] / "data" / "charter" / "minimal.yaml"


def write(path: Path, version: str, old: str = "", new: str = "") -> None:
    text = MINIMAL.read_text(encoding="utf-8").replace('version: "1"', f'version: "{version}"').replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def watch(path: Path, seen: Seen, approvals: Kept | None = None) -> CharterWatch:
    draft = read_draft(path, ["demo"])
    assert draft.text is not None
    active = Active(draft.digest, draft.text, dt.datetime.now(dt.UTC))
    return CharterWatch(path, ["demo"], active, seen.prepare, seen.waits.append, seen.told.append, approvals, approvals)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "charte.yaml"
    write(file, "1")
    return file


async def test_a_new_version_takes_over_and_is_told_once(path: Path) -> None:
    seen = Seen()
    watching = watch(path, seen)
    await watching.look()
    assert (seen.served, seen.told) == ([], [])
    write(path, "2")
    await watching.look()
    await watching.look()
    assert seen.served == ["2"]
    assert seen.told == [Told(Result.ACTIVATED, "2")]


async def test_a_faulty_file_is_refused_with_its_places_and_the_old_charter_stays(path: Path) -> None:
    """Would catch: a hospital without a charter, or without AI, for a slip of the keyboard."""
    seen = Seen()
    watching = watch(path, seen)
    write(path, "2", "review: R1", "review: R9")
    await watching.look()
    await watching.look()
    assert seen.served == []
    assert seen.results == [Result.REFUSED]
    assert [fault.line for fault in seen.told[0].faults] == [46]
    write(path, "2")
    await watching.look()
    assert seen.served == ["2"]


async def test_a_file_that_disappears_changes_nothing(path: Path) -> None:
    seen = Seen()
    watching = watch(path, seen)
    path.unlink()
    await watching.look()
    assert (seen.served, seen.results) == ([], [Result.REFUSED])


async def test_other_words_need_another_version(path: Path) -> None:
    """Would catch: a journal in which one version stands for two charters."""
    seen = Seen()
    watching = watch(path, seen)
    write(path, "1", "Charte d’essai", "Autre charte")
    await watching.look()
    assert (seen.served, seen.results) == ([], [Result.REFUSED])
    assert "changez `version`" in seen.told[0].faults[0].message


async def test_a_comment_changes_nothing(path: Path) -> None:
    seen = Seen()
    watching = watch(path, seen, Kept())
    path.write_text(f"# vu\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    await watching.look()
    assert (seen.served, seen.told) == ([], [])


async def test_a_change_within_the_same_second_is_seen_when_asked(path: Path) -> None:
    """Would catch: SIGHUP that trusts a clock."""
    seen = Seen()
    watching = watch(path, seen)
    await watching.look()
    before = path.stat()
    text = path.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"')
    with path.open("r+", encoding="utf-8") as file:
        file.write(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    await watching.look()
    assert seen.served == []
    await watching.look(asked=True)
    assert seen.served == ["2"]


async def test_a_change_of_the_groups_file_is_seen(tmp_path: Path) -> None:
    """Would catch: a use that a group closes and its sites go on serving."""
    group, site = tmp_path / "groupe.yaml", tmp_path / "site.yaml"
    write(group, "1")
    site.write_text("extends: groupe.yaml\nversion: s1\n", encoding="utf-8")
    seen = Seen()
    watching = watch(site, seen)
    await watching.look()
    write(group, "2", "    tier: D1\n", "    tier: D1\n    enabled: false\n")
    await watching.look()
    assert seen.results == [Result.REFUSED], "the site has to give its changed charter a version"
    site.write_text("extends: groupe.yaml\nversion: s2\n", encoding="utf-8")
    await watching.look()
    assert seen.served == ["s2"]


async def test_a_charter_that_masking_does_not_cover_is_refused(path: Path) -> None:
    """Would catch: a label that the charter promises to mask and that nothing finds."""
    seen = Seen(unfit=True)
    watching = watch(path, seen)
    write(path, "2")
    await watching.look()
    assert (seen.served, seen.results) == ([], [Result.REFUSED])


async def test_two_people_are_needed_and_one_twice_is_not_two(path: Path) -> None:
    """Would catch: one person, who approves twice, who changes the charter of a hospital."""
    seen, kept = Seen(), Kept()
    watching = watch(path, seen, kept)
    write(path, "2")
    digest = read_draft(path, ["demo"]).digest
    await watching.look()
    await kept.by(digest, "a1", "a1")
    await watching.look()
    assert (seen.served, seen.results) == ([], [Result.PENDING])
    assert seen.waits == [Pending("2", digest, 0), Pending("2", digest, 1)]
    await kept.by(digest, "b2")
    await watching.look()
    assert seen.served == ["2"]
    assert seen.waits[-1] is None
    assert [active.text.version for active in kept.activated] == ["2"]


async def test_approvals_are_of_a_content(path: Path) -> None:
    """Would catch: a charter that is changed once more after it was approved."""
    seen, kept = Seen(), Kept()
    watching = watch(path, seen, kept)
    write(path, "2")
    digest = read_draft(path, ["demo"]).digest
    await kept.by(digest, "a1", "b2")
    write(path, "2", "roles: [medecin]", "roles: [medecin, ide]")
    await watching.look()
    assert seen.served == []


async def test_a_charter_that_cannot_be_kept_does_not_serve(path: Path) -> None:
    """Would catch: a charter that is lost at the next start."""
    seen, kept = Seen(), Kept()
    watching = watch(path, seen, kept)
    write(path, "2")
    kept.broken = True
    with pytest.raises(ApprovalsUnavailableError):
        await watching.look()
    assert seen.served == []


async def test_the_first_charter_needs_no_approval_and_is_kept(path: Path) -> None:
    kept = Kept()
    _, active = await first(path, ["demo"], kept)
    assert active is not None
    assert active.text.version == "1"
    assert kept.activated == [active]


async def test_after_a_restart_the_old_charter_goes_on_until_two_have_approved(path: Path) -> None:
    """Would catch: a rule that a restart undoes."""
    kept = Kept()
    await first(path, ["demo"], kept)
    write(path, "2")
    draft, active = await first(path, ["demo"], kept)
    assert active is not None
    assert active.text.version == "1"
    await kept.by(draft.digest, "a1", "b2")
    _, active = await first(path, ["demo"], kept)
    assert active is not None
    assert active.text.version == "2"


async def test_what_two_have_replaced_does_not_come_back_by_itself(path: Path) -> None:
    """Would catch: one person who puts an old file back, whose approvals would count for ever."""
    seen, kept = Seen(), Kept()
    await first(path, ["demo"], kept)
    watching = watch(path, seen, kept)
    for version in ("2", "3"):
        write(path, version)
        await kept.by(read_draft(path, ["demo"]).digest, "a1", "b2")
        await watching.look()
    write(path, "2")
    await watching.look()
    digest = read_draft(path, ["demo"]).digest
    assert seen.served == ["2", "3"]
    assert seen.waits[-1] == Pending("2", digest, 0)
    _, active = await first(path, ["demo"], kept)
    assert active is not None
    assert active.text.version == "3"
    await kept.by(digest, "a1", "b2")
    await watching.look()
    assert seen.served == ["2", "3", "2"]


async def test_a_charter_is_recorded_then_kept(path: Path) -> None:
    """Would catch: a charter in force, at a start or later, that no line of the journal tells."""
    kept = Kept()
    await first(path, ["demo"], kept, kept)
    await first(path, ["demo"], kept, kept)
    assert kept.written == ["activated 1", "kept 1"]
    watching = watch(path, Seen(), kept)
    write(path, "2")
    await kept.by(read_draft(path, ["demo"]).digest, "a1", "b2")
    await watching.look()
    assert kept.written[2:] == ["activated 2", "kept 2"]


async def test_what_another_process_has_kept_is_not_kept_twice(path: Path) -> None:
    """Would catch: approvals that count for one worker and not for another, which took over a moment later."""
    kept = Kept()
    await first(path, ["demo"], kept)
    one, other = watch(path, Seen(), kept), watch(path, Seen(), kept)
    write(path, "2")
    await kept.by(read_draft(path, ["demo"]).digest, "a1", "b2")
    await one.look()
    await other.look()
    assert [active.text.version for active in kept.activated] == ["1", "2"]
    assert one.active == other.active == kept.activated[-1]


async def test_other_words_under_the_same_version_do_not_take_over_at_a_start(path: Path) -> None:
    """Would catch: a journal in which one version stands for two charters, for a restart at the right moment."""
    kept = Kept()
    _, before = await first(path, ["demo"], kept)
    write(path, "1", "Charte d’essai", "Autre charte")
    await kept.by(read_draft(path, ["demo"]).digest, "a1", "b2")
    assert (await first(path, ["demo"], kept))[1] == before


async def test_what_was_kept_is_served_and_not_what_is_read_under_its_digest(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Would catch: a file that is swapped while it is read, and back, at a start."""
    kept = Kept()
    draft, before = await first(path, ["demo"], kept)
    assert draft.text is not None
    other = replace(draft, text=draft.text.model_copy(update={"version": "9"}))
    monkeypatch.setattr("gateway.governance.watch.read_draft", lambda *_: other)
    assert (await first(path, ["demo"], kept))[1] == before


async def test_without_the_rule_the_file_is_the_charter(path: Path) -> None:
    _, active = await first(path, ["demo"], None)
    assert active is not None
    write(path, "2", "review: R1", "review: R9")
    draft, active = await first(path, ["demo"], None)
    assert active is None
    assert draft.faults
