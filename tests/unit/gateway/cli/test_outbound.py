"""`ecluse outbound`: every sub-command speaks French, runs, and does what its options say."""

import datetime as dt
import json
import re
import shutil
from pathlib import Path

import pytest
from cryptography import x509
from typer.testing import CliRunner, Result

from filters.outbound.decision import Mode
from gateway.cli.main import app
from gateway.outbound import authority
from tests.fakes.policies_in_force import put, snapshot

WORDS = ("check", "diff", "simulate", "apply", "report", "count", "demo", "squid", "ca", "export", "intake", "identify")
DOCS = Path(__file__).parents[4] / "docs"
STEPS = ("request", "approve", "check")
ENGLISH = ("Usage:", "Commands", "Show this message", "required", "default:", "env var", "'", "Error")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the house a folder of its own, with a policy in force."""
    monkeypatch.setenv("ECLUSE_DATA_DIR", str(tmp_path / "data"))
    put(tmp_path / "data" / "outbound", snapshot(Mode.OBSERVE, gateway=("10.1.1.1",)))
    return tmp_path / "data"


def ecluse(*words: str | Path) -> Result:
    shown = CliRunner(env={"COLUMNS": "140", "TERMINAL_WIDTH": "140"}).invoke(app, ["outbound", *map(str, words)])
    assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.exception
    return shown


@pytest.mark.parametrize("line", ["", *WORDS, *(f"identify {step}" for step in STEPS)])
def test_the_help_is_french_throughout(line: str) -> None:
    """Catches a word of Typer's own, or a straight apostrophe among typographic ones."""
    shown = ecluse(*line.split(), "--help")
    assert shown.exit_code == 0
    assert "Montre cette aide, puis s’arrête." in shown.output
    assert [word for word in ENGLISH if word in shown.output] == []


def test_every_word_is_in_the_help() -> None:
    shown = ecluse("--help").output
    assert [word for word in WORDS if f"│ {word} " not in shown] == []


def test_the_documents_name_words_and_options_that_exist() -> None:
    """Catches a command that was renamed, and that a DSI types from the page."""
    for file in ("dsi/outbound.md", "dpo/outbound.md"):
        text = (DOCS / file).read_text(encoding="utf-8")
        for word, rest in re.findall(r"ecluse outbound (\w+)([^`\n#]*)", text):
            assert word in WORDS, word
            known = ecluse(word, "--help").output
            assert [option for option in re.findall(r"--[a-z-]+", rest) if option not in known] == []


