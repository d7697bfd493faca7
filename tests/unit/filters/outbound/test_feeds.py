"""Lists that others keep, as they come."""

import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.outbound.catalogue import load_catalogue
from filters.outbound.errors import FeedUnreadableError
from filters.outbound.feeds import TOLD, Feed, Form, Skipped, read_feed
from filters.outbound.guards import Guards
from filters.outbound.names import canonical

GUARDS = Guards({"ameli.fr": "Assurance maladie"}, {"google.com": "c’est un portail"})


def read(folder: Path, text: str, form: Form | None = None) -> Feed:
    file = folder / "liste.txt"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    return read_feed(file, form=form, guards=GUARDS)


@pytest.fixture
def toulouse(tmp_path: Path) -> Path:
    folder = tmp_path / "blacklists" / "ai"
    folder.mkdir(parents=True)
    (folder / "domains").write_text("chatgpt.com\nclaude.ai\n203.0.113.9\nameli.fr\nClaude.ai\n", encoding="utf-8")
    (folder / "urls").write_text("example.com/ia\nexample.org/chat\n", encoding="utf-8")
    (folder / "usage").write_text("# NAME: ai\n# LICENSE: CC BY-SA 4.0\nblack\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", [Form.UT1, None])
def test_toulouse(toulouse: Path, form: Form | None) -> None:
    feed = read_feed(toulouse, form=form, guards=GUARDS)
    assert feed.name == "ai"
    assert feed.domains == ("chatgpt.com", "claude.ai")
    assert feed.licence == "CC BY-SA 4.0"
    assert feed.skipped == {Skipped.URL: 2, Skipped.ADDRESS: 1, Skipped.OBJECTION: 1, Skipped.TWICE: 1}
    assert [(one.line, one.domain) for one in feed.refused] == [(4, "ameli.fr")]


def test_toulouse_by_its_file(toulouse: Path) -> None:
    by_file = read_feed(toulouse / "domains", form=Form.UT1, name="ai", guards=GUARDS)
    assert by_file.skipped[Skipped.URL] == 2
    assert by_file.licence == "CC BY-SA 4.0"


def test_the_licence_stays_with_the_list(toulouse: Path) -> None:
    """A list that is handed on without its licence is no longer lawful to use."""
    (toulouse.parent / "LICENSE").write_text("d’un autre dossier", encoding="utf-8")
    assert read_feed(toulouse, guards=GUARDS).licence == "CC BY-SA 4.0"
    (toulouse.parent / "global_usage").touch()
    assert read_feed(toulouse, guards=GUARDS).licence == "d’un autre dossier"
    (toulouse / "LICENSE").write_text("\n  CC BY-SA 4.0\nTexte entier.\n", encoding="utf-8")
    feed = read_feed(toulouse, guards=GUARDS)
    assert feed.licence.endswith("Texte entier.")
    assert "Licence : CC BY-SA 4.0." in next(feed.told())
    assert read_feed(toulouse, licence="accord du 3 mars", guards=GUARDS).licence == "accord du 3 mars"
    (toulouse / "LICENSE").unlink()
    (toulouse / "LICENSE.pdf").write_bytes(b"%PDF-1.4 \xff\x00")
    assert read_feed(toulouse, guards=GUARDS).licence == "LICENSE.pdf"


@pytest.mark.parametrize("form", [Form.HOSTS, None])
def test_hosts(tmp_path: Path, form: Form | None) -> None:
    feed = read(
        tmp_path,
        "# Title: essai\n# License: CC0-1.0\n127.0.0.1 localhost localhost.localdomain\n::1 ip6-localhost\n"
        "0.0.0.0 chatgpt.com www.chatgpt.com # deux noms\r\n\t0.0.0.0\tPoe.com\n0.0.0.0 google.com\n0.0.0.0 0.0.0.0\n",
        form,
    )
    assert feed.domains == ("chatgpt.com", "poe.com", "www.chatgpt.com")
    assert feed.licence == "CC0-1.0"
    assert feed.skipped == {Skipped.MACHINE: 3, Skipped.OBJECTION: 1, Skipped.ADDRESS: 1}


