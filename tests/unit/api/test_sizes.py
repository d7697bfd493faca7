"""How large a request may be, once understood."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.limits import Limits
from filters.identifiers.text import Text
from gateway.api.sizes import _Measure, check
from gateway.conversation import Message, Prompt, Role, ToolCall
from gateway.errors import InvalidPromptError, PromptTooLargeError

LIMITS = Limits(messages=5, texts=20, text_characters=100)


def fits(prompt: Prompt) -> bool:
    try:
        check(prompt, LIMITS)
    except PromptTooLargeError:
        return False
    return True


@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_a_request_passes_where_it_exceeds_no_limit(contents: list[str]) -> None:
    prompt = Prompt(tuple(Message(Role.USER, content) for content in contents))
    assert fits(prompt) is (len(contents) <= 5 and sum(map(len, contents)) <= 100)


def called(value: object) -> Prompt:
    call = ToolCall("call_1", "lire", json.dumps(value))
    return Prompt((Message(Role.USER, "Lis."), Message(Role.ASSISTANT, None, tool_calls=(call,))))


@pytest.mark.parametrize(("wide", "passes"), [(18, True), (19, False), (100_000, False)])
def test_texts_of_structures_count(wide: int, *, passes: bool) -> None:
    assert fits(called([1] * wide)) is passes


def test_a_wide_structure_is_left_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a structure of a million numbers of which each is looked at while others wait."""
    seen = 0
    add = _Measure.add

    def counted(measure: _Measure, text: Text) -> str:
        nonlocal seen
        seen += 1
        return add(measure, text)

    monkeypatch.setattr(_Measure, "add", counted)
    assert not fits(called([1] * 1_000))
    assert seen == LIMITS.texts + 1


def test_what_nests_too_deep_is_not_understood() -> None:
    value: object = 1
    for _ in range(150):
        value = [value]
    with pytest.raises(InvalidPromptError):
        check(called(value), LIMITS)
