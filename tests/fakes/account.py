"""What callers heard during a fault, held against what left, what was recorded and what was counted."""

import asyncio
import hashlib
import hmac
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from config.loader import load_settings
from config.settings import Settings
from gateway.api.problems import CODES
from gateway.audit.event import Ending, Line
from gateway.audit.heads import Heads
from gateway.audit.sql import lines, verify
from gateway.audit.sql.trail import HASH_BYTES
from gateway.database import UNAVAILABLE, Database
from gateway.identity.sql import KeyKind, KeyRequest, SqlDirectory
from gateway.secrets import hmac_key, signing_key
from tests.fakes.openai_server import RecordingUpstream
from tests.fakes.patients import MARGOT, SOLENE
from tests.fakes.serving import SECONDS, Serving

BROKEN = 0
"""The status of a request whose connection broke before an answer had begun."""

LONGEST, KEPT = 8_000_000, 1_000_000
"""Bytes of an answer beyond which its beginning is forgotten, and those that are kept."""

PLENTY = 100_000
"""An allowance that no test uses up."""


@dataclass
class Heard:
    """What one caller heard."""

    status: int = BROKEN
    body: bytearray = field(default_factory=bytearray)
    """The end of it, where it is very long."""
    streamed: bool = False
    broken: bool = False
    """Whether the connection was cut in the middle."""
    headers: Mapping[str, str] = field(default_factory=dict)
    ended: bool = False
    """Whether nothing more will come."""
    house: int = 0
    """Which gateway was asked."""

    @property
    def events(self) -> list[str]:
        """Return the data of each event that came whole."""
        *whole, _ = self.body.decode("utf-8", "replace").split("\n\n")
        return [event.removeprefix("data: ") for event in whole]

    @property
    def answered(self) -> bool:
        """Return whether a whole answer came."""
        return self.status == 200 and not self.broken and (not self.streamed or self.events[-1:] == ["[DONE]"])

    @property
    def error(self) -> dict[str, Any]:
        """Return what the caller was told of an error; fails where that has not the house's form."""
        told = json.loads(self.events[-1] if self.streamed and self.status == 200 else self.body)["error"]
        assert set(told) == {"message", "type", "code", "param", "ecluse"}, told
        assert told["code"] in CODES, told
        assert told["message"].strip(), told
        return dict(told)

    @property
    def code(self) -> str:
        """Return the code of the error, or `answered`, or `broken`."""
        if self.answered:
            return "answered"
        return "broken" if self.broken or self.status == BROKEN else str(self.error["code"])

    @property
    def output_id(self) -> str | None:
        """Return the id under which the answer is recorded."""
        return self.headers.get("ecluse-output")


