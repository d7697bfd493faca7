"""Where an address leads, as a browser would read it; what cannot be read for certain leads nowhere that is allowed."""

import html
import re
from collections.abc import Iterable
from typing import Final

_IGNORED: Final = re.compile(r"[\x00-\x20\x7f]+")
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_PICTURE: Final = re.compile(r"data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
_QUIET: Final = frozenset({"mailto", "tel"})
"""Schemes that fetch nothing and run nothing: a program of the reader's own asks before it acts."""
_RUNNING: Final = frozenset({"javascript", "vbscript", "data", "livescript", "mocha", "jar", "blob", "filesystem"})
_LEADING: Final = frozenset({"http", "https", "ftp", "ftps", "sftp", "ws", "wss", "file", "smb"})
"""Schemes that lead to a host however many slashes follow."""
LONGEST_HOST: Final = 253
_LONGEST_SHOWN: Final = 80


def read(written: str) -> str:
    """Return an address as a browser has it: entities and escapes resolved, control characters gone."""
    return _IGNORED.sub("", _ESCAPED.sub(r"\1", html.unescape(written)))


def runs(written: str) -> bool:
    """Return whether following this address would run something."""
    scheme = _SCHEME.match(read(written))
    return scheme is not None and scheme[1].lower() in _RUNNING and not _PICTURE.match(read(written))


def host(written: str) -> str:
    """Return the host of an address, in lower case; empty where it has none."""
    address = read(written).replace("\\", "/")
    scheme = _SCHEME.match(address)
    rest = address[scheme.end() :] if scheme else address
    if not scheme and not rest.startswith("//"):
        return ""
    authority = re.split(r"[/?#]", rest.lstrip("/"), maxsplit=1)[0]
    return authority.rpartition("@")[2].lower()


def shown(written: str) -> str:
    """Return a host as it may be shown: nothing in it can be taken for Markdown, HTML or a link."""
    name = re.sub(r"[^\w.\-:]", "", host(written))[:_LONGEST_SHOWN]
    return f"`{name}`" if name else "adresse illisible"


class Hosts:
    """The hosts that answers may point to, their subdomains included."""

    def __init__(self, allowed: Iterable[str]) -> None:
        """Take plain domain names."""
        self._allowed = frozenset(name.lower().strip(".") for name in allowed)

    def allow(self, written: str) -> bool:
        """Return whether an address stays inside: relative, quiet, or https to an allowed host without port or user.

        So does what only looks like an address, as `RDV:14h`.
        """
        address = read(written).replace("\\", "/")
        scheme = _SCHEME.match(address)
        if scheme is None:
            # HTML knows no escapes: there, two backslashes are two slashes.
            unescaped = _IGNORED.sub("", html.unescape(written)).replace("\\", "/")
            return not (address.startswith("//") or unescaped.startswith("//"))
        name, rest = scheme[1].lower(), address[scheme.end() :]
        if name == "https" and rest.startswith("//"):
            return self.knows(re.split(r"[/?#]", rest[2:], maxsplit=1)[0])
        if name in _RUNNING:
            return _PICTURE.match(address) is not None
        return name in _QUIET or not (
            name in _LEADING or rest.startswith("//") or name.startswith(("ms-", "search-ms"))
        )

    def knows(self, name: str) -> bool:
        """Return whether a bare host is one of these or below one."""
        name = name.lower()
        if len(name) > LONGEST_HOST or not _HOST.fullmatch(name):
            return False
        parts = name.split(".")
        return any(".".join(parts[at:]) in self._allowed for at in range(len(parts)))
