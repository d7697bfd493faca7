"""What an API key looks like, and what is kept of it. Pure."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from typing import Final

PREFIX_LENGTH: Final = 8
SECRET_BYTES: Final = 32
_ALPHABET: Final = "abcdefghijkmnpqrstuvwxyz23456789"
"""No letter or digit that is read for another one: prefixes are spelt out on the telephone."""

_SHAPE: Final = re.compile(rf"ecl_(?P<prefix>[{_ALPHABET}]{{{PREFIX_LENGTH}}})_(?P<secret>[A-Za-z0-9_-]{{43}})")


@dataclass(frozen=True, slots=True)
class Key:
    """A key taken apart. The prefix names it and may be shown; the secret is shown once and never kept."""

    prefix: str
    secret: str = field(repr=False)

    def reveal(self) -> str:
        """Return the key as its owner sends it, to be shown once."""
        return f"ecl_{self.prefix}_{self.secret}"

    @property
    def digest(self) -> str:
        """Return what is stored. A plain hash will do: nobody can try 256 random bits one after the other."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def matches(self, digest: str) -> bool:
        """Return whether `digest` is this key's, in a time that tells nothing."""
        return hmac.compare_digest(self.digest, digest)


def new_key() -> Key:
    """Return a key that nobody can guess."""
    prefix = "".join(secrets.choice(_ALPHABET) for _ in range(PREFIX_LENGTH))
    return Key(prefix, secrets.token_urlsafe(SECRET_BYTES))


def parse(credential: str) -> Key | None:
    """Return the key that `credential` is; None where it has another shape."""
    found = _SHAPE.fullmatch(credential)
    return Key(found["prefix"], found["secret"]) if found else None
