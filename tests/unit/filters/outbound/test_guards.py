"""What no entry may cut."""

from pathlib import Path

import pytest

from config.errors import FaultsError
from filters.outbound.guards import NEVER_BLOCK, SHARED_HOSTS, Guards, guarded, load_guards, objection
from filters.outbound.names import canonical

SMALL = Guards({"sso.chu.example": "connexion", "ameli.fr": "Assurance maladie"}, {"cdn.example": "c’est un réseau"})


@pytest.mark.parametrize(
    "name", ["com", "fr", "gouv.fr", "co.uk", "asso.fr", "localhost", "quelquechose.ck", "kobe.jp"]
)
def test_whole_extensions(name: str) -> None:
    """One line of a list would take away every site of a country."""
    assert "extension" in objection(name)


@pytest.mark.parametrize(
    "name",
    ["hf.space", "oaiusercontent.com", "claudeusercontent.com", "ai.studio", "chatgpt.site", "www.ck", "openai.com"],
)
def test_suffixes_of_firms_are_names_like_others(name: str) -> None:
    assert objection(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "googleapis.com",
        "azureedge.net",
        "cloudfront.net",
        "vercel.app",
        "amazonaws.com",
        "windows.net",
        "GitHub.com.",
        "microsoft.com",
    ],
)
def test_shared_hosts(name: str) -> None:
    assert "est partagé" in objection(name)


@pytest.mark.parametrize("name", ["generativelanguage.googleapis.com", "gemini.google.com", "copilot.microsoft.com"])
def test_below_a_shared_host(name: str) -> None:
    assert objection(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        "login.microsoftonline.com",
        "login.microsoft.com",
        "m365.cloud.microsoft",
        "accounts.google.com",
        "espacepro.ameli.fr",
        "auth.esw.esante.gouv.fr",
        "wallet.esw.esante.gouv.fr",
        "annuaire.sante.fr",
        "mailiz.mssante.fr",
        "app.franceconnect.gouv.fr",
        "ctldl.windowsupdate.com",
        "ocsp.digicert.com",
        "r10.c.lencr.org",
        "2.fr.pool.ntp.org",
    ],
)
def test_what_a_hospital_cannot_miss(name: str) -> None:
    """A list taken in without reading would shut professionals out of their sign-in."""
    assert "ne doit jamais être bloqué" in objection(name)
    assert load_guards().protector(name)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sso.chu.example", ("« sso.chu.example » ne doit jamais être bloqué : connexion.",)),
        ("chu.example", ("couperait « sso.chu.example »", "connexion")),
        ("a.b.ameli.fr", ("est sous « ameli.fr »", "Assurance maladie", "sans effet")),
        ("cdn.example", ("est partagé", "nom exact")),
        ("x.cdn.example", ()),
        ("1.2.3.4", ("une adresse",)),
        ("[::1]", ("une adresse",)),
        ("pas un nom", ("« pas un nom » n’est pas un nom de domaine.",)),
        ("notameli.fr", ()),
        ("ameli.fr.evil.example", ()),
    ],
)
def test_each_relation_is_named(name: str, words: tuple[str, ...]) -> None:
    said = SMALL.objection(name)
    assert all(word in said for word in words)
    assert bool(said) == bool(words)


def test_a_parent_of_a_shared_host() -> None:
    assert "couperait « blob.core.windows.net »" in objection("core.windows.net")


def test_an_objection_is_one_short_printable_line() -> None:
    said = objection("nom\n\x1b[31m" + "x" * 5000)
    assert said.isprintable()
    assert len(said) < 200


def test_a_hospital_protects_its_own_names() -> None:
    """Its own sanctioned model would be cut by a list that names it."""
    guards = load_guards().protecting(["API.Mistral.ai."], "route approuvée")
    assert "route approuvée" in guards.objection("api.mistral.ai")
    assert "couperait" in guards.objection("mistral.ai")
    assert guards.objection("ameli.fr")
    assert objection("mistral.ai") == ""
    assert objection("mistral.ai", guards=guards)


@pytest.mark.parametrize("path", [NEVER_BLOCK, SHARED_HOSTS])
def test_the_files_hold_canonical_names(path: Path) -> None:
    groups = guarded(path).result().groups
    domains = [domain for group in groups for domain in group.domains]
    assert domains == [canonical(domain) for domain in domains]
    assert len({group.id for group in groups}) == len(groups)


def test_nothing_is_both_shared_and_never_cut() -> None:
    guards = load_guards()
    assert not guards.never.keys() & guards.shared.keys()
    assert not [name for name in guards.shared if guards.protector(name)]


def test_faults_of_a_file_are_told_together(tmp_path: Path) -> None:
    file = tmp_path / "never.yaml"
    file.write_text(
        "groups:\n  - id: a\n    why: essai\n    domains: [ameli.fr, pas un nom, AMELI.fr]\n"
        "  - id: B\n    why: essai\n    domains: [x.fr]\n",
        encoding="utf-8",
    )
    with pytest.raises(FaultsError) as raised:
        guarded(file).result()
    assert [(fault.line, fault.column) for fault in raised.value.faults] == [(4, 25), (4, 37), (5, 9)]
