"""Invented notes whose identifiers are known."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.peers.notes import CLINICAL, GIVEN, HISTORY, LONG, SHORT, SURNAMES, TOWNS, history, note, talk
from bench.peers.work import AGAIN, LOADS, primed, talks


@given(st.integers(), st.sampled_from([SHORT, LONG]))
def test_every_identifier_stands_in_its_note(seed: int, size: int) -> None:
    made = note(random.Random(seed), size)
    assert all(value.lower() in made.text.lower() for value in made.identifiers)
    assert -40 <= len(f"{made.text} ") - size <= 120  # a short one loses the space after its last sentence


def test_no_sentence_of_medicine_holds_a_name() -> None:
    """Else what is rightly left in clear would count as leaked."""
    words = {word.strip(".,:").lower() for sentence in CLINICAL for word in sentence.split()}
    assert not words & {name.lower() for name in (*SURNAMES, *GIVEN, *TOWNS)}


@pytest.mark.parametrize("load", LOADS)
def test_no_two_requests_of_a_window_end_alike(load: str) -> None:
    made = talks(random.Random(3), load)
    assert len({one.last for one in made}) == len(made)


def test_a_history_sent_again_is_known_before_the_window_and_its_last_message_is_not() -> None:
    texts = talks(random.Random(3), "history, sent again")
    known = {message.text for one in primed("history, sent again", texts) for message in one.messages}
    assert len({one.messages[:-1] for one in texts}) == AGAIN
    assert not known & {one.last for one in texts}
    assert not primed("long", texts)


def test_a_conversation_ends_with_its_user() -> None:
    draw = random.Random(5)
    for made in (talk(draw, SHORT), talk(draw, SHORT, before=history(draw))):
        messages = made.body("m", stream=False)["messages"]
        assert isinstance(messages, list)
        assert [one["role"] for one in messages][-1] == "user"
        assert [one["content"] for one in messages] == [one.text for one in made.messages]
    assert len(made.messages) == HISTORY + 1
