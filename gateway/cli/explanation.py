"""Why each piece of a text is masked: for those who judge masking, on their own machine."""

from collections.abc import Iterator

from rich.table import Table

from filters.identifiers.masker import Masked


def table(text: str, masked: Masked) -> Table:
    """Return a row for each span of the one text that was masked; it shows the text's own words."""
    shown = Table(title="Ce qui est masqué, et pourquoi", title_justify="left")
    for column in ("Début", "Fin", "Texte", "Étiquette", "Score", "Détecteur", "Indice"):
        shown.add_column(column, justify="right" if column in {"Début", "Fin", "Score"} else "left")
    for row in rows(text, masked):
        shown.add_row(*row)
    return shown


def rows(text: str, masked: Masked) -> Iterator[tuple[str, ...]]:
    """Yield start, end, words, label, score, detector and evidence; `propagation` means: found elsewhere."""
    for span in masked.spans[0]:
        words = " ".join(text[span.start : span.end].split())
        yield str(span.start), str(span.end), words, span.label.value, f"{span.score:.2f}", span.detector, span.evidence
