"""`ecluse outbound intake`: from a log of another filter to counts, once."""

import asyncio
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer

from config.settings import Settings
from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from filters.outbound.intake.ledger import Ledger
from gateway.cli.outbound_intake import KEY, LEDGER, NotKeptError, intake, spooled
from gateway.outbound.counting.event import Event
from gateway.outbound.counting.spool import FOLDER
from gateway.outbound.counting.taking import take_in
from gateway.secrets import hmac_key
from tests.fakes.policies_in_force import put, snapshot

BATCH = "20261126T100000-0123456789abcdef"


class Counts:
    """What the spool is taken into: as the database, it remembers each file."""

    def __init__(self) -> None:
        self.marks: dict[str, int] = {}
        self.events: list[Event] = []

    async def taken(self, batch: str) -> int:
        """Return how far a file was taken."""
        return self.marks.get(batch, 0)

    async def take(self, batch: str, start: int, end: int, events: Sequence[Event]) -> int:
        """Take its next events."""
        assert self.marks.get(batch, 0) == start
        self.marks[batch] = end
        self.events += events
        return 0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path / "data")
    put(made.outbound_folder, snapshot())
    return made


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "access.log"
    now = dt.datetime.now(dt.UTC).timestamp()
    path.write_text(
        "".join(
            f"{now - 60 + number:.3f} 12 10.0.0.7 TCP_DENIED/403 39 CONNECT chatgpt.com:443 dupont{number} NONE/- -\n"
            for number in range(20)
        )
        + "rubbish\n"
    )
    return path


def attempts(count: int) -> list[Attempt]:
    now = dt.datetime.now(dt.UTC)
    return [
        Attempt(now, "chatgpt", Verdict.BLOCK, Verdict.BLOCK, f"dupont{number}", "10.0.0.7", "squid")
        for number in range(count)
    ]


def test_a_log_is_counted_once(settings: Settings, log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = Counts()
    intake(settings, [log], "squid")
    assert "21 ligne(s) lue(s), 20 tentative(s) ; 1 ligne(s) d’une autre forme" in capsys.readouterr().out
    intake(settings, [log], "squid")
    assert "déjà pris en compte" in capsys.readouterr().out
    asyncio.run(take_in(settings.outbound_folder / FOLDER, counts))
    assert [event.verdict for event in counts.events] == ["block"] * 20
    assert len({event.pseudonym for event in counts.events}) == 20


def test_nobodys_name_reaches_the_disk(settings: Settings, log: Path) -> None:
    """A user, an address or a host left in the spool or in the state could be read by whoever backs them up."""
    intake(settings, [log], "squid")
    kept = [path for path in settings.outbound_folder.rglob("*") if path.is_file() and path.name != "snapshot.bin"]
    assert {LEDGER, FOLDER} <= {path.name for path in kept} | {path.parent.name for path in kept}
    for path in kept:
        assert not any(word in path.read_bytes() for word in (b"dupont", b"10.0.0.7", b"chatgpt.com"))


def test_the_gateways_own_calls_are_no_attempts(settings: Settings, log: Path) -> None:
    """Counted, they would be most of what the hospital does with AI, under the name of one very busy agent."""
    put(settings.outbound_folder, snapshot(gateway=("10.0.0.0/29",)))
    (taken,) = intake(settings, [log], "squid")
    assert taken.tally.attempts == 0


def test_a_batch_put_in_the_spool_again_is_counted_once(settings: Settings) -> None:
    sink, counts, folder = spooled(settings), Counts(), settings.outbound_folder / FOLDER
    for _ in range(2):
        sink.add(attempts(3), BATCH)
    asyncio.run(take_in(folder, counts))
    sink.add(attempts(3), BATCH)
    asyncio.run(take_in(folder, counts))
    assert len(counts.events) == 3
    assert not [path for path in folder.iterdir() if not path.name.startswith(".")]


def test_what_a_killed_intake_left_is_taken_away(settings: Settings, log: Path) -> None:
    """Catches attempts that stay on the disk for ever, beyond the thirty days that staff are told of."""
    folder = settings.outbound_folder / FOLDER
    draft, half = folder / ".intake-abcd", folder / f".{BATCH}.jsonl.abcd"
    draft.mkdir(parents=True)
    for file in (draft / "x.jsonl", half):
        file.write_text('["e"', encoding="utf-8")

    intake(settings, [log], "squid")

    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_batch_of_many_is_one_file(settings: Settings) -> None:
    spooled(settings).add(attempts(40_000), BATCH)
    folder = settings.outbound_folder / FOLDER
    (file,) = folder.iterdir()
    assert file.name == f"{BATCH}.jsonl"
    assert file.stat().st_mode & 0o077 == 0
    assert sum(json.loads(line)[0] == "e" for line in file.read_text().splitlines()) == 40_000


def test_what_the_disk_does_not_take_is_not_taken_for_counted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sink of an engine goes on with a full disk, and keeps attempts in memory: here they would be lost with it."""
    monkeypatch.setattr("gateway.outbound.counting.sink.SpoolFile", _full)
    with pytest.raises(NotKeptError):
        spooled(settings).add(attempts(3), BATCH)


def _full(folder: Path) -> None:
    raise OSError(28, f"No space left on device: {folder}")


def test_what_is_wrong_is_one_sentence(settings: Settings, log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log.write_text('date=2026-01-31 time=12:00:00 subtype="webfilter" hostname="chatgpt.com" action="blocked"\n' * 2)
    for said, what in (
        ("--zone Europe/Paris", {"engine": "fortigate"}),
        ("n’est pas un fuseau horaire", {"engine": "squid", "zone": "Europe/Nantes"}),
        ("ne peut pas être lu", {"engine": "squid", "logs": [log.with_name("none")]}),
    ):
        with pytest.raises(typer.Exit) as caught:
            intake(**{"settings": settings, "logs": [log], **what})
        assert caught.value.exit_code == 2
        assert said in capsys.readouterr().err
    folder = settings.outbound_folder
    with Ledger(folder / LEDGER, hmac_key(folder / KEY)), pytest.raises(typer.Exit):
        intake(settings, [log], "squid")
    assert "en cours" in capsys.readouterr().err
    (folder / "snapshot.bin").unlink()
    with pytest.raises(typer.Exit):
        intake(settings, [log], "squid")
    assert "Aucune politique" in capsys.readouterr().err
