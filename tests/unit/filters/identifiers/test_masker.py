"""What leaves, what the model is told, and what is refused."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from filters.identifiers.entity import Label, Span
from filters.identifiers.errors import MaskingError, UnknownLabelError
from filters.identifiers.known.patient import KnownName, KnownPatient
from filters.identifiers.masker import Masked, Masker
from filters.identifiers.text import Text

EVERY = frozenset(Label)
MASKER = Masker(today=lambda: dt.date(2026, 11, 23))
KNOWN = {
    "Le Goff-Dupré": Label.NOM,
    "LE GOFF-DUPRE": Label.NOM,
    "Kerbrat": Label.NOM,
    "Ysé": Label.PRENOM,
    "04/07/1957": Label.DATE_NAISSANCE,
    "12/03/2024": Label.DATE,
    "19 mars 2024": Label.DATE,
    "12 mars 2024": Label.DATE,
    "CHU de Lanvallon": Label.HOPITAL,
}


def found(text: Text) -> list[Span]:
    """Find each known value wherever it stands."""
    pattern = "|".join(map(re.escape, KNOWN))
    return [Span(*match.span(), KNOWN[match[0]], 0.9) for match in re.finditer(pattern, text.value)]


def mask(*texts: str | Text, must_mask: frozenset[str] = EVERY) -> Masked:
    listed = [Text(text) if isinstance(text, str) else text for text in texts]
    return MASKER.mask(listed, [found(text) for text in listed], must_mask)


def test_one_numbering_through_all_texts() -> None:
    """Catches two patients of two messages who share a placeholder."""
    masked = mask("Ysé Le Goff-Dupré", "avis du Dr Kerbrat", "Mme LE GOFF-DUPRE va mieux ; Kerbrat")
    assert masked.texts == ("[PRENOM_1] [NOM_1]", "avis du Dr [NOM_2]", "Mme [NOM_1b] va mieux ; [NOM_2]")
    assert masked.counts == {"PRENOM": 1, "NOM": 2}
    assert [[span.start for span in spans] for spans in masked.spans] == [[0, 4], [11], [4, 29]]


def test_the_model_is_told_what_it_cannot_know() -> None:
    masked = mask("Née le 04/07/1957, vue le 12/03/2024 puis le 19 mars 2024, opérée le 12 mars 2024.")
    assert masked.texts == ("Née le [DATE_NAISSANCE_1], vue le [DATE_1] puis le [DATE_2], opérée le [DATE_1b].",)
    assert masked.system_line == (
        "Des identifiants ont été remplacés par des repères entre crochets, comme [DATE_NAISSANCE_1]. "
        "Recopier chaque repère exactement tel quel, crochets et numéro compris ; "
        "ne pas en inventer, en traduire, en deviner ni en modifier. "
        "[DATE_1b] et [DATE_1] sont deux écritures de la même valeur. "
        "Âges : [DATE_NAISSANCE_1] : 69 ans, 66 ans au [DATE_2]. "
        "Intervalles : [DATE_2] = [DATE_1] + 7 j."
    )


def test_nothing_masked_nothing_said() -> None:
    masked = mask("Score de Glasgow à 15.", "[NOM_1]")
    assert (masked.texts, masked.system_line, masked.counts) == (("Score de Glasgow à 15.", "[NOM_1]"), None, {})
    assert masked.spans == ((), ())


def test_only_what_the_charter_asks_for_is_masked() -> None:
    assert mask("Ysé au CHU de Lanvallon", must_mask=frozenset({"PRENOM"})).texts == ("[PRENOM_1] au CHU de Lanvallon",)
    assert mask("Ysé", must_mask=frozenset()).texts == ("Ysé",)


def test_bare_texts_get_bare_placeholders_that_touch_nothing() -> None:
    """Catches `NOM_1` followed by a digit of the name's own, which would read as another person."""
    masked = mask(
        Text("fiche_Kerbrat2_Ysé", bare=True), Text("Kerbrat2", bare=True), Text("xYséKerbraty", bare=True), "Kerbrat"
    )
    assert masked.texts == ("fiche_NOM_1_PRENOM_1", "NOM_1", "PRENOM_2", "[NOM_2]")
    restorer = masked.restorer()
    assert [restorer.restore(text, bare=True) for text in masked.texts[:3]] == [
        "fiche_Kerbrat2_Ysé",
        "Kerbrat2",
        "xYséKerbraty",
    ]


