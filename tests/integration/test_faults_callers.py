"""Callers who hang up, read slowly, or send too much, too deep or nonsense: nobody else pays for it."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import struct
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from gateway.audit.event import Ending
from tests.fakes.account import Account, Heard, account
from tests.fakes.faults import files, masking_workers, memory, opened, written
from tests.fakes.openai_replies import echo
from tests.fakes.openai_server import Pieces, RecordingUpstream, Says, recording_upstream
from tests.fakes.patients import MARGOT, SOLENE
from tests.fakes.serving import SECONDS, Serving

pytestmark = [pytest.mark.xdist_group("faults-callers"), pytest.mark.asyncio(loop_scope="module")]

CLIENTS, AT_ONCE, READERS, MEGABYTES = 1_000, 250, 4, 10_000_000
GROWTH = 64
"""MiB that a gateway may hold more after a fault: what allocators keep, and nothing of what was sent."""

KEPT = 60
"""Connections to models and to the database that a gateway may keep for the next requests."""

TOO_LARGE, UNREADABLE = {"demande_trop_volumineuse"}, {"json_invalide", "champ_invalide", "requete_invalide"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def upstream() -> AsyncIterator[RecordingUpstream]:
    async with recording_upstream() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(upstream: RecordingUpstream, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Serving]:
    async with opened(written(tmp_path_factory.mktemp("house"), upstream.url)) as serving:
        yield serving


async def well(callers: Account) -> None:
    """Wait until everybody else is answered: nothing of a fault stays."""
    callers.upstream.reply_with(echo)
    await callers.answers_again()


def head(callers: Account, length: int, *headers: str) -> bytes:
    lines = ["POST /v1/chat/completions HTTP/1.1", "host: ecluse", f"content-length: {length}", *headers]
    lines += [f"{name}: {value}" for name, value in callers.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def said(messages: list[Any], **more: Any) -> bytes:
    return json.dumps({"model": "reformulation@modele", "messages": messages} | more).encode()


def asked(content: Any, *, stream: bool = False, **more: Any) -> bytes:
    return said([{"role": "user", "content": content}], stream=stream, **more)


@contextlib.asynccontextmanager
async def connected(callers: Account) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Connect, and leave without a farewell: what is under way is reset."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
    sock.setblocking(False)  # noqa: FBT003 - the standard library's own
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", callers.houses[0].port))
    reader, writer = await asyncio.open_connection(sock=sock)
    try:
        yield reader, writer
    finally:
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()


async def hang_up(callers: Account, number: int) -> None:
    """Leave before a word, in the head, in the body, before the answer, or in the middle of a stream."""
    body = asked(SOLENE.note(), stream=number % 10 == 9)
    whole = head(callers, len(body), "connection: close") + body
    sent = {0: b"", 1: b"", 2: b"", 3: whole[:40], 4: whole[:40], 5: whole[:-100], 6: whole[:-100]}
    with contextlib.suppress(OSError, EOFError):
        async with connected(callers) as (reader, writer):
            writer.write(sent.get(number % 10, whole))
            await writer.drain()
            if number % 10 == 9:
                await reader.readuntil(b"data: ")


async def test_a_thousand_clients_that_hang_up_leave_nothing(house: Serving, upstream: RecordingUpstream) -> None:
    """Would catch: models that work for nobody, records left open, connections never closed, a quota that is dodged."""
    callers = await account([house], upstream, allowance=60)
    assert (await callers.ask()).answered
    pid = house.process.pid
    before, held = files(pid), memory(pid)
    upstream.reply_with(Says("Bonjour à tous. " * 40))
    turns = asyncio.Semaphore(AT_ONCE)

    async def turn(number: int) -> None:
        async with turns, asyncio.timeout(SECONDS):
            await hang_up(callers, number)

    async with asyncio.TaskGroup() as group:
        for number in range(CLIENTS):
            group.create_task(turn(number))
    recorded = await callers.balanced()
    assert {line.ending for line in recorded} >= {Ending.CANCELLED, Ending.LIMITED}
    async with asyncio.timeout(SECONDS):
        while files(pid) > before + KEPT:  # noqa: ASYNC110 - another process has no event
            await asyncio.sleep(0.1)
    assert memory(pid) - held < GROWTH
    await well(await account([house], upstream))


async def test_readers_who_do_not_read_hold_nothing_but_their_own_stream(
    house: Serving, upstream: RecordingUpstream
) -> None:
    """Would catch: an answer collected in memory for whoever does not take it, and a model that is never let go."""
    callers = await account([house], upstream)
    piece = {"choices": [{"index": 0, "delta": {"content": "Bonjour à tous.\n" * 2_000}, "finish_reason": None}]}
    upstream.reply_with(Pieces([b"data: " + json.dumps(piece).encode() + b"\n\n"], endless=True))
    held = memory(house.process.pid)
    body = asked(SOLENE.note(), stream=True)
    async with contextlib.AsyncExitStack() as stack, asyncio.timeout(2 * SECONDS):
        begun = 0
        while begun < READERS:
            reader, writer = await stack.enter_async_context(connected(callers))
            writer.write(head(callers, len(body)) + body)
            with contextlib.suppress(EOFError):  # a journal on a slow disk refuses instead
                await reader.readuntil(b"data: ")
                writer.transport.pause_reading()  # type: ignore[attr-defined]
                begun += 1
        await asyncio.sleep(3)
        assert memory(house.process.pid) - held < 2 * GROWTH
        await well(callers)
    recorded = await callers.balanced()
    assert sum(line.ending is Ending.CANCELLED for line in recorded) == READERS


async def test_a_reader_who_takes_its_time_gets_the_whole(house: Serving, upstream: RecordingUpstream) -> None:
    callers = await account([house], upstream)
    upstream.reply_with(Says("Bonjour à tous. " * 20_000, piece=2_000))
    body, heard = asked(SOLENE.note(), stream=True), bytearray()
    async with connected(callers) as (reader, writer):
        writer.write(head(callers, len(body), "connection: close") + body)
        while piece := await reader.read(20_000):
            heard += piece
            await asyncio.sleep(0.005)
    assert b"[DONE]" in heard
    assert [line.ending for line in await callers.balanced()] == [Ending.ANSWERED]


def deep(depth: int, opening: str = "[", closing: str = "]") -> str:
    return opening * depth + "1" + closing * depth


def called(arguments: str) -> bytes:
    call = {"id": "call_1", "type": "function", "function": {"name": "lire", "arguments": arguments}}
    return said([{"role": "user", "content": SOLENE.note()}, {"role": "assistant", "tool_calls": [call]}])


def tooled(parameters: str) -> bytes:
    tools = [{"type": "function", "function": {"name": "lire", "parameters": {"x": "@"}}}]
    return asked(SOLENE.note(), tools=tools).replace(b'"@"', parameters.encode())


NOTE = asked(SOLENE.note())
BODIES: dict[str, tuple[bytes, set[str]]] = {
    "10 MB": (asked("a" * MEGABYTES), TOO_LARGE),
    "100 000 messages": (said([{"role": "user", "content": "a"}] * 100_000), TOO_LARGE),
    "a text beyond the limit": (asked("a " * 150_000), TOO_LARGE),
    "a million faults": (said([1] * 1_300_000), UNREADABLE),
    "wide arguments": (called(json.dumps([1] * 1_200_000)), TOO_LARGE),
    "many tools": (asked("a", tools=[{"type": "function", "function": {"name": "a"}}] * 500), TOO_LARGE),
    "deep": (b"[" * 1_000_000, UNREADABLE),
    "deep content": (asked("@").replace(b'"@"', deep(100_000).encode()), UNREADABLE),
    "deep tools": (tooled(deep(400_000, '{"a":', "}")), UNREADABLE),
    "tools somewhat deep": (tooled(deep(150, '{"a":', "}")), UNREADABLE),
    "deep arguments": (called(deep(400_000)), UNREADABLE),
    "arguments somewhat deep": (called(deep(150)), UNREADABLE),
    "no UTF-8": (NOTE[:60] + b"\xff\xfe\xc3\x28\xed\xa0\x80" + NOTE[60:], UNREADABLE),
    "UTF-16": (NOTE.decode().encode("utf-16"), UNREADABLE),
    "cut": (NOTE[:-30], UNREADABLE),
    "nothing": (b"", UNREADABLE),
    "a number without end": (asked("a", seed=1).replace(b'"seed": 1', b'"seed": ' + b"9" * 100_000), UNREADABLE),
    "half a character": (NOTE.replace(b"Dyspn", b"\\ud83d Dyspn"), UNREADABLE),
    "NUL": (NOTE.replace(b"Dyspn", b"\\u0000 Dyspn"), {"answered"}),
}


async def test_bodies_beyond_measure_are_refused_in_words_while_others_are_answered(
    house: Serving, upstream: RecordingUpstream
) -> None:
    """Would catch: a recursion that ends the process, a parser that stops the ward, a body kept in memory."""
    callers, others = await account([house], upstream), await account([house], upstream)
    held = memory(house.process.pid)
    for name, (body, codes) in BODIES.items():
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            sending, asking = group.create_task(callers.send(body)), group.create_task(others.ask())
        assert sending.result().code in codes, (name, sending.result().code)
        assert asking.result().answered, name
        assert time.monotonic() - began < 60, name
    await callers.balanced()
    assert memory(house.process.pid) - held < GROWTH


async def raw(callers: Account, *pieces: bytes, pause: float = 0) -> Heard:
    """Send pieces as they are, as far as they are taken, and return what came back."""
    heard = Heard()
    callers.heard.append(heard)
    answer = bytearray()
    async with connected(callers) as (reader, writer), asyncio.timeout(SECONDS):
        with contextlib.suppress(OSError):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)
        with contextlib.suppress(OSError):
            while piece := await reader.read(65_536):
                answer += piece
    first, _, rest = bytes(answer).partition(b"\r\n\r\n")
    heard.status, heard.body = int(first.split()[1]) if first else 0, bytearray(rest)
    return heard


async def chunked(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 100_000):
        yield b" " * 100_000


async def test_a_body_is_refused_before_it_has_come(house: Serving, upstream: RecordingUpstream) -> None:
    """Would catch: ten megabytes read, and kept, to be refused; a length that is believed where there is none."""
    callers = await account([house], upstream)
    told = await raw(callers, head(callers, MEGABYTES, "connection: close"))
    assert (told.status, told.code) == (413, "demande_trop_volumineuse")
    told = await callers.send(chunked(MEGABYTES))
    assert (told.status, told.code) == (413, "demande_trop_volumineuse")
    await well(callers)
    await callers.balanced()


REQUEST = b"POST /v1/chat/completions HTTP/1.1\r\nhost: ecluse\r\n"
HEADS: dict[str, tuple[list[bytes], set[int]]] = {
    "many headers": ([REQUEST, b"x-flood: 0123456789\r\n" * 4_000], {431}),
    "one that does not end": ([REQUEST + b"x-flood: ", *([b"0" * 10_000] * 7)], {431}),
    "a flood of 30 MB": ([REQUEST, *([b"x-flood: 0123456789\r\n" * 5_000] * 300)], {0, 431}),
    "an address without end": ([b"GET /", *([b"a" * 10_000] * 7)], {431}),
    "no HTTP": ([b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"], {400}),
    "a length that is none": ([REQUEST + b"content-length: -1\r\n\r\n"], {400}),
    "two lengths": ([REQUEST + b"content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"], {400, 401}),
    "a name that is none": ([REQUEST + b"na\x00me: a\r\n\r\n"], {400}),
    "no ASCII": ([b"GET /\xff\xfe HTTP/1.1\r\nhost: ecluse\r\nconnection: close\r\n\r\n"], {400, 404}),
    "a key that is no ASCII": ([REQUEST + b"authorization: Bearer \xff\xfe\r\nconnection: close\r\n\r\n"], {401}),
}


@pytest.mark.parametrize(("pieces", "statuses"), HEADS.values(), ids=HEADS)
async def test_heads_that_flood_or_are_none_are_refused_in_words(
    house: Serving, upstream: RecordingUpstream, pieces: list[bytes], statuses: set[int]
) -> None:
    """Would catch: a stranger without a key who fills the memory with headers, or is answered in a library's words."""
    callers = await account([house], upstream)
    held = memory(house.process.pid)
    heard = await raw(callers, *pieces)
    assert heard.status in statuses
    assert heard.status == 0 or heard.error
    assert memory(house.process.pid) - held < GROWTH
    await callers.balanced(breaks=True)


