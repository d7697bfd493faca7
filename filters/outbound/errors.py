"""What can go wrong with names and policies of outgoing connections; no message holds who asked."""


class BadNameError(ValueError):
    """The text is no host name."""


class SnapshotMissingError(Exception):
    """No compiled policy was ever there to decide by."""


class SnapshotBrokenError(Exception):
    """The file is no compiled policy of this version."""
