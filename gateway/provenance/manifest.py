"""The signed manifest of an output, and whether a text is the one that it speaks of.

The signature is Ed25519 over the manifest's canonical JSON: UTF-8, keys sorted, no space, no float (RFC 8785 where keys
are ASCII, as they are here), without `signature.value`. It is made after identifiers were put back, over the text that
left; a manifest holds no text of the answer, only SHA-256 digests of it.
"""

import base64
import binascii
import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.structures import Json
from policies.facts import AiSystem

FORMAT: Final = "ecluse-manifest/1"

SOURCE_TYPE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's code of what was wholly made by a trained model."""

_ALGORITHM: Final = "EdDSA"
_KEY_ID_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Digests of one choice: as it left, and without its visible notice; the same where it has none."""

    index: int
    sha256: str
    sha256_without_notice: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a manifest says of an output."""

    output_id: str
    issued: dt.datetime
    system: AiSystem
    provider: str
    """The hospital."""
    gateway: str
    charter: str
    use: str | None
    review: str
    notice: str | None
    fingerprints: tuple[Fingerprint, ...]
    """One for each choice that has a text."""


class Match(StrEnum):
    """How a text compares with what left."""

    EXACT = "exact"
    WITHOUT_NOTICE = "without_notice"
    """Word for word the answer, but its visible notice was taken away."""
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a manifest is authentic, and what it proves of a text; a forged manifest proves nothing."""

    authentic: bool
    match: Match | None = None
    choice: int | None = None

    @property
    def holds(self) -> bool:
        """Return whether this text, with or without its notice, is an output of the key's owner."""
        return self.authentic and self.match in {Match.EXACT, Match.WITHOUT_NOTICE}


def fingerprint(index: int, text: str, notice: str) -> Fingerprint:
    """Return the digests of a choice's text; `notice` is what was appended to it, where something was."""
    bare = text.removesuffix(notice) if notice else text
    return Fingerprint(index, digest(text), digest(bare))


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal, whatever its line endings and the blanks around it.

    Normalised before hashing: CRLF and CR become LF, a leading byte order mark and surrounding whitespace are dropped.
    Nothing else is: one changed character inside is another text.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").strip()
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def sign(statement: Statement, key: Ed25519PrivateKey) -> dict[str, Json]:
    """Return the manifest of an output, signed."""
    signature: dict[str, Json] = {"alg": _ALGORITHM, "kid": key_id(key.public_key())}
    manifest: dict[str, Json] = {
        "format": FORMAT,
        "output_id": statement.output_id,
        "issued": statement.issued.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "ai_generated": True,
        "digitalSourceType": SOURCE_TYPE,
        "system": {
            "name": statement.system.name,
            "version": statement.system.version,
            "supplier": statement.system.supplier,
        },
        "provider": statement.provider,
        "gateway": statement.gateway,
        "charter": statement.charter,
        "use": statement.use,
        "state": "draft",
        "review": statement.review,
        "notice": statement.notice,
        "choices": [
            {"index": one.index, "sha256": one.sha256, "sha256_without_notice": one.sha256_without_notice}
            for one in statement.fingerprints
        ],
        "signature": signature,
    }
    value = base64.urlsafe_b64encode(key.sign(canonical(manifest))).decode().rstrip("=")
    return {**manifest, "signature": {**signature, "value": value}}


def verify(text: str, manifest: Json, public_key: Ed25519PublicKey) -> Verdict:
    """Return whether `manifest` was signed with the key, and whether `text` is an answer that it speaks of.

    Tolerant to line endings and to surrounding whitespace only, as `digest` is. Never raises: a manifest of another
    shape is not authentic.
    """
    if not isinstance(manifest, dict) or not _is_signed(manifest, public_key):
        return Verdict(authentic=False)
    found, choices = digest(text), manifest.get("choices")
    for field, match in (("sha256", Match.EXACT), ("sha256_without_notice", Match.WITHOUT_NOTICE)):
        for choice in choices if isinstance(choices, list) else []:
            if isinstance(choice, dict) and choice.get(field) == found:
                index = choice.get("index")
                return Verdict(True, match, index if isinstance(index, int) else None)  # noqa: FBT003 - a dataclass
    return Verdict(authentic=True, match=Match.ALTERED)


def canonical(manifest: Mapping[str, Json]) -> bytes:
    """Return the bytes that are signed. Raises TypeError for a float: its text would depend on who writes it."""
    signed = {name: value for name, value in manifest.items() if name != "signature"}
    if isinstance(signature := manifest.get("signature"), dict):
        signed["signature"] = {name: value for name, value in signature.items() if name != "value"}
    _refuse_floats(list(signed.values()))
    return json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def key_id(key: Ed25519PublicKey) -> str:
    """Return a short name of a key: the beginning of the SHA-256 of its raw bytes."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:_KEY_ID_DIGITS]


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Return a public key as PEM, to be handed to whoever wants to verify."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _is_signed(manifest: Mapping[str, Json], key: Ed25519PublicKey) -> bool:
    signature = manifest.get("signature")
    value = signature.get("value") if isinstance(signature, dict) else None
    if not isinstance(value, str) or manifest.get("format") != FORMAT:
        return False
    try:
        key.verify(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)), canonical(manifest))
    except (InvalidSignature, binascii.Error, ValueError, TypeError, RecursionError):
        return False
    return True


def _refuse_floats(values: Sequence[Json]) -> None:
    for value in values:
        if isinstance(value, float):
            raise TypeError("a manifest holds no float")
        if isinstance(value, dict):
            _refuse_floats(list(value.values()))
        elif isinstance(value, list):
            _refuse_floats(value)
