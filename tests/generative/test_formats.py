"""Any well-formed number is found, however it is spaced and whatever stands around it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import EntityRecognizer
from stdnum import luhn

from filters.identifiers.detectors.address import Address
from filters.identifiers.detectors.age import Age
from filters.identifiers.detectors.birth_date import BirthDate
from filters.identifiers.detectors.date import Date
from filters.identifiers.detectors.finess import Finess
from filters.identifiers.detectors.iban import Iban
from filters.identifiers.detectors.ipp import Ipp
from filters.identifiers.detectors.mail import Mail
from filters.identifiers.detectors.nda import Nda
from filters.identifiers.detectors.nir import Nir
from filters.identifiers.detectors.phone import Phone
from filters.identifiers.detectors.rpps import Rpps
from filters.identifiers.detectors.serial import Serial
from filters.identifiers.detectors.zip_code import ZipCode

CARRIERS = st.sampled_from(
    [
        "{}",
        "Patient vu ce jour, {}, à revoir.",
        "- {}\nsuite",
        "({})",
        '{{"x": "{}"}}',
        "coordonnées\t{}\tfin",
        "voir {}.",
    ]
)
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
READERS = [
    Nir(),
    Phone(),
    Mail(),
    Iban(),
    Rpps(),
    Finess(),
    Date(),
    BirthDate(),
    Ipp(),
    Nda(),
    Address(),
    ZipCode(),
    Age(),
    Serial(),
]


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


def bared(recognizer: EntityRecognizer, carrier: str, value: str) -> str:
    """Return the letters and digits of the value that would leave."""
    text = carrier.format(value)
    start = text.index(value)
    masked = {place for found in recognizer.analyze(text, []) for place in range(found.start, found.end)}
    return "".join(sign for place, sign in enumerate(value, start) if sign.isalnum() and place not in masked)


@st.composite
def nirs(draw: st.DrawFn) -> str:
    place = draw(st.sampled_from([*(f"{n:02}" for n in range(1, 96)), "2A", "2B", "97", "99"]))
    body = f"{draw(st.sampled_from('12'))}{draw(digits(2))}{draw(st.integers(1, 12)):02}{place}{draw(digits(6))}"
    key = f"{97 - int(body.replace('2A', '19').replace('2B', '18')) % 97:02}"
    groups = [body[0], body[1:3], body[3:5], body[5:7], body[7:10], body[10:], key]
    groups = groups[: draw(st.sampled_from([6, 7]))]
    mark = draw(st.sampled_from(["", " ", "\u00a0", "\u202f", ".", "each"]))
    return " ".join("".join(groups)) if mark == "each" else mark.join(groups)


@st.composite
def phones(draw: st.DrawFn) -> str:
    rest = draw(digits(8))
    pairs = [draw(st.sampled_from("12345679")), *(rest[n : n + 2] for n in range(0, 8, 2))]
    opening = draw(st.sampled_from(["0", "+33 ", "+33", "0033 ", "+33 (0)", "+33(0)"]))
    if opening == "0" and draw(st.booleans()):
        return " ".join(["0", *"".join(pairs)])
    return opening + draw(st.sampled_from(["", " ", ".", "-", "/", "\u00a0", "\u202f", " - "])).join(pairs)


@st.composite
def ibans(draw: st.DrawFn) -> str:
    account = draw(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=11, max_size=11))
    whole = f"FR{draw(digits(2))}{draw(digits(10))}{account}{draw(digits(2))}"
    size = draw(st.sampled_from([27, 4, 1]))
    return draw(st.sampled_from([" ", "\u00a0"])).join(whole[n : n + size] for n in range(0, 27, size))


@st.composite
def professionals(draw: st.DrawFn) -> str:
    body = f"10{draw(st.sampled_from('01'))}{draw(digits(7))}"
    return draw(st.sampled_from(["", "8"])) + body + luhn.calc_check_digit(body)


@st.composite
def dates(draw: st.DrawFn) -> str:
    day = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
    name, figures = MONTHS.split()[day.month - 1], f"{day.day:02}{day.month:02}{day.year}"
    forms = [f"{day.day:02}{mark}{day.month:02}{mark}{day.year}" for mark in ("/", "-", ".", "|", " ", " / ", " - ")]
    forms += [" ".join(figures), figures, day.isoformat(), f"{day.day}/{day.month}/{day.year}"]
    forms += [f"{day.day:02}/{day.month:02}/{day.year % 100:02}", f"{day.day} {name} {day.year}"]
    forms += [f"{day.day} {name.upper()} {day.year}", f"{name} {day.year}", f"{name[:3]}{day.year}"] * (
        name[:3] != "jui"
    )
    return draw(st.sampled_from(forms))


@settings(max_examples=300, deadline=None)
@given(CARRIERS, nirs())
def test_a_nir_needs_no_label(carrier: str, number: str) -> None:
    """A spacing that nobody thought of would leak the national number."""
    assert bared(Nir(), carrier, number) == ""


@settings(max_examples=300, deadline=None)
@given(CARRIERS, phones())
def test_a_telephone_needs_no_label(carrier: str, number: str) -> None:
    """A separator that nobody thought of would leak the patient's line."""
    assert bared(Phone(), carrier, number) == ""


