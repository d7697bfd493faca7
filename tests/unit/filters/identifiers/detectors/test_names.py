from filters.identifiers.detectors.names import Names, Trust
from filters.identifiers.entity import Label
from tests.fakes.detection import analyzer


def parts(text: str) -> list[tuple[str, Label]]:
    """Return the parts of a name that a title announces."""
    names = Names(analyzer()._language.process_text(text, "fr"))
    spans = names.spans(names.read(0, Trust.TITLE), 0.9, "test")
    return [(text[span.start : span.end], span.label) for span in spans]


def test_capitals_tell_the_surname() -> None:
    assert parts("LE GOFF Yann") == [("LE GOFF", Label.NOM), ("Yann", Label.PRENOM)]


def test_the_list_of_first_names_tells_the_first_name() -> None:
    assert parts("Jean-Luc Kermarrec") == [("Jean-Luc", Label.PRENOM), ("Kermarrec", Label.NOM)]
    assert parts("Kermarrec Yann") == [("Kermarrec", Label.NOM), ("Yann", Label.PRENOM)]


def test_what_cannot_be_told_apart_is_a_person() -> None:
    assert parts("Zylberstein Ostrowidzki") == [("Zylberstein Ostrowidzki", Label.PERSONNE)]


def test_the_name_ends_where_the_sentence_goes_on() -> None:
    assert parts("Kermarrec est sortie") == [("Kermarrec", Label.NOM)]