def test_the_first_step_of_the_document_works_as_it_is_written(tmp_path: Path) -> None:
    policy = tmp_path / "politique.yaml"
    text = (DOCS / "dsi" / "outbound.md").read_text(encoding="utf-8")
    policy.write_text(text.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    checked = ecluse("check", policy)
    assert (checked.exit_code, "attention" in checked.stdout) == (0, False)
    assert ecluse("apply", policy, "--yes").exit_code == 0
    shown = ecluse("squid", tmp_path / "squid", "--localnet", "10.0.0.0/8")
    assert (shown.exit_code, shown.stderr) == (0, "")


@pytest.mark.parametrize("word", [("check",), ("diff",), ("apply", "--yes"), ("report",), ("count",)])
def test_a_word_runs_without_an_argument(word: tuple[str, ...]) -> None:
    shown = ecluse(*word)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout


def test_every_choice_for_squid_is_in_its_configuration(tmp_path: Path, data: Path) -> None:
    folder, ca = tmp_path / "squid", tmp_path / "ca.pem"
    assert ecluse("ca", ca).exit_code == 0
    shown = ecluse(
        "squid", folder, "--ca", ca, "--localnet", "10.2.0.0/16", "--localnet", "10.3.0.0/16", "--port", "8080",
        "--page", "https://autre.hopital.example/page", "--hostname", "filtre.hopital.example", "--user", "ecluse",
        "--workers", "2", "--keytab", "/etc/squid/http.keytab", "--principal", "HTTP/filtre@HOPITAL.EXAMPLE",
        "--closed",
    )  # fmt: skip
    assert shown.exit_code == 0
    text = (folder / "squid.conf").read_text(encoding="utf-8")
    for line in (
        f"http_port 8080 cert={ca} ssl-bump",
        "acl localnet src 10.2.0.0/16 10.3.0.0/16\n",
        "acl gateway src 10.1.1.1",
        "deny_info 303:https://autre.hopital.example/page?service=%o shown",
        "visible_hostname filtre.hopital.example\n",
        "cache_effective_user ecluse\n",
        "workers 2\n",
        "/etc/squid/http.keytab",
        "HTTP/filtre@HOPITAL.EXAMPLE",
    ):
        assert line in text, line
    assert f"{data / 'outbound'} --closed" in (folder / "external_acl").read_text(encoding="utf-8")
    assert "--raw-days 30" in (folder / "log_daemon").read_text(encoding="utf-8")


@pytest.mark.parametrize(("mode", "line"), [("transparent", "https_port 3130 intercept"), ("icap", "icap_enable on")])
def test_the_other_modes_of_squid(tmp_path: Path, mode: str, line: str) -> None:
    assert ecluse("squid", tmp_path / "squid", "--mode", mode).exit_code == 0
    assert line in (tmp_path / "squid" / "squid.conf").read_text(encoding="utf-8")


def test_a_directory_asks_for_passwords(tmp_path: Path) -> None:
    shown = ecluse(
        "squid", tmp_path / "squid", "--ldap", "ldaps://annuaire.hopital.example", "--ldap-base", "dc=hopital",
        "--ldap-filter", "sAMAccountName=%s", "--ldap-bind", "cn=lecture", "--ldap-secret", "/etc/squid/secret",
    )  # fmt: skip
    assert shown.exit_code == 0
    text = (tmp_path / "squid" / "squid.conf").read_text(encoding="utf-8")
    for word in (
        "ldaps://annuaire.hopital.example",
        "dc=hopital",
        "sAMAccountName=%s",
        "cn=lecture",
        "/etc/squid/secret",
    ):
        assert word in text, word


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--keytab /k", "Kerberos demande `--keytab` et `--principal`"),
        ("--principal HTTP/x", "Kerberos demande `--keytab` et `--principal`"),
        ("--ldap ldaps://x", "LDAP demande `--ldap` et `--ldap-secret`"),
        ("--keytab /k --principal HTTP/x --ldap ldaps://x --ldap-secret /s", "Choisissez Kerberos ou LDAP."),
        ("--mode transparent --keytab /k --principal HTTP/x", "retirez l’authentification"),
        ("--mode nope", "La valeur de l’option `--mode` ne convient pas"),
        ("--workers 0", "La valeur de l’option `--workers` ne convient pas"),
        ("--localnet partout", "n’est ni une adresse ni un réseau"),
        ("--page nulle-part", "doit être l’adresse complète d’une page"),
    ],
)
def test_choices_that_do_not_go_together_write_nothing(tmp_path: Path, options: str, told: str) -> None:
    shown = ecluse("squid", tmp_path / "squid", *options.split())
    assert shown.exit_code == 2
    assert told in shown.stderr
    assert not (tmp_path / "squid").exists()


def test_a_policy_without_a_page_says_where_to_give_one(tmp_path: Path) -> None:
    assert ecluse("apply", "--yes").exit_code == 0
    shown = ecluse("squid", tmp_path / "squid")
    assert (shown.exit_code, "`page` dans la politique, ou l’option `--page`" in shown.stderr) == (2, True)
    assert ecluse("squid", tmp_path / "squid", "--page", "https://ia.hopital.example/bloque").exit_code == 0


def test_an_authority_of_the_hospitals_own_root(tmp_path: Path) -> None:
    root, certificate, key = authority.made_root("Racine"), tmp_path / "racine.pem", tmp_path / "racine.key.pem"
    certificate.write_bytes(authority.pem(root.certificate))
    authority.write(root, key)
    shown = ecluse("ca", tmp_path / "ca.pem", "--root-certificate", certificate, "--root-key", key)
    assert shown.exit_code == 0
    assert "4 noms refusés, et rien d’autre" in shown.stdout
    made = authority.read_certificate(tmp_path / "ca.pem")
    made.verify_directly_issued_by(root.certificate)
    assert made.extensions.get_extension_for_class(x509.NameConstraints).critical
    assert not (tmp_path / "root.key.pem").exists()
    shown = ecluse("ca", tmp_path / "ca.pem", "--root-certificate", certificate)
    assert (shown.exit_code, "le certificat et la clé" in shown.stderr) == (2, True)


