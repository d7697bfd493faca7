"""`ecluse outbound simulate`: what a DSI reads of yesterday's log, and that nothing of it stays."""

import gzip
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from filters.outbound.decision import Mode
from gateway.cli.main import app
from tests.fakes.policies_in_force import put, snapshot

USER, ADDRESS = "solene.lebihan", "10.1.2.3"
LOG = "".join(
    f"1795000{number:03}.123     95 {ADDRESS} TCP_TUNNEL/200 4512 CONNECT {host}:443 {USER} HIER_DIRECT/192.0.2.7 -\n"
    for number, host in enumerate(["chatgpt.com", "chatgpt.com", "claude.ai", "www.deepl.com", "has-sante.example"])
)
STORMSHIELD = (
    'id=firewall time="2026-11-20 10:00:00" fw="SN910" pri=5 src=10.1.2.3 dstname="chatgpt.com" action=pass op=GET '
    'result=200 arg="/" logtype="web"\n'
)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the house a folder of its own, with a policy that only watches today."""
    monkeypatch.setenv("ECLUSE_DATA_DIR", str(tmp_path / "data"))
    put(tmp_path / "data" / "outbound", snapshot(Mode.OBSERVE))
    return tmp_path / "data"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "access.log"
    file.write_text(LOG, encoding="utf-8")
    return file


def simulate(*words: str | Path) -> Result:
    shown = CliRunner(env={"COLUMNS": "120"}).invoke(app, ["outbound", "simulate", *map(str, words)])
    assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
    return shown


def rows(shown: Result) -> dict[str, list[int]]:
    """Return the table's numbers by service: let through, counted, warned, refused."""
    lines = [line.split() for line in shown.stdout.splitlines()[1:]]
    return {words[0]: [int(word) for word in words[1:]] for words in lines if len(words) == 5 and words[1].isdigit()}


def test_what_the_last_mode_would_have_given(log: Path) -> None:
    shown = simulate(log)
    assert (shown.exit_code, shown.stderr.strip()) == (0, "")
    assert rows(shown) == {
        "Chatgpt": [0, 0, 0, 2],
        "Claude": [0, 0, 1, 0],
        "Deepl": [0, 1, 0, 0],
        "ensemble": [0, 1, 1, 2],
    }
    assert shown.stdout.splitlines()[-1] == (
        "5 ligne(s) lue(s), 4 tentative(s) vers un service connu, dont 3 auraient été arrêtées ; "
        "0 ligne(s) illisible(s)."
    )


def test_a_packed_log_gives_the_same(log: Path, tmp_path: Path) -> None:
    packed = tmp_path / "access.log.gz"
    packed.write_bytes(gzip.compress(LOG.encode()))
    assert simulate(packed).stdout == simulate(log).stdout
    assert rows(simulate(packed, log))["ensemble"] == [0, 2, 2, 4]


def test_a_policy_is_tried_that_is_not_in_force(log: Path, tmp_path: Path) -> None:
    file = tmp_path / "politique.yaml"
    file.write_text("version: essai\nservices: {deepl: bloquer}\n", encoding="utf-8")
    found = rows(simulate(log, "--policy", file))
    assert found["DeepL"] == [0, 0, 0, 1]
    assert found["ChatGPT"] == [0, 2, 0, 0]


def test_nothing_of_a_log_is_kept(log: Path, data: Path, tmp_path: Path) -> None:
    """Would catch: who went where, on the disk or on the screen, after a mere trial."""
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    shown = simulate(log)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert USER not in shown.output
    assert ADDRESS not in shown.output
    assert sorted(path.name for path in (data / "outbound").iterdir()) == ["snapshot.bin"]


def test_lines_that_cannot_be_read_are_numbers_only(tmp_path: Path) -> None:
    """Would catch: a line of log quoted in a message."""
    file = tmp_path / "access.log"
    file.write_text(f"{LOG}nonsense of {USER}\n{'x' * 1_100_000}\n", encoding="utf-8")
    shown = simulate(file)
    assert shown.exit_code == 0
    assert "7 ligne(s) lue(s), 4 tentative(s)" in shown.stdout
    assert shown.stdout.splitlines()[-1].endswith("2 ligne(s) illisible(s).")
    assert USER not in shown.output


def test_times_of_a_place_want_the_place(tmp_path: Path) -> None:
    file = tmp_path / "stormshield.log"
    file.write_text(STORMSHIELD, encoding="utf-8")
    shown = simulate(file, "--engine", "stormshield")
    assert (shown.exit_code, "ajoutez par exemple `--zone Europe/Paris`" in shown.stderr) == (2, True)
    shown = simulate(file, "--engine", "stormshield", "--zone", "Europe/Pari")
    assert (shown.exit_code, "« Europe/Pari » n’est pas un fuseau horaire" in shown.stderr) == (2, True)
    assert rows(simulate(file, "--engine", "stormshield", "--zone", "Europe/Paris"))["Chatgpt"] == [0, 0, 0, 1]


def test_a_log_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    for place in (tmp_path / "absent.log", tmp_path):
        shown = simulate(place)
        assert shown.exit_code == 2
        assert f"« {place} » ne peut pas être lu : vérifiez son chemin et ses droits." in shown.stderr


def test_a_damaged_log_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "access.log.gz"
    file.write_bytes(gzip.compress(LOG.encode() * 50)[:80])
    shown = simulate(file)
    assert shown.exit_code == 2
    assert "Un journal compressé est abîmé" in shown.stderr


def test_without_any_policy_one_has_to_be_given(log: Path, data: Path) -> None:
    (data / "outbound" / "snapshot.bin").unlink()
    shown = simulate(log)
    assert (shown.exit_code, "Aucune politique n’est en vigueur : donnez-en une" in shown.stderr) == (2, True)


def test_a_faulty_policy_is_told_with_its_place(log: Path, tmp_path: Path) -> None:
    file = tmp_path / "politique.yaml"
    file.write_text("version: essai\nservices: {deepll: bloquer}\n", encoding="utf-8")
    shown = simulate(log, "--policy", file)
    assert (shown.exit_code, f"{file}:2:12: " in shown.stderr) == (1, True)


def test_many_services_end_in_one_line(tmp_path: Path) -> None:
    hosts = [f"s{number}.example" for number in range(30)]
    own = "".join(
        f"  - {{id: s{number}, name: 'S{number} [bold]', vendor: É, country: FR, category: chat, "
        f"domains: [{host}], reviewed: 2026-11-01}}\n"
        for number, host in enumerate(hosts)
    )
    policy, log = tmp_path / "politique.yaml", tmp_path / "access.log"
    policy.write_text(f"version: essai\nown_services:\n{own}", encoding="utf-8")
    lines = (f"1795000000.1 9 10.0.0.1 TCP_TUNNEL/200 1 CONNECT {host}:443 - HIER_DIRECT/192.0.2.7 -" for host in hosts)
    log.write_text("\n".join(lines), encoding="utf-8")
    shown = simulate(log, "-p", policy)
    assert "10 autres services sont dans « ensemble »." in shown.stdout
    assert rows(shown)["ensemble"] == [0, 30, 0, 0]
    # What stands in brackets is a name's, and no markup of the terminal.
    assert "S0 [bold]" in shown.stdout
