"""Masking as a stage of the journey: what is known is taken from the cache, the rest is detected in the workers."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from filters.identifiers.entity import Label, Span
from filters.identifiers.errors import MaskingError
from filters.identifiers.known.patient import KnownPatient
from filters.identifiers.masker import Masked, Masker
from filters.identifiers.text import Text
from gateway.errors import MaskingUnavailableError
from gateway.masking.cache import SpanCache

_BATCH_CHARACTERS = 16_000
"""Texts sent to a worker together: enough that the pipe costs nothing, few enough that others get their turn."""

_IN_LOOP_CHARACTERS = 2_000
"""Up to here carrying names over and replacing takes a millisecond or two; longer would hold up other streams."""


class Detectors(Protocol):
    """What this stage asks of a `WorkerPool`."""

    async def start(self) -> None:
        """Load the detectors."""
        ...

    async def close(self) -> None:
        """End them."""
        ...

    async def detect(self, texts: Sequence[Text]) -> list[tuple[Span, ...]]:
        """Return the spans of each text."""
        ...

    async def canary(self) -> None:
        """Raise unless detection works."""
        ...

    @property
    def labels(self) -> frozenset[Label]:
        """Return what can be found."""
        ...


class Masking:
    """Masks all the texts of a request.

    Fails closed: `MaskingUnavailableError` or `MaskingOverloadedError`, never a text that is masked in part.
    """

    def __init__(self, detector: Detectors, cache: SpanCache, masker: Masker) -> None:
        self._detector, self._cache, self._masker = detector, cache, masker

    async def start(self) -> None:
        """Load the detectors, before the first request."""
        await self._detector.start()

    async def close(self) -> None:
        """End the detectors."""
        await self._detector.close()

    async def canary(self) -> None:
        """Raise unless an invented note is detected as it should be."""
        await self._detector.canary()

    @property
    def labels(self) -> frozenset[Label]:
        """Return what can be masked; known once started."""
        return self._detector.labels

    async def mask(
        self, texts: Sequence[Text], must_mask: Collection[str], known: KnownPatient | None = None
    ) -> Masked:
        """Return `texts` as they may leave: every identifier whose label is in `must_mask` replaced.

        What is found because the patient is `known` never enters the cache, which outlives the request.
        """
        found = await self._found(texts) if must_mask else [()] * len(texts)
        try:
            if sum(len(text.value) for text in texts) <= _IN_LOOP_CHARACTERS:
                return self._masker.mask(texts, found, must_mask, known)
            return await asyncio.to_thread(self._masker.mask, texts, found, must_mask, known)
        except MaskingError as error:
            raise MaskingUnavailableError(str(error)) from None
        except Exception:  # noqa: BLE001 (whatever fails, the text is not sent, and no message may hold it)
            raise MaskingUnavailableError("masking failed") from None

    async def _found(self, texts: Sequence[Text]) -> list[tuple[Span, ...]]:
        """Return the spans of each text; a text that occurs twice, or was seen before, is not analysed again."""
        known: dict[Text, tuple[Span, ...]] = {}
        missing: list[Text] = []
        for text in dict.fromkeys(texts):
            spans = self._cache.get(text) if text.value.strip() else ()
            if spans is None:
                missing.append(text)
            else:
                known[text] = spans
        for batch in _batches(missing):
            detected = await self._detector.detect(batch)
            if len(detected) != len(batch):
                raise MaskingUnavailableError("detection did not cover every text")
            for text, spans in zip(batch, detected, strict=True):
                known[text] = spans
                self._cache.put(text, spans)
        return [known[text] for text in texts]


def _batches(texts: Sequence[Text]) -> Iterator[list[Text]]:
    batch: list[Text] = []
    characters = 0
    for text in texts:
        if batch and characters + len(text.value) > _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += len(text.value)
    if batch:
        yield batch
