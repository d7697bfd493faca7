"""What came back wrong, and what left in clear."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.peers import upstream
from bench.peers.checks import Leak, content, delivered, exact, leaks, together, unchunked, wrong
from bench.peers.notes import Note, Talk

TALK = Talk((Note("Patient : HADDADI Linh, IPP 8012345679.", ("Haddadi", "Linh", "8012345679")),))


def told(text: str) -> bytes:
    return json.dumps({"messages": [{"role": "user", "content": text}]}).encode()


@given(st.text(min_size=1).filter(lambda text: not text.isspace()))
def test_what_the_upstream_echoes_is_read_back_whole_and_streamed(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    events = b"".join(upstream.event([{"delta": {"content": piece}}]) for piece in upstream.pieces(text))
    body = unchunked(events + upstream.chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n")
    assert content(upstream.completion(text)) == text
    assert content(body) == text
    assert delivered(body) == len(upstream.pieces(text))


@given(st.lists(st.binary(min_size=1, max_size=300)))
def test_chunks_of_http_are_put_together(parts: list[bytes]) -> None:
    assert unchunked(b"".join(map(upstream.chunk, parts)) + b"0\r\n\r\n") == b"".join(parts)


@pytest.mark.parametrize("body", [b"{}", b'{"error": {"message": "no"}}', b'{"choices": []}', b""])
def test_an_answer_without_text_is_a_wrong_one(body: bytes) -> None:
    assert wrong([(TALK, body)]) == 1


def test_a_mark_after_the_echo_is_no_fault_and_a_changed_character_is() -> None:
    assert exact(TALK, TALK.last)
    assert exact(TALK, f"{TALK.last}\n\nProjet préparé avec l’assistance d’un système d’IA")
    assert not exact(TALK, TALK.last[:-1])
    assert not exact(TALK, TALK.last.replace("Linh", "Odile"))
    assert not exact(TALK, f"{TALK.last} Odile")


@pytest.mark.parametrize(
    ("reached", "clear"),
    [
        ("Patient : [NOM_1] [PRENOM_1], IPP [IPP_1].", 0),
        ("Patient : HADDADI [PRENOM_1], IPP [IPP_1].", 1),
        ("Patient : [NOM_1] [PRENOM_1], IPP 80123456790.", 0),
        (TALK.last, 3),
    ],
)
def test_an_identifier_in_any_case_is_a_leak_and_a_part_of_a_word_is_none(reached: str, clear: int) -> None:
    """Leak: a gateway that masks « Haddadi » and sends « HADDADI »."""
    assert leaks(TALK, [json.loads(told(reached))]) == Leak(clear, 3)


def test_every_request_that_reached_the_model_counts() -> None:
    """Leak: a second attempt that is sent as it came."""
    assert leaks(TALK, [json.loads(told("masqué")), json.loads(told(TALK.last))]).clear == 3


def test_shares_are_of_all_identifiers_sent() -> None:
    assert together([Leak(1, 3), Leak(0, 7)]).share == pytest.approx(0.1)
