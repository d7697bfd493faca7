"""What can go wrong when a request is read for what the charter forbids."""


class RecognitionUnavailableError(Exception):
    """The recogniser cannot be loaded or does not work; nothing may be decided without it. Holds no text."""
