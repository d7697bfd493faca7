"""Requests to one model's server over aiohttp; the only file that imports it.

Connections are kept between requests and closed with this object; redirections are not followed, cookies not kept,
compression not asked for. Fails in our words, with nothing of what was sent or answered.
"""

import asyncio
import contextlib
import ssl
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace, TracebackType
from typing import Final, Self

import aiohttp
from yarl import URL

from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError, UpstreamTimeoutError
from gateway.upstream.reception import Measure, of_status
from gateway.upstream.watch import Watch

_KEPT_SECONDS: Final = 55.0
"""An idle connection is closed before the minute after which most reverse proxies close it themselves."""
_MOST_CONNECTIONS: Final = 1000
_LINGER_SECONDS: Final = 0.05
"""How long the end of a connection's answer is waited for, once the stream has said that it is done."""

_FAILURES: Final = (aiohttp.ClientError, TimeoutError, OSError, ValueError, RuntimeError)
"""What aiohttp raises: a `ValueError` for an address, a `RuntimeError` for a connection or a session that is closed."""
_CLOSED_MEANWHILE: Final = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientConnectionResetError)


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach a server."""

    url: str
    headers: Mapping[str, str] = field(repr=False)
    timeout_seconds: float
    """Until the head of an answer has come, and between two pieces of it."""
    tls: ssl.SSLContext | bool = True


@dataclass(slots=True)
class _Attempt:
    """One attempt to send a request."""

    reused: bool = False
    """Whether it went out on a connection that was kept."""


class Answer:
    """An answer of success, to be read within `async with`; leaving it closes the connection unless it is over."""

    def __init__(self, response: aiohttp.ClientResponse, watch: Watch, seconds: float, *, streamed: bool) -> None:
        """`seconds` are those between two pieces; `watch` is closed at the end."""
        self._response, self._measure = response, Measure(streamed=streamed)
        self._watch, self._seconds = watch, seconds

    async def read(self) -> bytes:
        """Return what has come, nothing at the end; raises `UpstreamError` or one of its kinds."""
        piece, failure = b"", None
        try:
            with self._watch.within(self._seconds):
                piece = await self._response.content.readany()
        except _FAILURES as error:
            failure = _in_our_words(error)
        if failure is not None:
            raise failure  # outside of the handler: neither cause nor context keeps what the server said
        self._measure.add(len(piece))
        return piece

    async def linger(self) -> None:
        """Wait a moment for the end of an answer of which all was read, so that its connection can be kept."""
        if not self._response.content.at_eof():
            with contextlib.suppress(*_FAILURES):
                async with asyncio.timeout(_LINGER_SECONDS):
                    await self._response.content.readany()

    async def __aenter__(self) -> Self:
        """Begin to read."""
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Keep the connection or close it."""
        self._watch.close()
        if self._response.content.at_eof():
            self._response.release()
        else:
            self._response.close()


class Transport:
    """Sends requests. Is first used in the event loop where it stays."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._url = URL(connection.url)
        self._proxy = _proxy(self._url)
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, body: bytes, *, streamed: bool) -> Answer:
        """Return an answer as soon as its head has come; raises `UpstreamError` or one of its kinds."""
        response, failure = None, None
        watch, seconds = Watch(), self._connection.timeout_seconds
        try:
            with watch.within(seconds):
                response = await self._sent(body)
        except _FAILURES as error:
            failure = _in_our_words(error)
        except BaseException:
            watch.close()
            raise
        if response is not None:
            failure = of_status(response.status, response.headers.get("Retry-After"))
            if failure is None:
                return Answer(response, watch, seconds, streamed=streamed)
            response.close()
        watch.close()
        raise failure or UpstreamOverloadedError  # outside of the handler, as in `Answer.read`

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def _sent(self, body: bytes) -> aiohttp.ClientResponse:
        """Return the answer, its body unread.

        A kept connection that its server has closed meanwhile is told from the fall of a server by having been used
        before and having brought nothing of an answer, as far as it shows: only then is the request sent again, once.
        """
        attempt = _Attempt()
        try:
            return await self._send(body, attempt)
        except _CLOSED_MEANWHILE as error:
            if not attempt.reused or isinstance(error, aiohttp.ClientConnectorError) or _has_begun(error):
                raise
        return await self._send(body, _Attempt())

    async def _send(self, body: bytes, attempt: _Attempt) -> aiohttp.ClientResponse:
        if self._session is None:
            self._session = self._opened()
        return await self._session.post(
            self._url, data=body, allow_redirects=False, proxy=self._proxy, trace_request_ctx=attempt
        )

    def _opened(self) -> aiohttp.ClientSession:
        watched = aiohttp.TraceConfig()
        watched.on_connection_reuseconn.append(_note_reuse)
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=_MOST_CONNECTIONS, keepalive_timeout=_KEPT_SECONDS, ssl=self._connection.tls
            ),
            headers={"Accept-Encoding": "identity", **self._connection.headers},
            cookie_jar=aiohttp.DummyCookieJar(),
            # The waits are watched here, the whole of an answer by the router, who knows the attempts and the pauses.
            timeout=aiohttp.ClientTimeout(total=None),
            trace_configs=[watched],
        )


async def _note_reuse(_session: aiohttp.ClientSession, context: SimpleNamespace, _: object) -> None:
    attempt = context.trace_request_ctx
    if isinstance(attempt, _Attempt):
        attempt.reused = True


def _has_begun(error: BaseException) -> bool:
    """Return whether a server closed its connection within the head of an answer."""
    return isinstance(error, aiohttp.ServerDisconnectedError) and not isinstance(error.message, str)


def _proxy(url: URL) -> str | None:
    """Return the proxy that the environment names for this address, as litellm reads it."""
    if url.host is None or urllib.request.proxy_bypass(url.host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy


def _in_our_words(error: BaseException) -> UpstreamError:
    """Return our error for what aiohttp raises; nothing of its text is kept."""
    if isinstance(error, TimeoutError):
        return UpstreamTimeoutError("no answer in time")
    if isinstance(error, aiohttp.InvalidURL) or not isinstance(error, aiohttp.ClientError | OSError):
        return UpstreamRefusedError("request refused or answer unusable")
    return UpstreamOverloadedError()
