"""The end of each chain, kept in files beside the database: a table cut short no longer reaches what they say.

A writer owns its chain by a lock on a file, so that chains go on from one start to the next, and that no two processes
ever write to the same.
"""

import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path

import orjson

from gateway.audit.chain import Head, SealedHead


class Slot:
    """The right to write one chain, held until `release` or the end of the process."""

    def __init__(self, folder: Path, writer: str, lock: int) -> None:
        """Made by `Heads.claim` only."""
        self.writer = writer
        self._file = folder / f"{writer}.head"
        self._lock = lock

    def read(self) -> SealedHead | None:
        """Return the end of the chain as last sealed; None where the file is missing or unreadable."""
        return _read(self._file)

    def write(self, sealed: SealedHead, *, durable: bool) -> None:
        """Replace the file in one step; `durable` waits for the disk, which a checkpoint does and a commit does not."""
        draft = self._file.with_suffix(".new")
        content = orjson.dumps(
            {
                "writer": sealed.head.writer,
                "seq": sealed.head.seq,
                "hash": sealed.head.hash,
                "signature": sealed.signature,
            }
        )
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, content)
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        draft.replace(self._file)

    def release(self) -> None:
        """Let another process go on with this chain."""
        with suppress(OSError):
            os.close(self._lock)


class Heads:
    """The folder of these files."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made at the first claim."""
        self._folder = folder

    def claim(self, number: int) -> Slot | None:
        """Return the right to write chain `number` of this folder; None where another process has it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        writer = f"{self._origin()}-{number}"
        lock = os.open(self._folder / f"{writer}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return None
        return Slot(self._folder, writer, lock)

    def all(self) -> dict[str, SealedHead | None]:
        """Return the end of every chain that this folder knows; None where its file cannot be read."""
        return {file.stem: _read(file) for file in sorted(self._folder.glob("*.head"))}

    def of_here(self, writer: str) -> bool:
        """Return whether a chain was begun with this folder; the end of any other is kept in another."""
        file = self._folder / "origin"
        return file.exists() and writer.startswith(f"{file.read_text(encoding='ascii').strip()}-")

    def _origin(self) -> str:
        """Return a name that no other folder has, so that gateways which share a database keep apart."""
        file = self._folder / "origin"
        draft = self._folder / f".origin.{secrets.token_hex(8)}"
        if not file.exists():
            draft.write_text(secrets.token_hex(4), encoding="ascii")
            with suppress(FileExistsError):
                os.link(draft, file)
            draft.unlink()
        return file.read_text(encoding="ascii").strip()


def _read(file: Path) -> SealedHead | None:
    try:
        fields = orjson.loads(file.read_bytes())
        return SealedHead(
            Head(str(fields["writer"]), int(fields["seq"]), str(fields["hash"])), str(fields["signature"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
