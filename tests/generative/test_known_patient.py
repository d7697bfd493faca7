"""Any spelling of a known patient's identity is found, whole, wherever it stands."""

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from filters.identifiers.known.finder import Finder
from filters.identifiers.known.numerals import spelled, spelled_year
from filters.identifiers.known.patient import KnownAddress, KnownName, KnownNumber, KnownPatient
from filters.identifiers.lexicon.folding import fold
from filters.identifiers.text import Text

FAMILIES = st.sampled_from(
    [
        "Kerbratec",
        "Le Goffec",
        "de Valmorin",
        "Dupraz-Lestrandec",
        "N'Dioulaye",
        "Szymkowiakec",
        "Éloubédine",
        "Saint-Brévanec",
    ]
)
GIVENS = st.sampled_from(["Jean-Baptiste", "Solène", "Éloïse-Marie", "Fatoumata", "Ysaline", "Gwénaël"])
CARRIERS = st.sampled_from(
    [
        "{}",
        "Vu ce jour {}, à revoir.",
        "- {}\nsuite",
        "({})",
        '{{"x": "{}"}}',
        "revu\t{}\tfin",
        "« {} »",
        "fœtus de {} né",
    ]
)
JOINTS = st.sampled_from([" ", "-", "  ", "\n", "\u00a0", "\u2011", "", "."])
CASES = st.sampled_from([str, str.upper, str.lower, str.title, fold])
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
MARKS = st.sampled_from(["/", "-", ".", " ", " / ", " - ", "_", "|", ". "])
SETTINGS = settings(max_examples=300, deadline=None)


def uncovered(patient: KnownPatient, carrier: str, value: str) -> str:
    """Return the letters and digits of the value that would leave."""
    text = carrier.format(value)
    start = text.index(value)
    (spans,) = Finder(patient).find([Text(text)])
    masked = {place for span in spans for place in range(span.start, span.end)}
    return "".join(sign for place, sign in enumerate(value, start) if sign.isalnum() and place not in masked)


def words(name: str) -> list[str]:
    return name.replace("-", " ").replace("'", " ").split()


@st.composite
def names(draw: st.DrawFn, family: str, first: str) -> str:
    """Write a full name in one of the ways of the wards."""
    joint, between = draw(JOINTS), draw(st.sampled_from([" ", ", ", "  ", "\n", "^", "_", "."]))
    surname, given = joint.join(words(family)), joint.join(words(first))
    initials = draw(st.sampled_from([f"{first[0]}.", f"{first[0]}", ".-".join(word[0] for word in words(first)) + "."]))
    case = draw(CASES)
    together = ["".join(words(family)), "".join(words(first))]
    written = [
        case(surname + between + given),
        case(given + between + surname),
        case("".join(together)),
        case("".join(reversed(together))),
        case(surname),
        case(given),
        f"{initials} {draw(st.sampled_from([surname, surname.upper()]))}",
        f"{surname} {initials}",
    ]
    return draw(st.sampled_from(written))


@SETTINGS
@given(CARRIERS, FAMILIES, GIVENS, st.data())
def test_a_name_in_any_case_order_and_spacing(carrier: str, family: str, first: str, data: st.DataObject) -> None:
    """A spelling that nobody thought of would send the name of the one patient who was promised safe."""
    patient = KnownPatient(names=(KnownName(family, (first,)),))
    assert uncovered(patient, carrier, data.draw(names(family, first))) == ""


@SETTINGS
@given(CARRIERS, FAMILIES, GIVENS, st.sampled_from([" ", "-", ".", "  "]))
def test_a_name_letter_by_letter(carrier: str, family: str, first: str, joint: str) -> None:
    """A form filled in letter by letter would leak."""
    patient = KnownPatient(names=(KnownName(family, (first,)),))
    word = max(words(family), key=len)
    assert uncovered(patient, carrier, joint.join(word.upper())) == ""
    assert uncovered(patient, carrier, joint.join(words(first)[0])) == ""


