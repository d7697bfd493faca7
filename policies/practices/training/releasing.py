"""Writing trained files where the package looks for them, with the hashes that it checks."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from policies.practices.weights import HASHES


def release(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` and the list of their hashes to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    hashes = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    (folder / HASHES).write_text(hashes, encoding="ascii")
