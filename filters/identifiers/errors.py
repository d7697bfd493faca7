"""What can go wrong while masking; each of these means that the text must not be sent."""


class MaskingError(Exception):
    """Masking could not be done; messages never hold patient text."""


class DetectorUnavailableError(MaskingError):
    """A detector, its model or its worker cannot be used."""


class DetectionTimeoutError(MaskingError):
    """Detection did not end in time."""


class UnknownLabelError(MaskingError):
    """A label is asked for that no detector finds."""