@SETTINGS
@given(CARRIERS, FAMILIES, st.data())
def test_a_name_with_one_slip_is_still_that_name(carrier: str, family: str, data: st.DataObject) -> None:
    """A letter forgotten in a letter typed in a hurry would leak."""
    word = max(words(family), key=len)
    at = data.draw(st.integers(1, len(word) - 2))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + data.draw(st.sampled_from("abcdelmnrstz")) + word[at:],
        word[:at] + data.draw(st.sampled_from("abcdelmnrstz")) + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    slip = data.draw(st.sampled_from(slips))
    assert uncovered(KnownPatient(names=(KnownName(family, ()),)), carrier, slip) == ""


@SETTINGS
@given(FAMILIES, st.integers(5, 12), st.sampled_from([str, str.upper, str.lower]), st.sampled_from([".", "\n", ""]))
def test_a_name_cut_short_is_still_that_name(family: str, length: int, case: object, end: str) -> None:
    """A column too narrow for a name would leak the beginning of it."""
    assert callable(case)
    word = max(words(family), key=len)
    assert uncovered(KnownPatient(names=(KnownName(family, ()),)), f"Nom {{}}{end}", case(word[:length])) == ""


@st.composite
def birth_dates(draw: st.DrawFn, day: date) -> str:
    """Write a birth date."""
    mark, month = draw(MARKS), MONTHS[day.month - 1]
    short = draw(
        st.sampled_from([month, fold(month), month.upper(), month.capitalize(), month[:4] + ".", fold(month)[:3]])
    )
    figures = [f"{day.day:02}", f"{day.month:02}", str(day.year)]
    in_words = draw(st.sampled_from(sorted(spelled_year(day.year))))
    of_day = draw(st.sampled_from(sorted(spelled(day.day))))
    forms = [
        mark.join(figures),
        mark.join(reversed(figures)),
        mark.join([str(day.day), str(day.month), str(day.year)]),
        "".join(figures),
        "".join(reversed(figures)),
        draw(st.sampled_from([" ", "  ", "-"])).join("".join(figures)),
        f"{day.day:02}{mark}{day.month:02}{mark}{day.year % 100:02}",
        f"{day.day:02}{day.month:02}{day.year % 100:02}",
        f"{day.day} {short} {day.year}",
        f"{day.day:02} {short} {day.year % 100:02}",
        f"{day.day}{fold(month)}{day.year}",
        f"{day.day} {month}",
        f"{of_day} {month} {in_words}",
        f"{of_day} {month} {day.year}",
        f"{month} {day.year}",
        f"{day.month:02}/{day.year}",
    ]
    return draw(st.sampled_from(forms))


@SETTINGS
@given(
    st.sampled_from(["{}", "né le {} à Lyon", "DDN : {}", "({})", '"birthDate": "{}"', "date de naissance\n{}\n"]),
    st.dates(date(1900, 1, 1), date(2029, 12, 31)),
    st.data(),
)
def test_a_birth_date_in_figures_and_words(carrier: str, day: date, data: st.DataObject) -> None:
    """A writing that nobody thought of would leak the birth date."""
    patient = KnownPatient(birth_date=day.isoformat())
    assert uncovered(patient, carrier, data.draw(birth_dates(day))) == ""


@SETTINGS
@given(
    CARRIERS,
    st.text("123456789", min_size=1, max_size=1),
    st.text("0123456789", min_size=7, max_size=12),
    st.sampled_from(["", " ", ".", "-", "  ", " - ", "\u202f", "/"]),
    st.tuples(st.integers(1, 4), st.sampled_from(["", "0", "000"])),
)
def test_a_file_number_in_any_grouping(carrier: str, head: str, tail: str, mark: str, shape: tuple[int, str]) -> None:
    """A number copied in groups would leak."""
    number, (size, zeros) = head + tail, shape
    grouped = mark.join(number[at : at + size] for at in range(0, len(number), size))
    patient = KnownPatient(numbers=(KnownNumber(number),))
    assert uncovered(patient, carrier, zeros + grouped) == ""
    assert uncovered(patient, carrier, grouped.replace("0", "O")) == ""
    assert uncovered(KnownPatient(numbers=(KnownNumber(zeros + number),)), carrier, grouped) == ""
    assert uncovered(patient, "IPP : {}", number[-6:]) == ""
    assert uncovered(patient, "dossier n° {} ", number[:6]) == ""


