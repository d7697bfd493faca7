"""Text hidden in base64 inside a text: attachments of messages, tokens, exports.

What reads as text is decoded, so that the detectors can be asked about it. What does not (images, PDF, ciphers) cannot
be judged, and counts as an identifier: a scanned letter identifies, and no model reads base64 of an image in a text.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

_RUN = re.compile(
    r"[A-Za-z0-9+/_\-](?<![A-Za-z0-9+/_\-=].)[A-Za-z0-9+/_\-]{39,200000}"
    r"(?:\r?\n[A-Za-z0-9+/]{40,80}(?![^\r\n=])){0,5000}"
    r"(?:\r?\n(?=[A-Za-z+/]{0,76}[\d=])[A-Za-z0-9+/]{2,80}(?![^\r\n=]))?={0,2}"
)
"""A run, and the lines in which mails wrap it."""
_HEX = re.compile(r"[0-9a-fA-F\-]{1,200000}")
_PIECES = re.compile(r"[-_/+]")
_WORD = re.compile(r"[A-Za-z]{3,15}")
_SCANS = b"%PDF"
"""What opens like text and hides pages that no detector reads."""
_WORDS_OF_A_PATH = 2
_MOSTLY = 0.9
"""Share of characters that show, in what is text."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A run of base64, and the text that it hides; None if it hides something else."""

    start: int
    end: int
    text: str | None


def encoded(text: str) -> Iterator[Encoded]:
    """Yield the runs of base64 of forty characters or more."""
    for run in _RUN.finditer(text):
        written = "".join(run[0].split())
        if _is_base64(written):
            yield Encoded(run.start(), run.end(), _decoded(written))


def _is_base64(written: str) -> bool:
    """Whether a run mixes letters and digits as base64 does; paths, sequences and hashes do not."""
    mixed = all(any(test(sign) for sign in written) for test in (str.isupper, str.islower, str.isdigit))
    words = sum(1 for piece in _PIECES.split(written) if _WORD.fullmatch(piece))
    return mixed and words < _WORDS_OF_A_PATH and not _HEX.fullmatch(written)


def _decoded(written: str) -> str | None:
    plain = written.rstrip("=").replace("-", "+").replace("_", "/")
    plain = plain[: len(plain) - (len(plain) % 4 == 1)]
    try:
        content = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    if content.startswith(_SCANS):
        return None
    for encoding in ("utf-8", "latin-1"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        shown = sum(1 for sign in text if sign.isprintable() or sign in "\r\n\t")
        if shown >= _MOSTLY * len(text):
            return text
    return None
