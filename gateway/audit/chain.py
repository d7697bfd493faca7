"""The chain that shows any alteration of the journal. Pure: no database, no clock.

Each writer has a chain of its own: the hash of an entry covers the entry and the hash before it. The last entry of
every commit is sealed, that is signed, so nobody can add to the end of a chain without the key. The newest seal of each
chain is kept outside the table as well: a chain that was cut short no longer reaches it. Checkpoints bind the chains
together: each says where the others ended, so that one cannot be cut short without the other that tells of it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gateway.audit.entry import FIELDS, Fields, Kind
from gateway.structures import Json

GENESIS: Final = "0" * 64
"""What stands before the first entry of a chain."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: `hash` of entry number `seq`. Number 0 is before the first."""

    writer: str
    seq: int = 0
    hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class SealedHead:
    """The end of a chain as its writer signed it."""

    head: Head
    signature: str


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it is stored. `body` is the whole entry; the fields before it are copies to search by."""

    writer: str
    seq: int
    at: str
    kind: str
    output_id: str | None
    body: str
    hash: str
    signature: str | None = None

    @property
    def head(self) -> Head:
        """Return the end of the chain that stops here."""
        return Head(self.writer, self.seq, self.hash)


class Flaw(StrEnum):
    """What may be wrong with a journal."""

    ALTERED = "altered"
    """The entry is not what was written."""
    MISSING = "missing"
    """One or several entries before this one are gone."""
    MISPLACED = "misplaced"
    """The entry does not belong here: inserted, repeated or reordered."""
    TRUNCATED = "truncated"
    """The chain ends before its last known entry, or is gone altogether."""
    UNSEALED = "unsealed"
    """A signature is wrong, or the chain ends with entries that nobody signed."""
    HEAD_MISSING = "head_missing"
    """The file that knows the end of this chain is gone or unreadable."""
    HEAD_FORGED = "head_forged"
    """The file that knows the end of this chain was not signed by this journal's key."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, and where: entry number `seq` of `writer`'s chain."""

    writer: str
    seq: int
    flaw: Flaw
    output_id: str | None = None


def canonical(fields: Fields) -> str:
    """Return the one way to write an entry down."""
    return orjson.dumps(dict(fields), option=orjson.OPT_SORT_KEYS).decode()


def next_hash(previous: str, body: str) -> str:
    """Return the hash of the entry that follows the one of hash `previous`."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def link(head: Head, kind: Kind, at: str, fields: Mapping[str, Json], *, sealed: bool) -> Link:
    """Return the entry that follows `head`; refuses fields that the journal may not hold."""
    place: dict[str, Json] = {"writer": head.writer, "seq": head.seq + 1, "at": at, "kind": kind.value}
    whole = {**fields, **place, "sealed": sealed}
    if whole.keys() != FIELDS[kind]:
        raise ValueError(f"a journal entry {kind} does not hold: {sorted(whole.keys() ^ FIELDS[kind])}")
    body = canonical(whole)
    output_id = whole.get("output_id")
    return Link(
        writer=head.writer,
        seq=head.seq + 1,
        at=at,
        kind=kind.value,
        output_id=str(output_id) if output_id is not None else None,
        body=body,
        hash=next_hash(head.hash, body),
    )


def sign_head(head: Head, key: Ed25519PrivateKey) -> str:
    """Return the seal of a chain that ends with `head`."""
    return key.sign(_sealing(head)).hex()


def head_is_signed(sealed: SealedHead, key: Ed25519PublicKey) -> bool:
    """Return whether the owner of `key` sealed this end of a chain."""
    return _signed(_sealing(sealed.head), sealed.signature, key)


def sign_stub(fields: Fields, key: Ed25519PrivateKey) -> str:
    """Return the signature of what a purge leaves behind."""
    return key.sign(_stub(fields)).hex()


def stub_is_signed(fields: Fields, key: Ed25519PublicKey) -> bool:
    """Return whether the owner of `key` purged what this stub says."""
    return _signed(_stub(fields), str(fields.get("signature")), key)


