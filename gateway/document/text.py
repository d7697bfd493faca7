"""The document as plain text, for a terminal or a mail."""

import textwrap
from collections.abc import Iterator
from typing import Final

from gateway.document.content import Document, Entry

WIDTH: Final = 88


def as_text(document: Document) -> str:
    """Return the document, folded; it ends with a line break."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield from _folded(document.title.upper())
    yield ""
    for name, value in document.facts:
        yield from _folded(f"{name} : {value}")
    for sentence in document.preamble:
        yield ""
        yield from _folded(sentence)
    for number, chapter in enumerate(document.chapters, start=1):
        yield from ("", "", f"{number}. {chapter.title}".upper(), "=" * WIDTH, *_folded(chapter.lead))
        for rank, entry in enumerate(chapter.entries, start=1):
            yield from _entry(f"{number}.{rank}", entry)
    yield from ("", "", "SIGNATURES", "=" * WIDTH, *_folded(document.engagement))
    for signatory in (*document.signatories, "Nom, prénom, fonction"):
        yield from ("", signatory, "Date : ____________________   Signature : ______________________________")
    yield from ("", document.foot)


def _entry(number: str, entry: Entry) -> Iterator[str]:
    yield from ("", *_folded(f"{number} {entry.title}"))
    for sentence in entry.sentences:
        yield from _folded(sentence, "  ")
    for name, value in entry.facts:
        yield from _folded(f"{name} : {value}", "  - ", "    ")


def _folded(text: str, first: str = "", rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest, break_long_words=False
    )