@pytest.mark.parametrize("form", [Form.DOMAINS, None])
def test_domains(tmp_path: Path, form: Form | None) -> None:
    feed = read(
        tmp_path,
        "\ufeffchatgpt.com\n.poe.com\n*.you.com\n\n! note\n; note\nhôpital.example\nhttps://x.example/\n||x.example^\n"
        "deux mots\nameli.fr # au milieu\n",
        form,
    )
    assert feed.domains == ("chatgpt.com", "poe.com", "xn--hpital-ixa.example", "you.com")
    assert feed.skipped == {Skipped.BAD: 3, Skipped.OBJECTION: 1}


def test_a_form_that_is_named_is_held_to(tmp_path: Path) -> None:
    assert read(tmp_path, "chatgpt.com\n", Form.HOSTS).skipped == {Skipped.BAD: 1}
    assert read(tmp_path, "0.0.0.0 chatgpt.com\n", Form.DOMAINS).skipped == {Skipped.BAD: 1}


def test_objections_are_counted_and_the_first_told(tmp_path: Path) -> None:
    """A list that would cut sign-in must not lose those lines in silence."""
    feed = read(tmp_path, "".join(f"n{number}.ameli.fr\n" for number in range(TOLD + 30)))
    assert feed.skipped == {Skipped.OBJECTION: TOLD + 30}
    assert len(feed.refused) == TOLD
    told = list(feed.told())
    assert f"Laissés de côté, {Skipped.OBJECTION} : {TOLD + 30}." in told
    assert told[-1].startswith(f"Ligne {TOLD} : « n{TOLD - 1}.ameli.fr » est sous « ameli.fr »")
    assert "inconnue" in told[0]


def test_what_the_catalogue_has_is_left_to_it(tmp_path: Path) -> None:
    feed = read(tmp_path, "api.openai.com\nchatgpt.com\nia.example\n").without(load_catalogue().service_of)
    assert feed.domains == ("ia.example",)
    assert feed.skipped == {Skipped.KNOWN: 2}


def test_the_shipped_guards_are_the_default(tmp_path: Path) -> None:
    file = tmp_path / "liste"
    file.write_text("googleapis.com\ncom\nlogin.microsoftonline.com\nia.example\n", encoding="utf-8")
    assert read_feed(file).domains == ("ia.example",)


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(FeedUnreadableError, match="n’est pas ici"):
        read_feed(tmp_path / "rien", guards=GUARDS)
    with pytest.raises(FeedUnreadableError, match="n’a pas de fichier `domains`"):
        read_feed(tmp_path, guards=GUARDS)


@given(st.binary(max_size=2000))
def test_no_file_is_a_fault(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / f"any{os.getpid()}"
    file.write_bytes(content)
    feed = read_feed(file, guards=GUARDS)
    assert [canonical(domain) for domain in feed.domains] == sorted(set(feed.domains))


def test_a_line_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    file = tmp_path / "liste"
    file.write_bytes(b"a" * 30_000_000 + b".example\nia.example\n")
    tracemalloc.start()
    try:
        feed = read_feed(file, guards=GUARDS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert feed.domains == ("ia.example",)
    assert feed.skipped == {Skipped.BAD: 1}
    assert peak < 5_000_000


def test_a_long_list_is_read_in_bounded_memory(tmp_path: Path) -> None:
    """150 bytes a name: a million must fit beside what else a small server does."""
    count = 50_000
    file = tmp_path / "liste"
    file.write_text("".join(f"www.site-{number}.example\n" for number in range(count)), encoding="utf-8")
    tracemalloc.start()
    try:
        feed = read_feed(file, guards=GUARDS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(feed.domains) == count
    assert peak < 150 * count + 8_000_000
