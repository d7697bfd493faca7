"""What the gateway says of its own running; never of a request's content."""

from typing import Literal

from config.section import Section


class Logs(Section):
    """Section `logging`."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["json", "console"] = "json"