@SETTINGS
@given(CARRIERS, st.text("0123456789", min_size=8, max_size=8), st.data())
def test_a_telephone_with_any_prefix(carrier: str, rest: str, data: st.DataObject) -> None:
    """A telephone that the identity writes in one way and the note in another would leak."""
    pairs = ["6", *(rest[at : at + 2] for at in range(0, 8, 2))]
    mark = st.sampled_from(["", " ", ".", "-", "/", "\u00a0", " - "])
    prefix = st.sampled_from(["0", "+33 ", "+33", "0033 ", "+33 (0)", "33", "(0)"])
    told, written = (data.draw(prefix) + data.draw(mark).join(pairs) for _ in range(2))
    assert uncovered(KnownPatient(phones=(told,)), carrier, written) == ""


@SETTINGS
@given(
    CARRIERS,
    st.sampled_from(["avenue", "av", "av.", "Ave", "AVENUE"]),
    st.sampled_from(["du Docteur Calmelin", "du Dr Calmelin", "DU DR CALMELIN", "du dr. Calmelin", "Docteur Calmelin"]),
    st.sampled_from(["12 bis ", "12bis, ", "12 bis, ", "12, ", ""]),
    st.sampled_from(["12 bis avenue du Docteur Calmelin", "12 BIS, AV DU DR CALMELIN"]),
)
def test_a_street_in_full_and_abbreviated(carrier: str, way: str, name: str, house: str, told: str) -> None:
    """An abbreviation would leak the street."""
    patient = KnownPatient(addresses=(KnownAddress(lines=(told,)),))
    assert uncovered(patient, carrier, f"{house}{way} {name}") == ""


@SETTINGS
@given(
    CARRIERS,
    st.sampled_from(["Saint-Brévin-les-Pins", "ST BREVIN LES PINS", "SAINT BREVIN LES PINS CEDEX 2"]),
    st.sampled_from(["Saint-Brévin-les-Pins", "St-Brévin les Pins", "st brevin les pins", "SAINTBREVINLESPINS"]),
)
def test_a_city_in_any_writing(carrier: str, told: str, written: str) -> None:
    """`St` for `Saint` would leak the town."""
    assert uncovered(KnownPatient(addresses=(KnownAddress(city=told),)), carrier, written) == ""


@SETTINGS
@given(
    CARRIERS,
    st.sampled_from(["{0}.{1}@{2}.{3}", "{0} . {1} @ {2} . {3}", "{0}.{1} (at) {2}.{3}", "{0}.{1}@\n{2}.{3}"]),
    CASES,
)
def test_a_mail_address_with_spaces(carrier: str, shape: str, case: object) -> None:
    """A space put in by a text processor would leak the address."""
    assert callable(case)
    patient = KnownPatient(mails=("o.lestrandec7@courriel.example",))
    assert uncovered(patient, carrier, case(shape.format("o", "lestrandec7", "courriel", "example"))) == ""


@settings(max_examples=60, deadline=None)
@given(st.text("aJ.- \n0o1é@/DUPONT'_", max_size=400), st.text("1JDdupont .-é@/", max_size=40))
def test_any_text_and_any_identity_can_be_read(text: str, value: str) -> None:
    """Catches a value that breaks the search, which would stop every request of that patient."""
    patient = KnownPatient(
        names=(KnownName(value, (value,), value),),
        birth_date="1951-03-12",
        numbers=(KnownNumber(value, value),),
        addresses=(KnownAddress((value,), value, value, value),),
        phones=(value,),
        mails=(value,),
    )
    for spans, one in zip(Finder(patient).find([Text(text), Text(value)]), (text, value), strict=True):
        assert all(0 <= span.start < span.end <= len(one) for span in spans)
        assert all(left.end <= right.start for left, right in pairwise(spans))
