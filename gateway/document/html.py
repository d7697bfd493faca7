"""The document as one accessible HTML page that loads nothing, and whose printed sheets are numbered."""

from html import escape
from typing import Final

from gateway.document.content import Chapter, Document, Entry
from policies.terms import typed

STYLE: Final = """
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff; max-width: 46rem;
  margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7em; line-height: 1.2; } h2 { font-size: 1.3em; border-bottom: 2px solid #111; margin-top: 2.2em; }
h3 { font-size: 1.05em; margin: 1.4em 0 .2em; } p { margin: .3em 0; }
dl { display: grid; grid-template-columns: 11rem 1fr; gap: .15em 1em; margin: .3em 0; }
dt { font-weight: bold; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; margin-top: 1em; } caption { text-align: left; padding: .5em 0; }
th, td { border: 1px solid #111; padding: .6em; text-align: left; vertical-align: top; } td { height: 3.2em; }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } }
@page { size: A4; margin: 20mm 18mm 22mm;
  @bottom-left { content: string(foot); font-size: 8pt; }
  @bottom-right { content: "Page " counter(page) " / " counter(pages); font-size: 8pt; } }
@media print { body { max-width: none; margin: 0; padding: 0; } h2, h3 { break-after: avoid; }
  section.entry, tr { break-inside: avoid; } #signatures { break-before: page; } nav { display: none; } }
footer { string-set: foot content(); margin-top: 2em; font-size: .8em; }
"""


def as_html(document: Document) -> str:
    """Return the page."""
    chapters = list(enumerate(document.chapters, start=1))
    contents = "".join(f'<li><a href="#p{number}">{_typed(chapter.title)}</a></li>' for number, chapter in chapters)
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_typed(document.foot)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{_typed(document.title)}</h1>{_facts(document.facts)}</header>\n"
        f'<nav aria-label="Sommaire"><h2>Sommaire</h2><ol>{contents}</ol></nav>\n<main>\n'
        f"{_preamble(document)}{''.join(_chapter(number, chapter) for number, chapter in chapters)}"
        f"{_signatures(document)}</main>\n<footer>{_typed(document.foot)}</footer>\n</body>\n</html>\n"
    )


def _typed(text: str) -> str:
    return escape(typed(text))


def _preamble(document: Document) -> str:
    if not document.preamble:
        return ""
    said = "".join(f"<p>{_typed(sentence)}</p>" for sentence in document.preamble)
    return f'<section aria-labelledby="preambule"><h2 id="preambule">Préambule</h2>{said}</section>\n'


def _chapter(number: int, chapter: Chapter) -> str:
    entries = "".join(_entry(f"{number}.{rank}", entry) for rank, entry in enumerate(chapter.entries, start=1))
    return (
        f'<section aria-labelledby="p{number}"><h2 id="p{number}">{number}. {_typed(chapter.title)}</h2>'
        f"<p>{_typed(chapter.lead)}</p>{entries}</section>\n"
    )


def _entry(number: str, entry: Entry) -> str:
    said = "".join(f"<p>{_typed(sentence)}</p>" for sentence in entry.sentences)
    return f'<section class="entry"><h3>{number} {_typed(entry.title)}</h3>{said}{_facts(entry.facts)}</section>\n'


def _facts(facts: tuple[tuple[str, str], ...]) -> str:
    rows = "".join(f"<dt>{_typed(name)}</dt><dd>{_typed(value)}</dd>" for name, value in facts)
    return f"<dl>{rows}</dl>" if rows else ""


def _signatures(document: Document) -> str:
    rows = "".join(f'<tr><th scope="row">{_typed(who)}</th><td></td><td></td></tr>' for who in document.signatories)
    return (
        '<section id="signatures" aria-labelledby="s"><h2 id="s">Signatures</h2>'
        "<table><caption>Pour l’établissement</caption>"
        '<thead><tr><th scope="col">Qualité</th><th scope="col">Nom et date</th><th scope="col">Signature</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
        f"<table><caption>{_typed(document.engagement)}</caption>"
        '<thead><tr><th scope="col">Nom, prénom, fonction</th><th scope="col">Date</th><th scope="col">Signature</th>'
        "</tr></thead><tbody><tr><td></td><td></td><td></td></tr></tbody></table></section>\n"
    )
