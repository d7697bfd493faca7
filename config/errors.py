"""What can be wrong with a file that the hospital wrote."""

from dataclasses import dataclass

from typing_extensions import override


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake in a file, where to find it, and what to do about it; lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str

    @override
    def __str__(self) -> str:
        """Return `file:line:column: message`, the form that editors turn into a link."""
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class FaultsError(Exception):
    """Files cannot be used as they stand; carries every fault found, not only the first."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        """Keep `faults` sorted by place."""
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
