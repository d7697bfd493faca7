"""What a parent and its processes say to each other."""

from typing import Final

OPEN: Final = "open"
"""What a process says once it serves; anything else that it says is why it cannot."""

LEAVE: Final = "leave"
"""End, everybody: the gateway stops."""

RETIRE: Final = "retire"
"""End, while others go on."""

HURRY: Final = "hurry"
"""Wait for nothing more."""