def _sealing(head: Head) -> bytes:
    return f"ecluse journal head\n{head.writer}\n{head.seq}\n{head.hash}".encode()


STUB_FIELDS: Final = frozenset({"of", "upto", "last_hash", "count", "first_at", "last_at"})


def _stub(fields: Fields) -> bytes:
    return b"ecluse journal purge\n" + canonical({name: fields.get(name) for name in STUB_FIELDS}).encode()


def _signed(message: bytes, signature: str, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


class ChainCheck:
    """Reads one chain in order and notes what is wrong with it.

    `start` is where the chain begins: nowhere, or after the last purged entry. After a flaw the check goes on from what
    it found, so that one altered entry is one finding.
    """

    def __init__(
        self,
        start: Head,
        known: SealedHead | None,
        key: Ed25519PublicKey,
        *,
        bound: Head | None = None,
        elsewhere: bool = False,
    ) -> None:
        """`known` is the end of the chain as kept outside the table; None where it is gone, or kept `elsewhere`.

        `bound` is its newest end that a checkpoint of any chain tells of.
        """
        self.findings: list[Finding] = []
        self._bound = bound
        self.entries = 0
        self._end = start
        self._known = known
        self._key = key
        self._sealed = True
        if known is None and not elsewhere:
            self._note(start.seq, Flaw.HEAD_MISSING)
        elif known is not None and not head_is_signed(known, key):
            self._note(known.head.seq, Flaw.HEAD_FORGED)

    @property
    def end(self) -> Head:
        """Return the end of what was read."""
        return self._end

    def feed(self, link: Link) -> None:
        """Check the next entry."""
        self.entries += 1
        fields = _parsed(link.body)
        expected = self._end.seq + 1
        if link.seq > expected:
            self._note(link.seq, Flaw.MISSING, link)
        elif link.seq < expected:
            self._note(link.seq, Flaw.MISPLACED, link)
        elif fields is None or not _copies_agree(link, fields) or link.hash != next_hash(self._end.hash, link.body):
            self._note(link.seq, Flaw.ALTERED, link)
        self._end = link.head
        self._check_seal(link, bool(fields and fields.get("sealed")))
        if any(end.seq == link.seq and end.hash != link.hash for end in self._ends()):
            self._note(link.seq, Flaw.ALTERED, link)

    def finish(self) -> list[Finding]:
        """Return everything found, once the last entry was fed."""
        if any(end.seq > self._end.seq for end in self._ends()):
            self._note(self._end.seq + 1, Flaw.TRUNCATED)
        if not self._sealed:
            self._note(self._end.seq, Flaw.UNSEALED)
        return list(dict.fromkeys(self.findings))

    def _ends(self) -> list[Head]:
        known = [self._known.head] if self._known is not None else []
        return [*known, self._bound] if self._bound is not None else known

    def _check_seal(self, link: Link, says_sealed: bool) -> None:  # noqa: FBT001 - reads well with its one caller
        self._sealed = says_sealed and link.signature is not None
        if not says_sealed and link.signature is None:
            return
        if not self._sealed or not head_is_signed(SealedHead(link.head, link.signature or ""), self._key):
            self._note(link.seq, Flaw.UNSEALED, link)
            self._sealed = True  # noted: not a second time at the end

    def _note(self, seq: int, flaw: Flaw, link: Link | None = None) -> None:
        self.findings.append(Finding(self._end.writer, seq, flaw, link.output_id if link else None))


def _parsed(body: str) -> dict[str, Json] | None:
    try:
        fields = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return fields if isinstance(fields, dict) and canonical(fields) == body else None


def _copies_agree(link: Link, fields: Fields) -> bool:
    copies = {"writer": link.writer, "seq": link.seq, "at": link.at, "kind": link.kind, "output_id": link.output_id}
    return all(fields.get(name) == value for name, value in copies.items())
