"""Texts inside JSON: each is seen, and what is not masked stays as it was."""

import json

import pytest

from filters.identifiers.text import Text
from gateway.structures import DEEPEST, Json, rewrite_json, rewrite_json_text


def seen(serialised: str) -> list[str]:
    found: list[str] = []

    def note(text: Text) -> str:
        found.append(text.value)
        return text.value

    rewrite_json_text(serialised, note)
    return found


def unchanged(text: Text) -> str:
    return text.value


@pytest.mark.parametrize(
    "serialised",
    [
        '{"nom": "Morvan", "nom": "Kerbrat"}',
        '{"dossier": 12345678901234567890.5}',
        '{"dossier": 1e400}',
        '{"dossier": 1e99999999999999999999}',
        '{"dossier": 1%s}' % ("0" * 5000),
        '{"nom": "Morvan"} puis du texte',
        '{"nom": "Morvan"}\n{"nom": "Kerbrat"}',
        '{"nom": "Morv',
        '"Morvan"',
        "8005",
        "",
    ],
)
def test_what_would_not_stay_what_it_is_is_one_plain_text(serialised: str) -> None:
    """Catches a value dropped or rounded on its way, and a text around JSON that nobody reads."""
    assert seen(serialised) == [serialised]
    assert rewrite_json_text(serialised, unchanged) == serialised


@pytest.mark.parametrize("number", ["185057800608436", "185057800608436.0", "1.85057800608436e14"])
def test_a_number_is_read_by_its_digits(number: str) -> None:
    """The leak caught: a NIR that a spreadsheet turned into a float, which no detector recognises."""
    assert seen(f'{{"nir": {number}}}') == ["nir", "185057800608436"]
    assert rewrite_json_text(f"[{number}]", lambda _: "[SECU_1]") == '["[SECU_1]"]'


def test_ordinary_numbers_keep_their_value() -> None:
    assert json.loads(rewrite_json_text("[0.50, 1e-3, -12, 1.5e300, 7]", unchanged)) == [0.5, 0.001, -12, 1.5e300, 7]


def test_half_a_surrogate_pair_stops_nothing() -> None:
    """Catches a text that no detector and no connection can take, so that a tool's result refused a request."""
    assert seen(r'{"a\ud800": "Morvan \udfff", "b": "\ud83d\ude00"}') == ["a\ufffd", "Morvan \ufffd", "b", "\U0001f600"]


@pytest.mark.parametrize("deep", [DEEPEST, DEEPEST + 1, 600, 1000, 100_000])
def test_how_deep_is_too_deep_does_not_depend_on_who_asks(deep: int) -> None:
    """The mix-up caught: a structure listed at one depth of the stack as many texts, and replaced at another as one."""
    value = "[" * deep + "1" + "]" * deep

    def asked(stack: int) -> str:
        if stack:
            return asked(stack - 1)
        try:
            return rewrite_json_text(value, unchanged)
        except RecursionError:
            return "refused"

    assert {asked(0), asked(200)} == {value if deep <= DEEPEST else "refused"}


def test_a_schema_is_bounded_too() -> None:
    value: Json = 1
    for _ in range(DEEPEST + 1):
        value = [value]
    with pytest.raises(RecursionError):
        rewrite_json(value, unchanged)
