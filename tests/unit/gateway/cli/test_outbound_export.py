"""`ecluse outbound export`: the refused names for another filter."""

import datetime as dt
import json
from pathlib import Path

import pytest
import typer

from config.settings import Settings
from filters.outbound.decision import Mode
from filters.outbound.exports.rpz import serial_of
from gateway.cli.outbound_export import Choices, Target, export
from tests.fakes.policies_in_force import put, snapshot

NOW = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path / "data")
    put(made.outbound_folder, snapshot(Mode.OBSERVE))
    return made


@pytest.mark.parametrize("target", Target)
def test_each_target_is_written_and_left_alone_while_nothing_changes(
    settings: Settings, tmp_path: Path, target: Target
) -> None:
    """An appliance that reads the list every five minutes would load it again for a date that moved."""
    output = tmp_path / "list"
    export(settings, target, output, now=NOW)
    text, inode = output.read_text(), output.stat().st_ino
    assert "chatgpt.com" in text
    export(settings, target, output, now=LATER)
    assert (output.read_text(), output.stat().st_ino) == (text, inode)


def test_a_zone_that_changed_has_a_higher_serial(settings: Settings, tmp_path: Path) -> None:
    output = tmp_path / "ecluse.rpz"
    export(settings, Target.RPZ, output, now=NOW)
    first = serial_of(output.read_text())
    export(settings, Target.RPZ, output, now=NOW, choices=Choices(redirect="ia.hopital.example"))
    assert serial_of(output.read_text()) == first + 1


def test_hosts_of_the_gateway_stay_open(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    export(settings, Target.CHROME, sanctioned=["api.mistral.ai"], now=NOW)
    made = json.loads(capsys.readouterr().out)
    assert made["URLAllowlist"] == ["api.mistral.ai"]
    assert "mistral.ai" in made["URLBlocklist"]


def test_what_the_file_does_not_say_is_told(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    export(settings, Target.FORTIGATE, sanctioned=["api.mistral.ai"], now=NOW)
    said = " ".join(capsys.readouterr().err.split())
    assert "mode « observe »" in said
    assert "1 nom(s) non écrit(s) (mistral.ai)" in said


@pytest.mark.parametrize(
    ("target", "choices", "said"),
    [
        (Target.RPZ, Choices(redirect="pas un nom"), "nom d’hôte"),
        (Target.PAC, Choices(refused="nulle part"), "PROXY hôte:port"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    settings: Settings, capsys: pytest.CaptureFixture[str], target: Target, choices: Choices, said: str
) -> None:
    with pytest.raises(typer.Exit) as caught:
        export(settings, target, choices=choices, now=NOW)
    assert caught.value.exit_code == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert not captured.out


def test_names_to_warn_of_are_for_those_who_can(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    export(settings, Target.PALOALTO, warned=True, now=NOW)
    assert "chatgpt.com" not in capsys.readouterr().out
    with pytest.raises(typer.Exit):
        export(settings, Target.RPZ, warned=True, now=NOW)
    assert "fortigate ou paloalto" in capsys.readouterr().err


def test_too_many_names_write_nothing(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("filters.outbound.exports.browsers.LIMIT", 2)
    output = tmp_path / "chrome.json"
    with pytest.raises(typer.Exit):
        export(settings, Target.CHROME, output, now=NOW)
    assert "rien n’est" in capsys.readouterr().err
    assert not output.exists()
