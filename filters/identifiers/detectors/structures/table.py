"""Tables and exports: the header of a column is the label word of its cells; without a header, its neighbours tell.

A column without a header is one of names, days or telephones where most of its cells are; then the others are too,
whatever they look like. A table of two columns may also stand on its side, with its headers in the first.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from typing_extensions import override

from filters.identifiers.detectors.structures.field_names import listed, named, plain_name
from filters.identifiers.detectors.structures.grid import Cell, Row, grids
from filters.identifiers.detectors.structures.structure import Field, Structure
from filters.identifiers.entity import Label
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.folding import fold

_PEOPLE = listed(
    "patient patients patiente identite medecin medecins praticien praticiens chirurgien anesthesiste interne internes "
    "externe referent referente operateur ide ides ibode iade as ash infirmier infirmiere aidesoignant kine "
    "responsable prescripteur demandeur auteur redacteur contact correspondant destinataire expediteur proche parent "
    "mere pere conjoint agent personnel salarie soignant professionnel payeur titulaire assure tuteur curateur "
    "representantlegal usager resident beneficiaire senior medref medecinref docteur dr accompagnant "
    "aidant enfant name personne signature validepar saisipar faitpar cadre secretaire appelant"
)
"""Headers of people in tables; as keys elsewhere they may hold a sentence."""
_HARMLESS = listed(
    "n no num uf um service sexe motif lit chambre ch age diagnostic specialite poids taille code libelle unite "
    "examen resultat valeur normes statut etat remarque remarques commentaire observation traitement heure duree "
    "fonction grade qualite lien type site pole secteur regime isolement imc ta fc temp spo2 acte ccam cim10"
)
_CODES = listed("uf um lit chambre ch poids taille unite dose duree imc ta fc temp spo2 acte ccam cim10 heure resultat")
"""Headers of figures and codes: short cells under them are no numbers of anybody."""
_CODE = re.compile(r"(?![^\d]{0,8}\d{7})(?!.*[^\W\d_]{3})[\w.,/%+ \-]{1,8}")
_NOTHING = listed("nc inconnu inconnue neant na aucun aucune idem oui non libre vide sans null nd nr dispo")
_WORDS = frozenset({Label.NOM, Label.PRENOM, Label.PERSONNE})
_PLACES = frozenset({Label.VILLE, Label.ADRESSE, Label.HOPITAL, Label.ORGANISATION})
_NAME = re.compile(r"[^\W\d_][^\d|;:@/]{0,60}")
_NUMBER = re.compile(r"(?=(?:[^\d\n]{0,12}\d){3})[\w.+()/ \-°]{3,40}")
_DAY = re.compile(r"(?=(?:\D{0,12}\d){1,14})[\w./\- :]{4,30}")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_OLD = re.compile(r"(9\d|1[0-3]\d)(?: ?(?:ans?|a))?", re.IGNORECASE)
_DATES = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{4}-\d\d-\d\d")
_PHONES = re.compile(r"(?:\+33 ?|0)[1-9](?:[ .\-]?\d\d){4}")
_LONGEST_HEADER = 40
_LONGEST_CELL = 120
_ROWS_THAT_TELL = 3
_MOST = 0.5
_LONGEST_NAME = 4
_AGES = frozenset({"age", "ages", "agepatient"})


class Table(Structure):
    """Finds the cells under a header that identifies, or in a column of names, days or telephones."""

    @override
    def fields(self, text: str) -> Iterator[Field]:
        """Yield the cells of every table, and its known headers as no identifiers."""
        for separator, rows in grids(text):
            labels = [_label(cell) for cell in rows[0]]
            if _stands_on_its_side(rows):
                yield from _sideways(rows)
            elif _is_header(rows[0], labels, separator):
                yield from (Field(cell.start, cell.end, None) for cell in rows[0] if _is_known(cell))
                yield from _under(rows, labels)
            elif len(rows) >= _ROWS_THAT_TELL:
                yield from _columns(rows)


def _label(cell: Cell) -> Label | None:
    name = plain_name(cell.text)
    label = named(cell.text)
    return Label.PERSONNE if label is None and name in _PEOPLE else label


def _is_known(cell: Cell) -> bool:
    return bool(cell.text) and (_label(cell) is not None or plain_name(cell.text) in _HARMLESS)


def _is_header(row: Row, labels: list[Label | None], separator: str) -> bool:
    """Whether a line names columns: one word that identifies; two where commas part it, as they part prose."""
    if any(len(cell.text) >= _LONGEST_HEADER for cell in row):
        return False
    return any(labels) and (separator != "," or sum(_is_known(cell) for cell in row) > 1)


def _stands_on_its_side(rows: list[Row]) -> bool:
    first = [row[0] for row in rows]
    return len(rows[0]) == 2 and all(_is_known(cell) for cell in first) and not _is_known(rows[0][1])  # noqa: PLR2004


def _sideways(rows: list[Row]) -> Iterator[Field]:
    for head, *cells in rows:
        yield Field(head.start, head.end, None)
        for cell in cells:
            yield from _cell(cell, _label(head))


def _under(rows: list[Row], labels: list[Label | None]) -> Iterator[Field]:
    heads = [plain_name(cell.text) for cell in rows[0]]
    for row in rows[1:]:
        for cell, label, head in zip_longest(row, labels, heads):
            if cell is None:
                continue
            old = _OLD.fullmatch(cell.text) if head in _AGES else None
            if head in _CODES and _CODE.fullmatch(cell.text):
                yield Field(cell.start, cell.end, None)
            elif old:
                yield Field(cell.start, cell.start + len(old[1]), Label.AGE_SUP_89)
            else:
                yield from _cell(cell, label)


def _columns(rows: list[Row]) -> Iterator[Field]:
    labels = [_told([cell.text for cell in column if cell]) for column in zip_longest(*rows)]
    for n, column in enumerate(zip_longest(*rows)):
        beside = Label.PRENOM in labels[max(0, n - 1) : n + 2]
        if labels[n] is None and beside and all(_can_be_surname(cell.text) for cell in column if cell and cell.text):
            labels[n] = Label.NOM
    for row in rows:
        for cell, label in zip(row, labels, strict=False):
            yield from _cell(cell, label)


def _told(cells: list[str]) -> Label | None:
    """Return what most cells of a column without a header are; None where they do not agree."""
    written = [cell for cell in cells if cell]
    if len(written) < _ROWS_THAT_TELL:
        return None
    for label, test in _TESTS:
        if sum(1 for cell in written if test(cell)) >= _MOST * len(written):
            return label
    return None


def _all_in(cell: str, names: frozenset[str]) -> bool:
    words = [fold(word) for word in re.split(r"[ \-]", cell) if word]
    return bool(words) and len(words) <= 3 and all(word in names for word in words)  # noqa: PLR2004


def _can_be_surname(cell: str) -> bool:
    """Whether a cell beside a first name may be the surname: a few words with a capital, none of them clinical."""
    words = cell.split()
    plain = not any(lists.is_clinical(fold(word)) or fold(word) in lists.words("acronyms") for word in words)
    return plain and len(words) <= _LONGEST_NAME and cell[0].isupper() and _NAME.fullmatch(cell) is not None


def _is_full_name(cell: str) -> bool:
    words = [fold(word) for word in re.split(r"[ \-]", cell) if word]
    given = [word in lists.words("given_names") for word in words]
    return 2 <= len(words) <= 5 and any(given) and _NAME.fullmatch(cell) is not None and cell[0].isupper()  # noqa: PLR2004


_TESTS = (
    (Label.DATE, lambda cell: _DATES.fullmatch(cell) is not None),
    (Label.TEL, lambda cell: _PHONES.fullmatch(cell) is not None),
    (Label.PRENOM, lambda cell: _all_in(cell, lists.words("given_names"))),
    (Label.PERSONNE, _is_full_name),
)


def _cell(cell: Cell, label: Label | None) -> Iterator[Field]:
    """Yield a cell as what its column holds, if it can be that."""
    if label is None or not cell.text or len(cell.text) > _LONGEST_CELL or plain_name(cell.text) in _NOTHING:
        return
    if label in _WORDS:
        fits = _NAME.fullmatch(cell.text) is not None and (label is not Label.PERSONNE or not cell.text.islower())
    elif label in _PLACES:
        fits = _LETTERS.search(cell.text) is not None
    elif label is Label.MAIL:
        fits = "@" in cell.text
    else:
        fits = (_DAY if label in {Label.DATE, Label.DATE_NAISSANCE} else _NUMBER).fullmatch(cell.text) is not None
    if fits:
        yield Field(cell.start, cell.end, label)