class Account:
    """Callers of one or more gateways that share a journal, with a key of their own, and what has to be true of them.

    `balanced` asserts it: no identifier left, nothing was asked of a model or answered without a record, no record is
    left open, the chains verify, the quota held, and whoever got no answer was told why in the house's form.
    """

    def __init__(self, houses: Sequence[Serving], upstream: RecordingUpstream, key: str, allowance: int) -> None:
        """Made by `account`."""
        self.houses, self.upstream, self.key, self.allowance = houses, upstream, key, allowance
        self.heard: list[Heard] = []
        self.settings: Settings = load_settings(houses[0].file)
        said = f"caller\n{key.split('_')[1]}".encode()
        digest = hmac.new(hmac_key(self.settings.journal_key_file), said, hashlib.sha256).digest()
        self._caller = digest[:HASH_BYTES].hex()
        self._began = time.monotonic()
        self._before: set[str] = set()

    @property
    def headers(self) -> dict[str, str]:
        """Return what a request needs to be known."""
        return {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}

    async def ask(
        self, content: str = SOLENE.note(), *, stream: bool = False, house: int = 0, model: str = "reformulation@modele"
    ) -> Heard:
        """Ask once, on a connection of its own."""
        asked = {"model": model, "messages": [{"role": "user", "content": content}], "stream": stream}
        return await self.send(json.dumps(asked).encode(), stream=stream, house=house)

    async def send(self, body: Any, *, stream: bool = False, house: int = 0, **headers: str | bytes) -> Heard:
        """Send these very bytes."""
        heard = Heard(streamed=stream, house=house)
        self.heard.append(heard)
        named = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        url = self.houses[house].url
        try:
            async with (
                httpx.AsyncClient(base_url=url, timeout=SECONDS) as http,
                http.stream("POST", "/v1/chat/completions", content=body, headers=list(named.items())) as come,
            ):
                heard.status, heard.headers = come.status_code, come.headers
                async for piece in come.aiter_raw():
                    heard.body += piece
                    if len(heard.body) > LONGEST:
                        del heard.body[:-KEPT]
        except httpx.TransportError:
            heard.broken = True
        heard.ended = True
        return heard

    async def until(self, wanted: Callable[[Sequence[Heard]], bool]) -> None:
        """Wait until it is true of what is heard from now on, by whoever has asked already and whoever will."""
        before = {id(heard) for heard in self.heard if heard.ended}
        async with asyncio.timeout(SECONDS):
            while not wanted([heard for heard in self.heard if heard.ended and id(heard) not in before]):  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    async def midway(self, house: int) -> None:
        """Wait until a stream of this gateway has just begun to be heard."""
        async with asyncio.timeout(SECONDS):
            while not any(one.house == house and 0 < len(one.events) < 5 and not one.ended for one in self.heard):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def answers_again(self) -> None:
        """Wait until everybody is answered, by each gateway, whole and streamed."""
        asked = [(house, stream) for house in range(len(self.houses)) for stream in (False, True)]
        async with asyncio.timeout(SECONDS):
            while not all([(await self.ask(stream=stream, house=house)).answered for house, stream in asked]):  # noqa: ASYNC110
                await asyncio.sleep(0.2)

    @asynccontextmanager
    async def crowd(
        self, people: int = 4, says: Callable[[int], str] = lambda _: SOLENE.note(), *, streams: bool = True
    ) -> AsyncIterator[None]:
        """Have people ask again as soon as they are answered, each gateway in turn, half of them for streams."""
        left = asyncio.Event()
        turns = itertools.count()

        async def go_on(number: int) -> None:
            while not left.is_set():
                house = number // 2 % len(self.houses)
                await self.ask(says(next(turns)), stream=streams and bool(number % 2), house=house)
                await asyncio.sleep(0.02)

        async with asyncio.TaskGroup() as group:
            for number in range(people):
                group.create_task(go_on(number))
            try:
                yield
            finally:
                left.set()

    async def balanced(
        self, *, refills: int = 0, open_records: int = 0, resent: int = 0, breaks: bool = False
    ) -> list[Line]:
        """Assert all of it, and return this account's lines of the journal.

        `refills`: how often a fault has given the allowance anew; `open_records`: how many requests may have been lost
        with their gateway or its journal; `resent`: how many were sent twice, since a kept connection was found closed;
        `breaks`: whether connections may have been cut.
        """
        self.heard = [heard for heard in self.heard if heard.ended]
        for heard in self.heard:
            assert heard.answered or (breaks and heard.code == "broken") or heard.error
        recorded = await self._recorded(open_records)
        self._nothing_left(recorded, resent)
        answered = {line.output_id for line in recorded if line.ending is Ending.ANSWERED}
        assert {heard.output_id for heard in self.heard if heard.answered} <= answered
        own = [line for line in recorded if line.caller == self._caller]
        allowed = self.allowance * (1 + refills + (time.monotonic() - self._began) / 60) + 1
        assert sum(map(_spent, own)) <= allowed
        await self._verified()
        return own

    def _nothing_left(self, recorded: Sequence[Line], resent: int) -> None:
        assert len(self.upstream.requests) <= sum(line.decision == "allow" for line in recorded) + resent
        for request in self.upstream.requests:
            left = request.raw.decode("utf-8", "replace") + json.dumps(request.body, ensure_ascii=False)
            assert [text for text in (*SOLENE.identifiers, *MARGOT.identifiers) if text in left] == []

    async def _recorded(self, open_records: int) -> list[Line]:
        """Return the lines since the beginning, once those of callers who left are closed."""
        async with asyncio.timeout(SECONDS), self.database() as database:
            while True:
                new = [each.line async for each in lines(database) if each.line.output_id not in self._before]
                if sum(line.ending is Ending.INTERRUPTED for line in new) <= open_records:
                    return new
                await asyncio.sleep(0.2)

    async def _verified(self) -> None:
        async with self.database() as database:
            heads = Heads(self.settings.data_dir / "heads")
            key = signing_key(self.settings.journal_signing_key_file).public_key()
            assert (await verify(database, heads, key)).findings == ()

    @asynccontextmanager
    async def database(self) -> AsyncIterator[Database]:
        """Open the journal's database."""
        database = Database(self.settings.database_url)
        try:
            yield database
        finally:
            await database.close()

    async def begin(self) -> "Account":
        """Forget what was before."""
        async with self.database() as database:
            self._before = {each.line.output_id async for each in lines(database)}
        self.upstream.forget()
        self._began = time.monotonic()
        return self


def _spent(line: Line) -> bool:
    """Return whether a request is known to have been let through by its quota.

    Whoever leaves early may have left before it: on a loaded machine most of a thousand do.
    """
    if line.ending is Ending.CANCELLED:
        return bool(line.masked)
    return line.ending not in {Ending.LIMITED, Ending.REFUSED} and line.failure != "QuotaUnavailableError"


_TRIES = 5


async def account(
    houses: Sequence[Serving],
    upstream: RecordingUpstream,
    *,
    allowance: int = PLENTY,
    kind: KeyKind = KeyKind.TOOL,
) -> Account:
    """Open an account with a new key, whose allowance is of requests a minute."""
    settings = load_settings(houses[0].file)
    database = Database(settings.identity_database_url)
    await database.start()
    request = KeyRequest("medecin", "cardiologie", kind, requests_per_minute=allowance)
    for left in reversed(range(_TRIES)):
        try:  # on a loaded machine a gateway may hold SQLite's one lock for longer than SQLite waits
            key = (await SqlDirectory(database).create(request)).reveal()
            break
        except UNAVAILABLE:
            if not left:
                raise
    await database.close()
    return await Account(houses, upstream, key, allowance).begin()
