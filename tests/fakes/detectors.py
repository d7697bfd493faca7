"""Detectors for the workers of masking: tiny, and able to go wrong on request."""

import os
import re
import signal
import time
from pathlib import Path

from typing_extensions import override

from filters.identifiers.entity import Label, Span
from filters.identifiers.errors import DetectorUnavailableError
from filters.identifiers.text import Text

NAMES = re.compile("Morvan|Kerbrat")


class NamesDetector:
    """Finds two invented names; a text may order it to die, to hang, to fail or to say which process it runs in."""

    def detect(self, text: Text) -> list[Span]:
        """Return where the names stand, or obey."""
        order, _, argument = text.value.partition(":")
        if order == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if order == "hang":
            time.sleep(3600)
        if order == "fail":
            raise ValueError(text.value)
        if order == "wait":
            # Says that it has begun, then goes on when the test lets it.
            Path(argument, "begun").write_text("", encoding="utf-8")
            with Path(argument, "gate").open(encoding="utf-8") as gate:
                gate.read()
        if order == "pid":
            return [Span(0, os.getpid(), Label.ID)]
        return [Span(*match.span(), Label.NOM, 0.9, "fake") for match in NAMES.finditer(text.value)]

    def labels(self) -> frozenset[Label]:
        """Return the one label."""
        return frozenset({Label.NOM})

    def canary(self) -> None:
        """Pass."""


class DumbCanary(NamesDetector):
    """Loads, but finds nothing of its own test."""

    @override
    def canary(self) -> None:
        """Fail."""
        raise DetectorUnavailableError("the invented note was not detected")


class BrokenDetector(NamesDetector):
    """Cannot be loaded."""

    def __init__(self) -> None:
        raise DetectorUnavailableError("no model")
