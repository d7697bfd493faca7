"""The document as a PDF with outline, embedded fonts and numbered pages; made here, without any system service."""

import datetime as dt
from pathlib import Path
from typing import Final

import matplotlib as mpl
from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace
from typing_extensions import override

from gateway.document.content import Document, Entry
from policies.terms import typed

FONT: Final = "DejaVu"
_FONTS: Final = Path(mpl.get_data_path()) / "fonts" / "ttf"
"""A free font that has every letter of French and comes with a library that is here anyway."""

NAMES_WIDTH: Final = 42.0
"""Millimetres left for the name of a fact."""


class _Sheets(FPDF):
    """Pages with a foot that names the document."""

    def __init__(self, document: Document, printed: dt.date) -> None:
        super().__init__(format="A4")
        self._foot = document.foot
        self.set_margins(18, 18, 18)
        self.set_auto_page_break(auto=True, margin=22)
        self.add_font(FONT, "", _FONTS / "DejaVuSans.ttf")
        self.add_font(FONT, "B", _FONTS / "DejaVuSans-Bold.ttf")
        self.set_title(document.foot)
        self.set_lang("fr-FR")
        self.set_creator("Écluse")
        # The same charter printed on the same day is the same file, so that two copies can be compared.
        self.set_creation_date(dt.datetime.combine(printed, dt.time(), dt.UTC))

    @override
    def footer(self) -> None:
        """Write the version and the page at the foot."""
        self.set_y(-15)
        self.set_font(FONT, "", 7.5)
        self.cell(self.epw - 25, 5, self._foot[:110])
        self.cell(25, 5, f"Page {self.page_no()} / {{nb}}", align="R")

    def say(self, text: str, size: float = 9, style: str = "", after: float = 1) -> None:
        """Write a paragraph over the whole width."""
        self.set_font(FONT, style, size)
        self.multi_cell(self.epw, size * 0.5, typed(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(after)

    def head(self, text: str, level: int) -> None:
        """Write a title, and put it into the outline."""
        size, room = ((13, 35), (10, 25))[level]
        if self.will_page_break(room):
            self.add_page()
        self.ln(6 if level == 0 else 2)
        self.start_section(text, level)
        self.say(text, size, "B")

    def facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Write names and values in two columns; a pair does not part from its name."""
        for name, value in facts:
            self.set_font(FONT, "", 9)
            lines = self.get_string_width(value) // (self.epw - NAMES_WIDTH) + 1
            if self.will_page_break(4.5 * min(lines, 20)):
                self.add_page()
            top = self.y
            self.set_font(FONT, "B", 9)
            self.multi_cell(NAMES_WIDTH, 4.5, name, align="L", new_x=XPos.RIGHT, new_y=YPos.TOP)
            left_bottom = top + 4.5
            self.set_font(FONT, "", 9)
            self.multi_cell(self.epw - NAMES_WIDTH, 4.5, typed(value), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.set_y(max(self.y, left_bottom))
        self.ln(1.5)


def as_pdf(document: Document, printed: dt.date) -> bytes:
    """Return the file."""
    sheets = _Sheets(document, printed)
    sheets.add_page()
    sheets.say(document.title, 18, "B", 4)
    sheets.facts(document.facts)
    if document.preamble:
        sheets.head("Préambule", 0)
        for sentence in document.preamble:
            sheets.say(sentence)
    for number, chapter in enumerate(document.chapters, start=1):
        sheets.head(f"{number}. {chapter.title}", 0)
        sheets.say(chapter.lead)
        for rank, entry in enumerate(chapter.entries, start=1):
            _entry(sheets, f"{number}.{rank}", entry)
    _signatures(sheets, document)
    return bytes(sheets.output())


def _entry(sheets: _Sheets, number: str, entry: Entry) -> None:
    sheets.head(f"{number} {entry.title}", 1)
    for sentence in entry.sentences:
        sheets.say(sentence)
    sheets.facts(entry.facts)


def _signatures(sheets: _Sheets, document: Document) -> None:
    sheets.add_page()
    sheets.head("Signatures", 0)
    _table(sheets, ("Pour l’établissement", "Nom et date", "Signature"), document.signatories)
    sheets.ln(8)
    sheets.say(document.engagement)
    _table(sheets, ("Nom, prénom, fonction", "Date", "Signature"), ("",))


def _table(sheets: _Sheets, heads: tuple[str, ...], names: tuple[str, ...]) -> None:
    sheets.set_font(FONT, "", 9)
    with sheets.table(
        col_widths=(3, 2, 3),
        line_height=6,
        padding=2,
        align="L",
        text_align="L",
        headings_style=FontFace(emphasis="BOLD"),
    ) as table:
        table.row(heads)
        for name in names:
            table.row((name, "", "\n\n"))
