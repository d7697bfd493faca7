"""Dates are understood strictly; what is said of them never gives a day away."""

import datetime as dt

import pytest

from filters.identifiers.entity import Label
from filters.identifiers.intervals import MOST_FACTS, facts, read_date
from filters.identifiers.placeholders import Placeholder

TODAY = dt.date(2026, 11, 23)
MARCH = dt.date(2024, 3, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12/03/2024",
        "12-03-2024",
        "12.03.2024",
        "12 03 2024",
        "12|03|2024",
        "12 / 03 / 2024",
        "12/3/2024",
        "12/03/24",
        "2024-03-12",
        "2024/03/12",
        "12032024",
        "20240312",
        "1 2 0 3 2 0 2 4",
        "12 mars 2024",
        "12 MARS 2024",
        "12 mars 24",
        "12mars2024",
        "12-mars-2024",
        "mardi 12 mars 2024",
        "le 12 mars 2024",
        " 12/03/2024 ",
    ],
)
def test_understood(text: str) -> None:
    assert read_date(text, TODAY) == MARCH


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er février 2024", dt.date(2024, 2, 1)),
        ("3 févr. 2024", dt.date(2024, 2, 3)),
        ("15 août 2024", dt.date(2024, 8, 15)),
        ("2 déc 2023", dt.date(2023, 12, 2)),
        ("5 sept. 2023", dt.date(2023, 9, 5)),
        ("01/06/98", dt.date(1998, 6, 1)),
        ("29/02/2024", dt.date(2024, 2, 29)),
    ],
)
def test_letters_and_centuries(text: str, day: dt.date) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "mars 2024",
        "2024",
        "12/03",
        "31/02/2024",
        "29/02/2023",
        "32/01/2024",
        "12/13/2024",
        "12 brumaire 2024",
        "dec1993",
        "",
        "12/03/1024",
        "12/03/2024 ou 13/03/2024",
        "12/03/202",
        "0312",
        " " * 5000 + "1",
    ],
)
def test_not_computed(text: str) -> None:
    """Catches a wrong interval made of a date that nobody wrote."""
    assert read_date(text, TODAY) is None


def test_a_birth_year_of_two_digits_must_fit_one_century() -> None:
    """Catches a child of two who becomes somebody of a hundred and two, or the reverse."""
    assert read_date("12/03/45", TODAY, birth=True) == dt.date(1945, 3, 12)
    assert read_date("12/03/20", TODAY, birth=True) is None
    assert read_date("12/03/08", TODAY, birth=True) == dt.date(2008, 3, 12)


def said(*values: tuple[Label, str]) -> list[str]:
    numbers: dict[Label, int] = {}
    placeholders: dict[Placeholder, str] = {}
    for label, value in values:
        numbers[label] = numbers.get(label, 0) + 1
        placeholders[Placeholder(label, numbers[label])] = value
    return facts(placeholders, TODAY)


def test_intervals_follow_time_not_appearance() -> None:
    assert said(
        (Label.DATE, "19/03/2024"), (Label.DATE, "12 mars 2024"), (Label.DATE, "mars 2024"), (Label.DATE, "2024-04-02")
    ) == ["Intervalles : [DATE_1] = [DATE_2] + 7 j ; [DATE_4] = [DATE_1] + 14 j."]


def test_age_today_and_at_the_last_care_date() -> None:
    assert said((Label.DATE_NAISSANCE, "04/07/1957"), (Label.DATE, "12/03/2018"), (Label.DATE, "01/02/2010")) == [
        "Âges : [DATE_NAISSANCE_1] : 69 ans, 60 ans au [DATE_1].",
        "Intervalles : [DATE_1] = [DATE_2] + 2961 j.",
    ]


def test_above_89_no_age_can_be_worked_out() -> None:
    """Catches an exact age over 89, said, or given away by an older age and an interval."""
    assert said((Label.DATE_NAISSANCE, "04/07/1930"), (Label.DATE, "12/03/2010")) == [
        "Âges : [DATE_NAISSANCE_1] : > 89 ans."
    ]
    assert said((Label.DATE_NAISSANCE, "23/11/1936")) == ["Âges : [DATE_NAISSANCE_1] : > 89 ans."]
    assert said((Label.DATE_NAISSANCE, "24/11/1936")) == ["Âges : [DATE_NAISSANCE_1] : 89 ans."]


def test_small_children_are_counted_in_months() -> None:
    assert said((Label.DATE_NAISSANCE, "20/09/2025")) == ["Âges : [DATE_NAISSANCE_1] : 14 mois."]


def test_days_are_not_counted_up_to_today() -> None:
    """Catches a birth day that the provider can work out from the day of the request."""
    assert said((Label.DATE_NAISSANCE, "20/11/2026")) == ["Âges : [DATE_NAISSANCE_1] : moins d’un mois."]
    assert said((Label.DATE_NAISSANCE, "20/11/2026"), (Label.DATE, "22/11/2026")) == [
        "Âges : [DATE_NAISSANCE_1] : moins d’un mois, 2 j au [DATE_1]."
    ]


def test_nothing_is_said_of_what_is_to_come_or_unknown() -> None:
    assert said((Label.DATE_NAISSANCE, "01/01/2030")) == []
    assert said((Label.NOM, "12/03/2024")) == []


def test_long_lists_are_cut_and_say_so() -> None:
    dates = [(Label.DATE, (MARCH + dt.timedelta(days=7 * week)).isoformat()) for week in range(MOST_FACTS + 4)]
    [intervals] = said(*dates)
    assert intervals.count(" + 7 j") == MOST_FACTS
    assert intervals.endswith(" ; 3 autres non calculés.")