def test_what_is_masked_is_not_masked_again() -> None:
    """Catches a history that grows a new layer at each turn."""
    texts = [Text("Mme [NOM_1], 3 rue [VILLE_2]"), Text("fiche_NOM_1", bare=True)]
    over = [[Span(4, 11, Label.PERSONNE), Span(13, 28, Label.ADRESSE)], [Span(6, 11, Label.ID)]]
    masked = MASKER.mask(texts, over, EVERY)
    assert masked.texts == ("Mme [NOM_1], [ADRESSE_1] [VILLE_2]", "fiche_NOM_1")
    assert masked.restorer().restore(masked.texts[0]) == texts[0].value


def test_a_number_between_brackets_is_masked_all_the_same() -> None:
    """Catches a hospital number left in clear because it looks like a placeholder."""
    assert MASKER.mask([Text("[IPP 8102]")], [[Span(5, 9, Label.IPP)]], EVERY).texts == ("[IPP [IPP_1]]",)


def test_space_around_a_span_stays_outside() -> None:
    assert MASKER.mask([Text("Mme Kerbrat \n")], [[Span(3, 13, Label.NOM)]], EVERY).texts == ("Mme [NOM_1] \n",)


@pytest.mark.parametrize(
    "spans",
    [[[]], [[], [], []], [[Span(0, 9, Label.NOM)], []], [[Span(-1, 2, Label.NOM)], []], [[], [Span(1, 1, Label.NOM)]]],
)
def test_spans_that_do_not_fit_are_refused(spans: list[list[Span]]) -> None:
    """Catches a text sent with the spans of another."""
    with pytest.raises(MaskingError):
        MASKER.mask([Text("Kerbrat"), Text("Ysé")], spans, EVERY)


PATIENT = KnownPatient(names=(KnownName("Guilvinec", ("Ysé",)),), birth_date="1957-07-04")


def test_a_known_patient_is_masked_where_nothing_was_found() -> None:
    """The leak caught: a spelling that no detector knows, of somebody who was named to the gateway."""
    masked = MASKER.mask([Text("vu guilvinec, né 4.7.57"), Text("GUILVINEC Y")], [[], []], EVERY, PATIENT)
    assert masked.texts == ("vu [NOM_1], né [DATE_NAISSANCE_1]", "[NOM_1b] [PRENOM_1]")


def test_what_is_known_wins_over_what_was_found() -> None:
    """Catches a guess that cuts a certain name, and a full stop that becomes somebody."""
    text = Text("J.-Y. Guilvinec-Roux le 04/07/1957")
    over = [Span(0, 20, Label.PERSONNE, 0.9), Span(24, 34, Label.DATE, 0.95)]
    patient = replace(PATIENT, names=(KnownName("Guilvinec", ("Jean-Ysé",)),))
    masked = MASKER.mask([text], [over], EVERY, patient)
    assert masked.texts == ("[PRENOM_1] [NOM_1] le [DATE_NAISSANCE_1]",)


def test_a_known_name_inside_something_else_is_masked_with_it() -> None:
    """Catches a mail address in three pieces, of which one would be left by a charter that does not ask for names."""
    text = Text("guilvinec@courriel.example, Guilvinec")
    masked = MASKER.mask([text], [[Span(0, 26, Label.MAIL, 0.9)]], EVERY, PATIENT)
    assert masked.texts == ("[MAIL_1], [NOM_1]",)


def test_a_known_patient_is_masked_as_the_charter_asks() -> None:
    text = [Text("Ysé Guilvinec, 04/07/1957")]
    assert MASKER.mask(text, [[]], frozenset({"NOM"}), PATIENT).texts == ("Ysé [NOM_1], 04/07/1957",)
    assert MASKER.mask(text, [[]], frozenset(), PATIENT).texts == (text[0].value,)


def test_a_known_patient_in_a_bare_text() -> None:
    masked = MASKER.mask([Text("fiche_guilvinec2", bare=True)], [[]], EVERY, PATIENT)
    assert masked.texts == ("fiche_NOM_1",)
    assert masked.restorer().restore("fiche_NOM_1", bare=True) == "fiche_guilvinec2"


def test_a_label_that_does_not_exist_is_refused() -> None:
    """Catches a charter that asks to mask what nobody looks for."""
    with pytest.raises(UnknownLabelError, match=r"^a label is to be masked that does not exist$"):
        mask("Ysé", must_mask=frozenset({"PRÉNOM"}))


def test_nothing_is_shown() -> None:
    """Catches a name in a log, by way of an object's description."""
    masked = mask("Ysé Kerbrat")
    assert repr(masked) == "Masked(1 texts, {'PRENOM': 1, 'NOM': 1})"
    assert "Kerbrat" not in repr(masked.restorer())
