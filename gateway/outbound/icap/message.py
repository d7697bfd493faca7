"""Requests and answers of ICAP (RFC 3507), as far as a filter of names needs them."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from gateway.outbound.judge import Answer
from gateway.outbound.refusal import page_of, refusal_of

MARK: Final = "X-Ecluse-Mark"
"""Of ICAP answers: the decision in one word, which the proxy writes in its log."""
REFUSED: Final = "X-Ecluse-Refused"
"""Of a request that is refused, and let through for now: the service."""

LONGEST: Final = 1 << 16
"""Bytes of a head."""
CONNECTIONS: Final = 1000
_SHORT: Final = 30
"""Characters of a tag: 32 with its quotes, says the RFC."""


class IcapError(Exception):
    """What was received is no ICAP request; nothing of it is quoted."""


@dataclass(frozen=True, slots=True)
class IcapRequest:
    """The head of an ICAP request."""

    method: str
    service: str
    headers: Mapping[str, str]

    @classmethod
    def read(cls, head: bytes) -> Self:
        """Return the request of a head; raises `IcapError`."""
        line, headers = parsed(head)
        method, _, rest = line.partition(" ")
        address, _, version = rest.rpartition(" ")
        if not version.startswith("ICAP/"):
            raise IcapError("no request line")
        return cls(method, urlsplit(address).path.strip("/"), headers)

    @property
    def parts(self) -> tuple[int, bool]:
        """Return the length of the encapsulated head, and whether a body follows."""
        for part in self.headers.get("encapsulated", "").split(","):
            name, _, offset = part.strip().partition("=")
            if name in {"req-body", "null-body"} and offset.isdecimal() and int(offset) <= LONGEST:
                return int(offset), name == "req-body"
        raise IcapError("no encapsulated request")

    @property
    def user(self) -> str:
        """Return who asks; `X-Authenticated-User` is in base 64, as a name or as an address that ends in it."""
        if name := self.headers.get("x-client-username", ""):
            return name
        coded = self.headers.get("x-authenticated-user", "")
        try:
            return base64.b64decode(coded, validate=True).decode("utf-8").rpartition("/")[2]
        except ValueError:
            return coded.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """The head of the request that is asked about."""

    raw: bytes
    method: str
    target: str
    headers: Mapping[str, str]

    @classmethod
    def read(cls, head: bytes) -> Self:
        """Return the request of a head, whatever it is."""
        line, headers = parsed(head)
        method, _, rest = line.partition(" ")
        return cls(head, method.upper(), rest.partition(" ")[0], headers)

    @property
    def host(self) -> str:
        """Return the host that is asked for, with its port if it is written."""
        if self.method == "CONNECT":
            return self.target
        scheme, found, rest = self.target.partition("://")
        if found and scheme.isalpha():
            return rest.partition("/")[0].partition("?")[0].rpartition("@")[2]
        return self.headers.get("host", "")

    @property
    def counts(self) -> bool:
        """Return whether this is the one request of its connection that is counted: not what is inside a tunnel."""
        return self.method == "CONNECT" or self.target.lower().startswith("http://")

    @property
    def navigation(self) -> bool:
        """Return whether a person's browser asks, and would show a page."""
        return self.method != "CONNECT" and "text/html" in self.headers.get("accept", "").lower()


def head_of(status: str, answer: Answer, encapsulated: str) -> bytes:
    """Return the head of an ICAP answer, with the mark of the decision."""
    mark = f"{MARK}: {answer.mark}\r\n" if answer.mark else ""
    return (
        f"ICAP/1.0 {status}\r\nISTag: {_tag(answer.version)}\r\n{mark}Encapsulated: {encapsulated}\r\n\r\n"
    ).encode()


def options_of(version: str) -> bytes:
    """Return what a proxy is told of the service."""
    return (
        "ICAP/1.0 200 OK\r\nMethods: REQMOD\r\nService: Ecluse\r\n"
        f"ISTag: {_tag(version)}\r\nAllow: 204\r\nPreview: 0\r\nTransfer-Preview: *\r\nOptions-TTL: 60\r\n"
        f"Max-Connections: {CONNECTIONS}\r\nX-Include: X-Client-IP, X-Client-Username\r\n"
        "Encapsulated: null-body=0\r\n\r\n"
    ).encode()


def answered(http: HttpRequest, answer: Answer) -> bytes:
    """Return the answer that a refused request gets in the place of its origin's."""
    if http.navigation and answer.page:
        status, what, text = "303 See Other", f"Location: {page_of(answer.page, answer.service)}\r\n", ""
    else:
        status, what = "403 Forbidden", "Content-Type: application/json; charset=utf-8\r\n"
        text = refusal_of(answer.page, answer.service)
    body = text.encode()
    head = f"HTTP/1.1 {status}\r\n{what}Content-Length: {len(body)}\r\nCache-Control: no-store\r\n\r\n".encode()
    kind = "res-body" if body else "null-body"
    chunks = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body) if body else b""
    return head_of("200 OK", answer, f"res-hdr=0, {kind}={len(head)}") + head + chunks


def marked(http: HttpRequest, answer: Answer) -> bytes:
    """Return the request with the word that it is refused, for the proxy to see to."""
    head = http.raw.removesuffix(b"\r\n") + f"{REFUSED}: {answer.service or '-'}\r\n\r\n".encode()
    return head_of("200 OK", answer, f"req-hdr=0, null-body={len(head)}") + head


def _tag(version: str) -> str:
    """Return what tells a proxy that answers it may have kept are of another policy."""
    return f'"{version[:_SHORT] or "none"}"'


def parsed(head: bytes) -> tuple[str, dict[str, str]]:
    """Return the first line of a head, and its headers in lower case."""
    first, *lines = head.decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return first, {name.strip().lower(): value.strip() for name, _, value in pairs}