async def test_words_in_headers_that_are_none_are_refused(house: Serving, upstream: RecordingUpstream) -> None:
    callers = await account([house], upstream)
    for value in (b"\xff\xfe", b"caf\xc3\xa9", b"a" * 20_000):
        assert (await callers.send(NOTE, Ecluse_Use=value)).code not in {"answered", "erreur_interne"}
        assert (await callers.send(NOTE, Ecluse_Case=value)).code != "erreur_interne"
    await callers.balanced()


async def test_a_masking_worker_that_is_killed_costs_nobody_a_name(house: Serving, upstream: RecordingUpstream) -> None:
    """Would catch: a text sent as it came where the process that masks it dies; a gateway that never masks again."""
    callers = await account([house], upstream)
    upstream.reply_with(Says("Bonjour à tous."))
    (worker,) = masking_workers(house.process.pid)
    async with callers.crowd(4, lambda turn: f"{(SOLENE, MARGOT)[turn % 2].note()} Jour {turn}."):
        await asyncio.sleep(1)
        os.kill(worker, signal.SIGKILL)
        await asyncio.sleep(1)
    down = {"lecture_indisponible", "masquage_indisponible", "masquage_sature"}
    assert {heard.code for heard in callers.heard} <= {"answered", *down}
    await well(callers)
    await callers.balanced()