@settings(max_examples=200, deadline=None)
@given(CARRIERS, ibans())
def test_an_account_is_found_with_any_key(carrier: str, number: str) -> None:
    """A mistyped key would leak the account."""
    assert bared(Iban(), carrier, number) == ""


@settings(max_examples=200, deadline=None)
@given(CARRIERS, professionals())
def test_a_professional_with_a_right_key_needs_no_label(carrier: str, number: str) -> None:
    """A professional's number in mid-sentence would leak who wrote."""
    assert bared(Rpps(), carrier, number) == ""


@settings(max_examples=300, deadline=None)
@given(CARRIERS, dates())
def test_a_date_is_found_in_every_writing(carrier: str, written: str) -> None:
    """A writing that nobody thought of would leak a day of care."""
    assert bared(Date(), carrier, written) == ""


@st.composite
def days(draw: st.DrawFn) -> str:
    """Return a day without its year, as staff write it in the middle of a phrase."""
    day = draw(st.dates(min_value=date(1996, 1, 1), max_value=date(1996, 12, 31)))
    figures = [f"{day.day:02}/{day.month:02}", f"{day.day}/{day.month:02}", f"{day.day:02}.{day.month:02}"]
    names = [f"{day.day} {MONTHS.split()[day.month - 1]}", str(day.day)]
    return draw(st.sampled_from([*figures, *names]))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["revu le {}.", "sortie le {}, puis repos", "hospitalisée du {} au 31 du mois", "RDV mardi {}"]),
    days(),
)
def test_a_day_without_its_year_is_found(carrier: str, written: str) -> None:
    """A writing in part that nobody thought of would leak a day of care."""
    assert bared(Date(), carrier, written) == ""


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["Déclaration n° {}", "badge {}", "PV n° {}", "N° d'adhérent : {}", "ticket {}", "Réf. labo : {}"]),
    st.from_regex(r"[A-Z]{0,2}2[0-9]{2}[-/]?[0-9]{4,6}", fullmatch=True),
)
def test_a_number_is_found_behind_its_word(carrier: str, number: str) -> None:
    """A claim, a badge or a complaint with a build of its own would leak whose it is."""
    assert bared(Serial(), carrier, number) == ""


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["poste {}", "bip {}", "DECT : {}", "Dr Ferron au {}", "à rappeler au {}"]),
    st.from_regex(r"[4-9][0-9]{3}", fullmatch=True),
)
def test_an_extension_is_found_where_somebody_is_reached(carrier: str, number: str) -> None:
    """A ward's line would leak where the patient lies."""
    assert bared(Phone(), carrier, number) == ""


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["né le {}", "DDN : {}", "Née le {} à Lyon", '"birthDate": "{}"', "date_naissance : {}"]), dates()
)
def test_a_birth_date_is_told_from_other_dates(carrier: str, written: str) -> None:
    """The model would be told no age, or the age of another date."""
    assert bared(BirthDate(), carrier, written) == ""


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(["FINESS {}", "n° finess : {}", "finess_juridique : {}", '"numFiness": "{}"']),
    st.tuples(digits(3), digits(3), digits(3)),
    st.sampled_from(["", " ", "\u00a0"]),
)
def test_a_facility_is_found_behind_its_label(carrier: str, groups: tuple[str, ...], mark: str) -> None:
    """A wrong key would leak the hospital."""
    assert bared(Finess(), carrier, mark.join(groups)) == ""


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(
        [(Ipp(), "IPP : {}"), (Ipp(), '"ippPatient": "{}"'), (Nda(), "n° de dossier : {}"), (Nda(), "num_sejour: {}")]
    ),
    st.from_regex(r"[A-Z]{0,2}[1-9][0-9]{5,10}", fullmatch=True),
)
def test_a_hospitals_number_is_found_behind_its_label(labelled: tuple[EntityRecognizer, str], number: str) -> None:
    """A hospital with longer numbers, or a letter in them, would leak its patients."""
    recognizer, carrier = labelled
    assert bared(recognizer, carrier, number) == ""


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "12 ",
        "0",
        "1.",
        "a@",
        "rue ",
        "S1",
        "né ",
        "1-",
        "d1_",
        "\n",
        "FR12",
        "mars ",
        "PID|",
        "le 1 ",
        "1, ",
        "n° 1",
        "au ",
        "deux ",
        "1/0",
    ],
)
def test_endless_rows_come_to_an_end(unit: str) -> None:
    """A pattern that backtracks without bound would stop the gateway for everybody with one pasted table."""
    text = (unit * 100_000)[:100_000]
    assert all(isinstance(recognizer.analyze(text, []), list) for recognizer in READERS)
