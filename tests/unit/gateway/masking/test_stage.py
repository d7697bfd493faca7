"""The stage: what is analysed, what is not analysed again, and what happens when detection or replacing fails."""

import datetime as dt
from collections.abc import Collection, Sequence

import pytest
from typing_extensions import override

from filters.identifiers.entity import Label, Span
from filters.identifiers.errors import MaskingError
from filters.identifiers.known.patient import KnownName, KnownPatient
from filters.identifiers.masker import Masked, Masker
from filters.identifiers.text import Text
from gateway.errors import MaskingOverloadedError, MaskingUnavailableError
from gateway.masking.cache import SpanCache
from gateway.masking.stage import Masking
from tests.fakes.detectors import NamesDetector

EVERY = frozenset(Label)


class _InProcess:
    """Detects here and now, and remembers what it was asked."""

    labels = frozenset({Label.NOM})

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[list[str]] = []
        self.error = error

    async def start(self) -> None: ...

    async def close(self) -> None: ...

    async def canary(self) -> None: ...

    async def detect(self, texts: Sequence[Text]) -> list[tuple[Span, ...]]:
        self.asked.append([text.value for text in texts])
        if self.error:
            raise self.error
        return [tuple(NamesDetector().detect(text)) for text in texts]


class FailingMasker(Masker):
    """Fails with the text in its words, as a library may."""

    def __init__(self, error: type[Exception]) -> None:
        super().__init__(dt.date.today)
        self.error = error

    @override
    def mask(
        self,
        texts: Sequence[Text],
        found: Sequence[Sequence[Span]],
        must_mask: Collection[str],
        known: KnownPatient | None = None,
    ) -> Masked:
        raise self.error(texts[0].value)


def masking(detector: _InProcess, masker: Masker | None = None) -> Masking:
    return Masking(detector, SpanCache(100), masker or Masker(lambda: dt.date(2026, 11, 23)))


async def test_masks() -> None:
    masked = await masking(_InProcess()).mask([Text("Mme Morvan"), Text("Kerbrat, Morvan")], EVERY)
    assert masked.texts == ("Mme [NOM_1]", "[NOM_2], [NOM_1]")


async def test_each_text_is_analysed_once() -> None:
    """Catches a resent history that costs as much at each turn."""
    detector = _InProcess()
    stage = masking(detector)
    await stage.mask([Text("Mme Morvan"), Text("rien"), Text("Mme Morvan"), Text(" ")], EVERY)
    masked = await stage.mask([Text("Mme Morvan"), Text("rien"), Text("Kerbrat")], EVERY)
    assert detector.asked == [["Mme Morvan", "rien"], ["Kerbrat"]]
    assert masked.texts == ("Mme [NOM_1]", "rien", "[NOM_2]")


async def test_long_requests_are_analysed_in_turns() -> None:
    """Catches one caller's book that keeps every worker busy until it is read."""
    detector = _InProcess()
    texts = [Text(f"{number} {'a' * 9_000} Morvan") for number in range(3)]
    masked = await masking(detector).mask(texts, EVERY)
    assert list(map(len, detector.asked)) == [1, 1, 1]
    assert all(text.endswith(" [NOM_1]") for text in masked.texts)


async def test_what_is_known_of_a_patient_ends_with_the_request() -> None:
    """Catches a known name kept in the cache of spans: the next caller's text would show that it was somebody's."""
    stage = masking(_InProcess())
    texts = [Text("Mme Morvan, Guilvinec")]
    known = KnownPatient(names=(KnownName("Guilvinec"),))
    assert (await stage.mask(texts, EVERY, known)).texts == ("Mme [NOM_1], [NOM_2]",)
    assert (await stage.mask(texts, EVERY)).texts == ("Mme [NOM_1], Guilvinec",)


async def test_a_known_patient_of_a_long_text_is_found_too() -> None:
    texts = [Text("guilvinec " * 300)]
    masked = await masking(_InProcess()).mask(texts, EVERY, KnownPatient(names=(KnownName("Guilvinec"),)))
    assert "guilvinec" not in masked.texts[0]


async def test_nothing_to_mask_asks_nobody() -> None:
    detector = _InProcess()
    masked = await masking(detector).mask([Text("Mme Morvan")], frozenset())
    assert (masked.texts, masked.system_line, detector.asked) == (("Mme Morvan",), None, [])


@pytest.mark.parametrize("error", [MaskingUnavailableError("down"), MaskingOverloadedError(3)])
async def test_a_detector_that_fails_stops_the_journey(error: Exception) -> None:
    """Catches a text sent in clear, and a failure kept in the cache as `nothing found`."""
    detector = _InProcess(error)
    stage = masking(detector)
    with pytest.raises(type(error)):
        await stage.mask([Text("Mme Morvan")], EVERY)
    detector.error = None
    assert (await stage.mask([Text("Mme Morvan")], EVERY)).texts == ("Mme [NOM_1]",)


async def test_fewer_answers_than_texts_stop_the_journey() -> None:
    """Catches a text that nobody looked at."""

    class Short(_InProcess):
        @override
        async def detect(self, texts: Sequence[Text]) -> list[tuple[Span, ...]]:
            return (await super().detect(texts))[1:]

    with pytest.raises(MaskingUnavailableError):
        await masking(Short()).mask([Text("a"), Text("Morvan")], EVERY)


@pytest.mark.parametrize("length", [1, 30_000])
@pytest.mark.parametrize("error", [ValueError, RecursionError])
async def test_no_failure_shows_a_text(error: type[Exception], length: int) -> None:
    """Catches patient text in an exception, on the loop and in a thread."""
    with pytest.raises(MaskingUnavailableError) as raised:
        await masking(_InProcess(), FailingMasker(error)).mask([Text("Morvan" * length)], EVERY)
    assert str(raised.value) == "masking failed"
    assert raised.value.__suppress_context__


async def test_our_own_words_are_kept() -> None:
    with pytest.raises(MaskingUnavailableError):
        await masking(_InProcess(), FailingMasker(MaskingError)).mask([Text("a")], EVERY)


async def test_a_label_that_does_not_exist_stops_the_journey() -> None:
    with pytest.raises(MaskingUnavailableError, match=r"^a label is to be masked that does not exist$"):
        await masking(_InProcess()).mask([Text("Mme Morvan")], {"NOMS"})
