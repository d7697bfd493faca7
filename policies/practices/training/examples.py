"""The written examples: what the charter forbids, what only looks like it, and what each approved use looks like."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

REFUSE, ALLOW = "# refuse", "# allow"
NOTHING = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A request, the practice that it is and the use that it fits; empty where there is none, or none is said."""

    text: str
    practice: str = NOTHING
    use: str = NOTHING
    family: str = NOTHING
    """The file it was written in: near misses belong to the practice that they look like."""


def examples() -> list[Example]:
    """Return every example, in the order of the files."""
    folder = resources.files("policies.practices.training").joinpath("examples")
    found: list[Example] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt"):
            found.extend(_of_practice(file.name.removesuffix(".txt"), file.read_text(encoding="utf-8")))
    for file in sorted(folder.joinpath("uses").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt"):
            use = file.name.removesuffix(".txt")
            lines = file.read_text(encoding="utf-8").splitlines()
            found.extend(Example(_broken(line), use=use, family=use) for line in lines if line.strip())
    return found


def _of_practice(practice: str, content: str) -> Iterator[Example]:
    section = ""
    for line in content.splitlines():
        if line in {REFUSE, ALLOW}:
            section = line
        elif section == REFUSE and line.strip():
            yield Example(_broken(line), practice=practice, family=practice)
        elif section == ALLOW and line.strip():
            use, _, text = line.partition(": ")
            yield Example(_broken(text), use=use, family=practice)


def _broken(line: str) -> str:
    return line.strip().replace("\\n", "\n")


def documents() -> list[str]:
    """Return innocent texts as people paste them: written by hand, and by the generator of the masking corpus."""
    folder = resources.files("policies.practices.training").joinpath("examples", "documents")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [_broken(line) for line in lines if line.strip()]
