"""The ways to declare a use, a route and a case."""

import datetime as dt

import pytest

from gateway.api.declaration import LONGEST, Declared, Menu, case, facts
from gateway.errors import InvalidPromptError

MENU = Menu(uses={"compte_rendu", "traduction"}, routes={"demo", "mistral"})
TODAY = dt.date(2026, 11, 23)


def declared(model: str, *headers: str, metadata: str | None = None) -> tuple[str | None, str | None]:
    found = facts(Declared(model, use_headers=headers, metadata_use=metadata), MENU, has_media=False, today=TODAY)
    return found.declared_use, found.requested_route


@pytest.mark.parametrize(
    ("model", "header", "metadata", "expected"),
    [
        ("compte_rendu", "", None, ("compte_rendu", None)),
        ("compte_rendu@mistral", "", None, ("compte_rendu", "mistral")),
        ("demo", "", None, (None, "demo")),
        ("demo", "traduction", None, ("traduction", "demo")),
        ("demo", "", "traduction", ("traduction", "demo")),
        ("@demo", "", "traduction", ("traduction", "demo")),
        ("compte_rendu", "compte_rendu", "compte_rendu", ("compte_rendu", None)),
        ("compte_rendu@demo", " compte_rendu ", None, ("compte_rendu", "demo")),
        # What nobody knows is left to the charter, which refuses it and records that.
        ("gpt-4o", "", None, ("gpt-4o", None)),
        ("gpt-4o", "traduction", None, ("traduction", "gpt-4o")),
    ],
)
def test_every_way_to_declare(
    model: str, header: str, metadata: str | None, expected: tuple[str | None, str | None]
) -> None:
    assert declared(model, header, metadata=metadata) == expected


@pytest.mark.parametrize(
    ("model", "headers", "metadata"),
    [
        ("compte_rendu", ["traduction"], None),
        ("compte_rendu", [], "traduction"),
        ("demo", ["compte_rendu"], "traduction"),
        ("demo", ["compte_rendu", "traduction"], None),
        ("compte_rendu@demo", ["traduction"], None),
    ],
)
def test_two_different_declarations_are_refused(model: str, headers: list[str], metadata: str | None) -> None:
    """Catches a lenient declaration that wins over a stricter one."""
    with pytest.raises(InvalidPromptError) as caught:
        declared(model, *headers, metadata=metadata)
    assert caught.value.code == "usages_contradictoires"


def test_facts_carry_the_day_and_the_media() -> None:
    found = facts(Declared("compte_rendu"), MENU, has_media=True, today=TODAY)
    assert (found.today, found.has_media) == (TODAY, True)


def test_a_case_comes_by_header_or_by_metadata() -> None:
    assert case(Declared("m", case_headers=["D-17"])) == "D-17"
    assert case(Declared("m", metadata_case="D-17")) == "D-17"
    assert case(Declared("m", case_headers=["D-17"], metadata_case="D-17")) == "D-17"
    assert case(Declared("m")) is None


def test_two_different_cases_are_refused() -> None:
    with pytest.raises(InvalidPromptError) as caught:
        case(Declared("m", case_headers=["D-17"], metadata_case="D-18"))
    assert caught.value.code == "dossiers_contradictoires"


def test_a_text_is_no_identifier() -> None:
    with pytest.raises(InvalidPromptError):
        case(Declared("m", metadata_case="x" * (LONGEST + 1)))
