"""Reading answers off a raw connection."""

import asyncio
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.peers import upstream
from bench.peers.checks import content
from bench.peers.load import Address, Caller, request
from bench.peers.run import cells_of
from bench.peers.work import CELLS, LOADS

TEXT = "Vu ce jour, tension 0\r\n\r\nsuite à 18 ng/L, à revoir."
WHOLE = upstream.whole(upstream.completion(TEXT))
STREAM = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    + upstream.event([{"delta": {"role": "assistant", "content": ""}}])
    + b"".join(upstream.event([{"delta": {"content": piece}}]) for piece in upstream.pieces(TEXT))
    + upstream.chunk(b"data: [DONE]\n\n")
    + b"0\r\n\r\n"
)


async def read(sent: bytes, cuts: list[int]) -> Caller:
    caller = Caller()
    edges = [0, *sorted(cut % len(sent) for cut in cuts), len(sent)]
    for left, right in itertools.pairwise(edges):
        if left < right:
            assert not caller.answered.done()
            caller.data_received(sent[left:right])
    return caller


@given(st.sampled_from([WHOLE, STREAM]), st.lists(st.integers(min_value=0), max_size=12))
def test_an_answer_is_the_same_however_the_network_cuts_it(sent: bytes, cuts: list[int]) -> None:
    caller = asyncio.run(read(sent, cuts))
    assert caller.answered.result() is True
    assert content(caller.content()) == TEXT
    assert caller.first


def test_the_first_token_is_the_first_that_holds_text() -> None:
    empty = upstream.event([{"delta": {"role": "assistant", "content": ""}}])
    assert not asyncio.run(read(STREAM[: STREAM.index(empty) + len(empty)], [])).first


def test_a_refusal_is_no_answer() -> None:
    caller = asyncio.run(read(b"HTTP/1.1 429 Too Many\r\ncontent-length: 2\r\n\r\n{}", [5]))
    assert caller.answered.result() is False


def test_a_connection_that_ends_early_is_an_error() -> None:
    async def lost() -> None:
        caller = await read(WHOLE[:-1], [])
        caller.connection_lost(None)
        await caller.answered

    with pytest.raises(ConnectionError):
        asyncio.run(lost())


def test_a_request_carries_its_length_and_its_key() -> None:
    sent = request(Address(1, "m", (("authorization", "Bearer k"),)), "é".encode())
    assert b"\r\ncontent-length: 2\r\n" in sent
    assert b"\r\nauthorization: Bearer k\r\n" in sent


def test_what_is_asked_for_is_every_kind_by_every_number() -> None:
    assert cells_of(None, None) == list(CELLS)
    assert len(cells_of(None, [1, 16])) == 2 * len(LOADS)
    assert cells_of(["long"], [4]) == [("long", 4)]
