"""An access log in memory."""


class Lines:
    """Keeps each line of an access log; `written` is what would be on standard output."""

    def __init__(self) -> None:
        self.written: list[dict[str, object]] = []

    def info(self, event: str, **fields: object) -> None:
        """Keep a line."""
        self.written.append({"event": event, **fields})
