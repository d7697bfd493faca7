"""An ASGI client that can leave when it likes, which HTTP libraries in memory cannot."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.types import ASGIApp, Message


@dataclass
class Visit:
    """One request; `leave` closes the connection, `sent` gathers what came back."""

    body: bytes
    path: str = "/v1/chat/completions"
    method: str = "POST"
    headers: dict[str, str] = field(default_factory=lambda: {"authorization": "Bearer good"})
    sent: list[Message] = field(default_factory=list)
    _gone: asyncio.Event = field(default_factory=asyncio.Event)
    _asked: bool = False

    def leave(self) -> None:
        """Go away."""
        self._gone.set()

    async def play(self, app: ASGIApp, **scope: Any) -> None:
        """Run the request to its end."""
        raw = [(name.lower().encode(), value.encode()) for name, value in self.headers.items()]
        path, _, query = self.path.partition("?")
        await app(
            {
                "type": "http",
                "asgi": {"version": "3.0", "spec_version": "2.3"},
                "http_version": "1.1",
                "method": self.method,
                "scheme": "http",
                "path": path,
                "raw_path": path.encode(),
                "query_string": query.encode(),
                "root_path": "",
                "headers": raw,
                "client": ("127.0.0.1", 1),
                "server": ("127.0.0.1", 2),
                **scope,
            },
            self._receive,
            self._send,
        )

    @property
    def status(self) -> int | None:
        """Return the status; None where none came."""
        return next((message["status"] for message in self.sent if message["type"] == "http.response.start"), None)

    @property
    def response_headers(self) -> dict[str, str]:
        """Return the headers, names in lower case."""
        start = next(message for message in self.sent if message["type"] == "http.response.start")
        return {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}

    @property
    def content(self) -> bytes:
        """Return the whole body."""
        return b"".join(message.get("body", b"") for message in self.sent if message["type"] == "http.response.body")

    @property
    def ended(self) -> bool:
        """Return whether the answer was ended properly."""
        return bool(self.sent) and not self.sent[-1].get("more_body", False)

    def json(self) -> Any:
        """Return the body, parsed."""
        return orjson.loads(self.content)

    async def _receive(self) -> Message:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": self.body, "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)
