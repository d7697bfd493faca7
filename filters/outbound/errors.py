"""What can go wrong with names and policies of outgoing connections; no message holds who asked."""


class BadNameError(ValueError):
    """The text is no host name."""


class SnapshotMissingError(Exception):
    """No compiled policy was ever there to decide by."""


class SnapshotBrokenError(Exception):
    """The file is no compiled policy of this version."""


class ClaimedTwiceError(ValueError):
    """A name would belong to two services; carries `(name, first service, second service)` of each."""

    def __init__(self, clashes: tuple[tuple[str, str, str], ...]) -> None:
        """Keep the clashes, for who can say where they were written."""
        self.clashes = clashes
        super().__init__("; ".join(f"{name}: {first}, {second}" for name, first, second in clashes))


class FeedUnreadableError(Exception):
    """A feed is not where it was said to be, or holds no list; its text is a French sentence."""
