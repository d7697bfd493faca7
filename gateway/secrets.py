"""Key files: made on first start, readable by their owner only, refused when others can read them."""

import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

HMAC_KEY_BYTES: Final = 32


class KeyFileError(Exception):
    """A key file cannot be used; the message names the file and what to do, never its content."""


def hmac_key(path: Path) -> bytes:
    """Return the 32 bytes kept in `path`, which is made when missing."""
    key = _load_or_create(path, lambda: secrets.token_bytes(HMAC_KEY_BYTES))
    if len(key) != HMAC_KEY_BYTES:
        raise KeyFileError(f"{path}: holds {len(key)} bytes where a key has {HMAC_KEY_BYTES}")
    return key


def signing_key(path: Path) -> Ed25519PrivateKey:
    """Return the Ed25519 key kept in `path` as PEM, which is made when missing."""
    pem = _load_or_create(path, _new_pem)
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise KeyFileError(f"{path}: is no private key in PEM") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(f"{path}: is no Ed25519 key")
    return key


def _new_pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _load_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _create(path, make())
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & 0o077:
                raise KeyFileError(f"{path}: others can read this key (mode {mode:04o}); run: chmod 600 {path}")
            return file.read()
    except OSError as error:
        raise KeyFileError(f"{path}: cannot be read or made ({error.strerror})") from error


def _create(path: Path, content: bytes) -> None:
    """Write a whole new file or none: workers that start together all end with the one key that came first."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never replaces a key that somebody else has just made.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
