"""The printed charter holds all that is signed, in each of its forms."""

import datetime as dt
import io
import re
from html.parser import HTMLParser

from pypdf import PdfReader
from typing_extensions import override

from config.charter import SHIPPED
from gateway.document.content import document
from gateway.document.html import as_html
from gateway.document.pdf import as_pdf
from gateway.document.text import as_text
from policies.loader import read_charter

TODAY = dt.date(2026, 11, 26)
TEXT = read_charter(SHIPPED, ["demo"]).result()
DOCUMENT = document(TEXT, TODAY)
HTML = as_html(DOCUMENT)
PDF = PdfReader(io.BytesIO(as_pdf(DOCUMENT, TODAY)))


def squeezed(text: str) -> str:
    """Return text without any white space, which each form lays out in its own way."""
    return re.sub(r"\s+", "", text)


class Said(HTMLParser):
    """Keeps the words and the tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.open, self.tags = "", list[str](), list[tuple[str, dict[str, str | None]]]()
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @override
    def handle_data(self, data: str) -> None:
        self.words += data


def test_every_form_holds_everything_that_is_signed() -> None:
    """Would catch: a use or a prohibition that was voted and is missing from the signed paper."""
    pdf = "".join(page.extract_text() for page in PDF.pages)
    # A foot may stand between two lines of a sentence, so that sentences are sought in pieces.
    for form in (as_text(DOCUMENT), Said(HTML).words, pdf):
        said = squeezed(re.sub(r"Charte d’usage.* Page \d+ / \d+", "", form))
        for use in TEXT.uses:
            assert squeezed(f"{use.title}") in said
            assert squeezed(use.article) in said
        for practice in TEXT.practices:
            assert squeezed(practice.title) in said
            assert squeezed(practice.basis) in said
            assert squeezed(practice.instead) in said
        for part in (TEXT.version, TEXT.referential, *TEXT.preamble, *DOCUMENT.signatories, DOCUMENT.engagement):
            assert squeezed(part) in said


def test_sheets_are_numbered_and_name_the_version() -> None:
    for number, page in enumerate(PDF.pages, start=1):
        assert squeezed(f"version {TEXT.version} Page {number} / {len(PDF.pages)}") in squeezed(page.extract_text())


def test_the_file_has_a_title_an_outline_and_its_own_fonts() -> None:
    """Would catch: a document that another machine shows with other letters."""
    assert PDF.metadata is not None
    assert PDF.metadata.title == DOCUMENT.foot
    assert len(PDF.outline) > len(DOCUMENT.chapters)
    fonts = [font.get_object() for font in PDF.pages[0]["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all("/FontFile2" in descriptor for descriptor in descriptors)


def test_the_same_charter_makes_the_same_file() -> None:
    assert as_pdf(DOCUMENT, TODAY) == as_pdf(DOCUMENT, TODAY)


def test_the_page_is_well_formed_loads_nothing_and_can_be_read_aloud() -> None:
    """Would catch: a charter that calls another server when it is opened, or that a screen reader cannot follow."""
    page = Said(HTML)
    assert page.open == []
    assert not re.search(r"https?://|<script|<link|<img", HTML)
    assert ("html", {"lang": "fr"}) in page.tags
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {str(a["aria-labelledby"]) for _, a in page.tags if "aria-labelledby" in a} <= ids
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")


def test_what_an_author_writes_is_no_markup() -> None:
    written = TEXT.model_copy(update={"title": "<b>Charte</b> & cie"})
    assert "<b>" not in as_html(document(written, TODAY))


def test_a_restriction_to_services_is_printed() -> None:
    use = TEXT.uses[0].model_copy(update={"services": frozenset({"urgences", "cardiologie"})})
    printed = document(TEXT.model_copy(update={"uses": (use,)}), TODAY)
    assert ("Services", "cardiologie, urgences") in printed.chapters[1].entries[0].facts
