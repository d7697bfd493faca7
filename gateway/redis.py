"""The one way to Redis, where gateways that serve together keep what they share.

A Redis that does not answer is left alone for a while: a request must not wait for it again and again.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

from redis.asyncio import Redis as Client
from redis.asyncio import Sentinel
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, RedisError, ResponseError

from config.shared import Shared

T = TypeVar("T")

PATIENCE: Final = 2
"""Failures one after the other before Redis is left alone: a single one may be this process's own delay."""


UNHURRIED_SECONDS: Final = 1.0
"""How long an answer is waited for on which no request waits."""


class RedisUnavailableError(Exception):
    """Redis does not answer, or not as it should."""


class LeftAloneError(RedisUnavailableError):
    """Redis was not even asked, since it has not answered lately: nothing can have been done."""


class OtherKeyError(Exception):
    """Gateways that share a Redis have different journal keys: they would count apart, and not believe each other."""

    def __init__(self) -> None:
        super().__init__("another journal key is in use on this Redis")


class Script:
    """A Lua script, which Redis runs as one step; sent whole only where Redis does not know it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.digest: str | None = None


class Redis:
    """Names begin with the configured prefix. Each call answers in time or raises `RedisUnavailableError`."""

    def __init__(self, settings: Shared, clock: Callable[[], float] = time.monotonic) -> None:
        """Connect to nothing yet."""
        self._client, self._guides = _client(settings)
        self._prefix, self._timeout, self._pause = settings.prefix, settings.timeout_seconds, settings.pause_seconds
        self._clock = clock
        self._failures = 0
        self._left_alone_until = 0.0

    async def run(
        self, script: Script, names: Sequence[str], values: Sequence[str | int], *, hurried: bool = True
    ) -> Any:  # noqa: ANN401 - whatever the script answers
        """Return what `script` answers over these names and values; not `hurried` where no request waits for it."""
        keys = [self._named(name) for name in names]

        async def evaluate() -> object:
            if script.digest is None:
                script.digest = str(await self._client.script_load(script.text))
            try:
                return await self._client.evalsha(script.digest, len(keys), *keys, *values)
            except NoScriptError:  # a Redis that was restarted has forgotten it
                await self._client.script_load(script.text)
                return await self._client.evalsha(script.digest, len(keys), *keys, *values)

        return await self._ask(evaluate, hurried=hurried)

    async def fields(self, name: str) -> Mapping[str, str]:
        """Return every field of a hash; none where there is no such hash.

        No request waits for this one, so it is asked also while Redis is left alone: news of a stop must not wait for
        the end of a pause, and an answer ends it.
        """
        found = await self._ask(lambda: self._client.hgetall(self._named(name)), hurried=False)
        return {str(field): str(value) for field, value in found.items()}

    async def settle_on(self, name: str, value: str) -> str:
        """Return what stands under `name`, which is `value` where nothing did."""

        async def settle() -> str:
            await self._client.set(self._named(name), value, nx=True)
            return str(await self._client.get(self._named(name)))

        return await self._ask(settle)

    async def require_one_key(self, fingerprint: str) -> None:
        """Raise `OtherKeyError` where gateways with another key use this Redis; a Redis that is away cannot tell."""
        with suppress(RedisUnavailableError):
            if await self.settle_on("key", fingerprint) != fingerprint:
                raise OtherKeyError

    async def check(self) -> None:
        """Raise unless Redis answers."""
        await self._ask(self._client.ping)

    async def close(self) -> None:
        """Give back connections."""
        for client in (self._client, *self._guides):
            await client.aclose()

    async def _ask(self, command: Callable[[], Awaitable[T]], *, hurried: bool = True) -> T:
        now = self._clock()
        if hurried and now < self._left_alone_until:
            raise LeftAloneError("left alone")
        if hurried and self._failures >= PATIENCE:
            self._left_alone_until = now + self._pause  # one call tries, the others do not wait behind it
        try:
            async with asyncio.timeout(self._timeout if hurried else max(self._timeout, UNHURRIED_SECONDS)):
                answer = await command()
        except ResponseError:  # an answer, though a refusal: nobody else has to be kept from asking
            self._failures, self._left_alone_until = 0, 0.0
            raise RedisUnavailableError("refused") from None
        except (RedisError, OSError, TimeoutError):
            self._failures += 1
            if self._failures >= PATIENCE:
                self._left_alone_until = self._clock() + self._pause
            raise RedisUnavailableError("no answer") from None
        self._failures, self._left_alone_until = 0, 0.0
        return answer

    def _named(self, name: str) -> str:
        return f"{self._prefix}:{name}"


def _client(settings: Shared) -> tuple[Client, Sequence[Client]]:
    """Return what asks Redis, and what asks the Sentinels where it is."""
    options: dict[str, Any] = {
        "decode_responses": True,
        "encoding_errors": "replace",  # what somebody else wrote there is no reason to fail
        # Each call has a time of its own; this is for connections that nobody waits for any more.
        "socket_timeout": max(settings.timeout_seconds, UNHURRIED_SECONDS),
        "socket_connect_timeout": max(settings.timeout_seconds, UNHURRIED_SECONDS),
        # Connections kept from before a restart fail once.
        "retry": Retry(NoBackoff(), 1),
    }
    options |= _given(username=settings.username, password=settings.password())
    options |= _given(ssl_ca_certs=str(settings.ca_file) if settings.ca_file else None)
    if settings.redis_url is not None:
        return Client.from_url(settings.redis_url, **options), ()
    # All of them may be asked in turn before an answer is late.
    each = settings.timeout_seconds / max(1, len(settings.sentinels))
    asking = {"socket_timeout": each, "socket_connect_timeout": each, "retry": Retry(NoBackoff(), 0)}
    asking |= _given(password=settings.sentinel_password())
    if settings.encrypted:
        options["ssl"] = True
        asking |= {"ssl": True} | _given(ssl_ca_certs=options.get("ssl_ca_certs"))
    places = [(host, int(port)) for host, _, port in (place.rpartition(":") for place in settings.sentinels)]
    sentinel = Sentinel(places, sentinel_kwargs=asking)  # type: ignore[no-untyped-call]  # the library's own
    client: Client = sentinel.master_for(settings.master or "", db=settings.database, **options)
    return client, sentinel.sentinels


def _given(**options: str | None) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}
