"""The templates as texts of invented people, one a line: `python -m filters.identifiers.training.pasting FILE`.

For other networks that have to learn what clinical text looks like which asks for nothing bad.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from filters.identifiers.training.noise import typed
from filters.identifiers.training.templates import filled, templates
from filters.identifiers.training.values import Values

_SEED = 2026


def texts() -> Iterator[str]:
    """Yield each template twice, with other people: as it was written, and as somebody may type it."""
    rng = random.Random(_SEED)
    values = Values(rng)
    for template in templates():
        for way in (filled(template, values, rng), typed(filled(template, values, rng), rng)):
            yield "".join(piece for piece, _ in way)


def main() -> None:
    """Write them, with a sign for their line ends as files of examples have it."""
    lines = [text.strip().replace("\r", "").replace("\n", "\\n") for text in texts()]
    Path(sys.argv[1]).write_text("".join(f"{line}\n" for line in dict.fromkeys(lines) if line), encoding="utf-8")


if __name__ == "__main__":
    main()
