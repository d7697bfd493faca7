"""A known name in notes, and the words of notes that are none."""

import pytest

from filters.identifiers.entity import Span
from filters.identifiers.known.finder import Finder
from filters.identifiers.known.patient import KnownName, KnownPatient
from filters.identifiers.text import Text
from tests.fakes.known import labels, shown

COMPOUND = KnownPatient(names=(KnownName("Kerbratec", ("Jean-Pierre",)), KnownName("de La Tournelle")))
PLAIN = KnownPatient(names=(KnownName("Petit", ("Rose",)),))
SHORT = KnownPatient(names=(KnownName("Ly", ("An",)),))


@pytest.mark.parametrize(
    "text",
    [
        "M. ‹KERBRATEC› ‹Jean-Pierre›",
        "‹jean pierre› ‹kerbratec› vu",
        "‹Kerbratec›, ‹Jean›\u2011‹Pierre›".replace("›\u2011‹", "\u2011"),
        "‹J.-P›. ‹Kerbratec›, ‹KERBRATEC› ‹JP›",
        "M. ‹J. P›. ‹Kerbratec›",
        "‹kerbratec› ‹j›.",
        "‹Jean-Pierre› ‹K›.",
        "les ‹Kerbratecs›, l'oncle ‹Kerbratec›'s",
        "‹jean›.‹kerbratec›, ‹kerbratecjp›, ‹jkerbratec›",
        "‹K E R B R A T E C› et ‹J-E-A-N›",
        "‹K E R B R A T E C›\n\n‹K E R B R A T E C›",
        "x ‹J E A N›   ‹J E A N›",
        "Mme‹KERBRATEC›, nom‹Kerbratec›",
        "‹Kerba›‹tec›".replace("›‹", ""),
        "‹Ker bratec›, ‹Kerbra-\ntec›",
        "‹Kerbratc›, ‹Kerbartec›, mr ‹erbratec›",
        "‹Kerbra›. puis ‹kerbrat›\nsuite",
        "‹de La Tournelle›, ‹Tournelle›, de ‹Kerbratec›",
        "‹J.K›. et M. ‹JK›, ‹J. P. K›.",
        "fiche_‹kerbratec›_2",
        "‹Ｋｅｒｂｒａｔｅｃ›, ‹Ker\u200bbratec›",
    ],
)  # fmt: skip
def test_every_writing_is_found(text: str) -> None:
    """The leak caught: a writing of the name that nobody thought of."""
    assert shown(COMPOUND, text.replace("‹", "").replace("›", "")) == text


@pytest.mark.parametrize(
    "text",
    [
        "JK, j k",
        "KJ positif",
        "vu par M. Kerven",
        "j. revu",
        "la tour du bras, de la",
        "Kerb.",
        "kerbratc vu",
        "a.j. 3",
    ],
)
def test_what_is_no_name_stays(text: str) -> None:
    assert shown(COMPOUND, text) == text


@pytest.mark.parametrize(
    "text",
    ["un petit pansement", "les petits soins", "urine rose", "la petite", "un teint rose. petit appétit"],
)
def test_a_plain_word_stays_a_word(text: str) -> None:
    """Catches a note in which every `petit` is masked because the patient bears that name."""
    assert shown(PLAIN, text) == text


@pytest.mark.parametrize(
    "text",
    ["Mme ‹petit›", "mme ‹petit› ‹rose›", "‹rose› ‹petit›, 45 ans", "vu ‹Petit›", "‹PETIT›", "patiente ‹rose› vue",
     "née ‹petit›", "nom : ‹petit›", "‹petit› ‹R›.", "les ‹Petits›", "‹rose›, ‹petit›"],
)  # fmt: skip
def test_a_plain_word_that_is_the_name_is_found(text: str) -> None:
    """The leak caught: a patient called Petit, left as a word."""
    assert shown(PLAIN, text.replace("‹", "").replace("›", "")) == text


@pytest.mark.parametrize("text", ["il y a un an", "‹LY› va bien, ‹An› aussi", "‹an› ‹ly›", "mme ‹ly›"])
def test_a_name_of_two_letters(text: str) -> None:
    assert shown(SHORT, text.replace("‹", "").replace("›", "")) == text


@pytest.mark.parametrize("field", ["nom", "nomUsuel", "patient_name", "family"])
def test_a_field_says_that_its_value_is_a_name(field: str) -> None:
    """The leak caught: `{"nom": "petit"}` in the answer of a tool."""
    assert Finder(PLAIN).find([Text("petit", field=field)])[0]
    assert not Finder(PLAIN).find([Text("petit", field="taille")])[0]


def test_initials_of_an_act_of_care_are_no_monogram() -> None:
    patient = KnownPatient(names=(KnownName("Vidrequin", ("Isaure",)),))
    assert shown(patient, "antibiotique I.V. ce jour, M. I.V.") == "antibiotique I.V. ce jour, M. ‹I.V›."


def test_labels() -> None:
    assert labels(COMPOUND, "Jean-Pierre KERBRATEC") == ["PRENOM", "NOM"]
    (spans,) = Finder(COMPOUND).find([Text("Kerbratec")])
    assert spans == [Span(0, 9, spans[0].label, 1.0, "known")]
