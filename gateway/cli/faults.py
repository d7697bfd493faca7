"""How faults are shown at a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from config.errors import Fault


def show(faults: Iterable[Fault]) -> None:
    """Print each fault on the error output as `file:line:column: message`, never folded, so that it can be opened."""
    console = Console(stderr=True, highlight=False)
    count = 0
    for fault in faults:
        count += 1
        place = Text(f"{fault.file}:{fault.line}:{fault.column}:", style="bold")
        console.print(Text.assemble(place, " ", fault.message), soft_wrap=True)
    ending = "s" if count > 1 else ""
    console.print(Text(f"{count} défaut{ending} à corriger.", style="bold red"))