@pytest.mark.parametrize(
    "target", ["fortigate", "paloalto", "squid", "rpz", "pac", "chrome", "edge", "firefox", "hosts"]
)
def test_every_target_is_written(tmp_path: Path, target: str) -> None:
    assert ecluse("export", target, "--out", tmp_path / "out").exit_code == 0
    text = (tmp_path / "out").read_text(encoding="utf-8")
    assert "chatgpt.com" in text
    assert "claude.ai" not in text
    again = ecluse("export", target).stdout
    # A zone's number is the second in which it is written.
    assert re.sub(r"\b\d{10}\b", "", again) == re.sub(r"\b\d{10}\b", "", text)


def test_the_options_of_an_export(tmp_path: Path) -> None:
    assert "ia.hopital.example" in ecluse("export", "rpz", "--redirect", "ia.hopital.example").stdout
    shown = ecluse(
        "export", "pac", "--refused", "PROXY refus.example:1", "--others", "PROXY sortie.example:3128"
    ).stdout
    assert "PROXY refus.example:1" in shown
    assert "PROXY sortie.example:3128" in shown
    warned = ecluse("export", "fortigate", "--warned", "-o", tmp_path / "out")
    assert warned.exit_code == 0
    assert "claude.ai" in (tmp_path / "out").read_text(encoding="utf-8")


def test_no_list_cuts_a_route_of_the_gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list has no exempt machine: the gateway would lose its own model."""
    system = '{name: Essai, version: "1", supplier: Éditeur}'
    config = tmp_path / "ecluse.yaml"
    route = f"id: m, model: openai/m, base_url: 'https://mistral.ai/v1', tier: D0, country: FR, system: {system}"
    config.write_text(f"routes: [{{{route}}}]", encoding="utf-8")
    monkeypatch.setenv("ECLUSE_CONFIG", str(config))
    shown = ecluse("export", "fortigate")
    assert shown.exit_code == 0
    assert "chatgpt.com" in shown.stdout
    assert "mistral.ai" not in [line.strip("*.") for line in shown.stdout.splitlines()]


def test_logs_are_counted_once_and_name_nobody(tmp_path: Path, data: Path) -> None:
    """Would catch: a user or an address in the spool, or in what the command says."""
    now = dt.datetime.now(dt.UTC).timestamp()
    logs = [tmp_path / "access.log", tmp_path / "access.log.1"]
    for number, log in enumerate(logs):
        line = (
            f"{now - 600 + number:.3f} 9 10.0.0.7 TCP_DENIED/403 39 CONNECT chatgpt.com:443 lebihan{number} NONE/- -\n"
        )
        log.write_text(line, encoding="utf-8")
    shown = ecluse("intake", "squid", *logs)
    assert shown.exit_code == 0
    assert shown.stdout.count("1 ligne(s) lue(s), 1 tentative(s)") == 2
    events = [
        json.loads(line)
        for file in (data / "outbound" / "spool").glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert [event[3] for event in events] == ["chatgpt", "chatgpt"]
    assert ecluse("intake", "squid", *logs).stdout.count("déjà pris en compte") == 2
    kept = b"".join(file.read_bytes() for file in data.rglob("*") if file.is_file())
    assert b"lebihan" not in kept + shown.output.encode()
    assert b"10.0.0.7" not in kept + shown.output.encode()
    assert ecluse("count").stdout.startswith("2 tentative(s) comptée(s).")


def test_a_log_that_is_missing_is_said_before_any_is_counted(tmp_path: Path, data: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text("", encoding="utf-8")
    shown = ecluse("intake", "squid", log, tmp_path / "absent.log")
    assert shown.exit_code == 2
    assert "absent.log" in shown.stderr
    assert shown.stdout == ""
    assert not (data / "outbound" / "spool").exists()


def test_the_zone_of_a_log_reaches_its_reader(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    now = dt.datetime.now(dt.UTC)
    log.write_text(
        f'id=firewall time="{now:%Y-%m-%d %H:%M:%S}" fw="SN910" pri=5 src=10.1.2.3 dstname="chatgpt.com" action=pass '
        'op=GET result=200 arg="/" logtype="web"\n',
        encoding="utf-8",
    )
    assert "--zone Europe/Paris" in ecluse("intake", "stormshield", log).stderr
    assert "1 tentative(s)" in ecluse("intake", "stormshield", log, "--zone", "UTC").stdout


def test_without_squid_the_demonstration_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    shown = ecluse("demo")
    assert (shown.exit_code, "`apt install squid-openssl`" in shown.stderr) == (2, True)
