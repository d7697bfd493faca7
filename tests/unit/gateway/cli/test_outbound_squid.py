from pathlib import Path

import pytest
import typer

from config.settings import Settings
from filters.outbound.decision import Mode as Step
from gateway.cli.outbound_squid import refused_names, write_authority, write_configuration
from gateway.outbound import authority
from tests.fakes.policies_in_force import PAGE, put, snapshot


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path / "data")
    put(made.outbound_folder, snapshot(Step.OBSERVE, gateway=("10.1.1.1",)))
    return made


def test_an_authority_for_what_the_policy_will_refuse(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has to be on the workstations before the policy refuses anything."""
    target = tmp_path / "squid" / "authority.pem"
    write_authority(settings, target)
    made = authority.read_certificate(target)
    assert authority.permitted(made) == {"chatgpt.com", "openai.com", "mistral.ai", "claude.ai"}
    root = authority.read_certificate(target.with_name("root.pem"))
    made.verify_directly_issued_by(root)
    assert "hors ligne" in capsys.readouterr().out
    write_authority(settings, target)
    assert authority.read_certificate(target.with_name("root.pem")) == root


def test_a_configuration_of_the_policy_in_force(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "squid"
    write_configuration(settings, folder)
    text = (folder / "squid.conf").read_text()
    assert f"{PAGE}?service=%o" in text
    assert "acl gateway src 10.1.1.1" in text
    assert str(settings.outbound_folder) in (folder / "external_acl").read_text()
    assert "README.md" in capsys.readouterr().out


def test_names_without_a_page_are_told(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "authority.pem"
    authority.write(authority.constrained(authority.made_root("Racine"), ["openai.com"], "Filtre"), path)
    write_configuration(settings, tmp_path / "squid", certificate=path)
    said = " ".join(capsys.readouterr().err.split())
    assert "3 nom(s) refusé(s) hors de l’autorité (chatgpt.com, claude.ai, mistral.ai)" in said


def test_a_policy_without_the_gateway_is_told(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(settings.outbound_folder)
    write_configuration(settings, tmp_path / "squid")
    assert "ne nomme pas la passerelle" in capsys.readouterr().err


def test_without_a_policy_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    for work in (write_configuration, write_authority):
        with pytest.raises(typer.Exit) as ended:
            work(settings, tmp_path / "target")
        assert ended.value.exit_code == 2
    assert "ecluse outbound apply" in capsys.readouterr().err
    assert not (tmp_path / "target").exists()


def test_faults_are_sentences(settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        write_configuration(settings, tmp_path / "squid", page="nowhere", workers=0)
    said = capsys.readouterr().err
    assert "adresse complète" in said
    assert "workers" in said


def test_refused_names_are_those_of_the_last_mode() -> None:
    assert refused_names(snapshot(Step.OBSERVE)) == ("chatgpt.com", "claude.ai", "mistral.ai", "openai.com")
