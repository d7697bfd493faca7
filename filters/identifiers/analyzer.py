"""The engine that asks every recogniser about a text and settles what they answer.

Presidio's registry and recognisers are used as they are; its AnalyzerEngine is not, because it drops overlapping
results by rules of its own, before ours. Any doubt is DetectorUnavailableError: a text is analysed whole or not at all.
"""

import re
from dataclasses import replace
from pathlib import Path

from presidio_analyzer import EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer

from filters.identifiers.detectors import recognizers
from filters.identifiers.detectors.language import Language, Reading
from filters.identifiers.detectors.structures.structure import PLAIN
from filters.identifiers.encoded import Encoded, encoded
from filters.identifiers.entity import Label, Span
from filters.identifiers.errors import DetectorUnavailableError, UnknownLabelError
from filters.identifiers.initials import initials
from filters.identifiers.lexicon.folding import clean
from filters.identifiers.overlaps import PEOPLE, cleared, settle, trimmed
from filters.identifiers.text import Text

_THRESHOLD = 0.5
THRESHOLDS: dict[Label, float] = dict.fromkeys(Label, _THRESHOLD)
"""The score that a finding needs, per label. Raising one leaks more, lowering one masks clinical words."""

THRESHOLDS |= {Label.VILLE: 0.55, Label.ORGANISATION: 0.55, Label.HOPITAL: 0.55}

_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])")
_UNDERSCORE = re.compile(r"(?<=[^\W_])_(?=[^\W_])")

_SURE = 0.7
"""What a name needs in the name of a tool or of a file, which is seldom French: `get_weather`."""

_PROVED = 0.95
"""What a finding needs where a pasted structure has a code: a number whose key is right, a whole mail address."""

_CANARY = "Mme Lefèvre Jeanne, née le 12/03/1951, vue par le Dr Kowalczyk. Contact : jeanne.lefevre@exemple.fr"
_CANARY_LABELS = ((Label.NOM, "Lefèvre"), (Label.NOM, "Kowalczyk"), (Label.MAIL, "jeanne.lefevre@exemple.fr"))


class Analyzer:
    """Finds identifiers in texts. Loads everything when made; makes no call to any network, keeps nothing of a text."""

    def __init__(self, extra: Path | None = None) -> None:
        """`extra` is a file of Presidio recognisers in YAML, by which a hospital adds its own identifiers.

        Its `supported_entity` must be one of our labels, and its language `fr`; otherwise nothing starts.
        """
        self._language = Language()
        self._registry = RecognizerRegistry(supported_languages=["fr"])
        self._own = recognizers()
        for recognizer in self._own:
            self._registry.add_recognizer(recognizer)
        if extra is not None:
            _add(self._registry, extra)
        self._all: list[EntityRecognizer] = list(self._registry.recognizers)
        self._labels = frozenset(_label(name) for each in self._all for name in each.supported_entities)
        self._enhancer = LemmaContextAwareEnhancer()

    def labels(self) -> frozenset[Label]:
        """Return every label that some recogniser finds."""
        return self._labels

    def detect(self, text: Text) -> list[Span]:
        """Return the identifiers of `text.value`, sorted, without overlaps; the field's name serves as context.

        In a bare text, as the names of tools and files are, underscores part words: `get_patient_dupont`.
        """
        prefix = f"{_CAMEL.sub(' ', text.field)} : " if text.field else ""
        value = _UNDERSCORE.sub(" ", text.value) if text.bare else text.value
        cleaned = clean(prefix + value)
        found = self._findings(cleaned.text)
        if value != text.value:
            found = [span for span in found if span.label not in PEOPLE or span.score >= _SURE]
        settled = trimmed(cleaned.text, settle(found))
        spans = []
        for span in settled:
            start, end = cleaned.original(span.start, span.end)
            start = max(start - len(prefix), 0)
            if end > len(prefix):
                spans.append(replace(span, start=start, end=end - len(prefix)))
        return spans

    def canary(self) -> None:
        """Raise DetectorUnavailableError unless a fixed invented note gives up its identifiers."""
        found = {(span.label, _CANARY[span.start : span.end]) for span in self.detect(Text(_CANARY))}
        missing = sorted({label for label, value in _CANARY_LABELS if (label, value) not in found})
        if missing:
            raise DetectorUnavailableError(f"the detectors no longer find {', '.join(missing)} in the trial note")

    def _findings(self, text: str) -> list[Span]:
        if not text.strip():
            return []
        try:
            reading = self._language.process_text(text, "fr")
            answers = [(each, result) for each in self._all for result in self._ask(each, text, reading)]
        except Exception:  # noqa: BLE001 - whatever failed, the text must not leave
            raise DetectorUnavailableError("a detector failed while reading a text") from None
        runs = list(encoded(text))
        plain = [(run.start, run.end) for run in runs]
        guesses: list[Span] = []
        certain: list[Span] = []
        for recognizer, result in answers:
            if result.entity_type == PLAIN:
                plain.append((result.start, result.end))
                continue
            label = _label(result.entity_type)
            if result.score >= THRESHOLDS[label]:
                evidence = getattr(result.analysis_explanation, "pattern_name", None) or ""
                span = Span(result.start, result.end, label, float(result.score), recognizer.name, evidence)
                (guesses if recognizer in self._own and result.score < _PROVED else certain).append(span)
        hidden = [Span(run.start, run.end, Label.ID, _PROVED, "base64") for run in runs if self._hides(run)]
        found = [*certain, *hidden, *cleared(guesses, plain)]
        return [*found, *initials(text, found)]

    def _hides(self, run: Encoded) -> bool:
        """Whether a run of base64 hides an identifier, or nobody can read it; each level is shorter than the last."""
        return run.text is None or bool(self._findings(clean(run.text).text))

    def _ask(self, recognizer: EntityRecognizer, text: str, reading: Reading) -> list[RecognizerResult]:
        results: list[RecognizerResult] = recognizer.analyze(text, recognizer.supported_entities, reading)
        if results and recognizer.context and recognizer not in self._own:
            results = self._enhancer.enhance_using_context(text, results, reading, [recognizer], None)
        return results


_NAMED = {str(label): label for label in Label}
"""An enumeration asked for a value takes six times as long, and is asked for each finding."""


def _label(name: str) -> Label:
    label = _NAMED.get(name)
    if label is None:
        raise UnknownLabelError(f"a recogniser finds {name}, which is no label of this gateway")
    return label


def _add(registry: RecognizerRegistry, extra: Path) -> None:
    try:
        before = len(registry.recognizers)
        registry.add_recognizers_from_yaml(extra)
    except Exception:  # noqa: BLE001 - Presidio raises many kinds; none may pass for a recogniser that works
        raise DetectorUnavailableError(f"{extra.name}: these recognisers cannot be read") from None
    if len(registry.recognizers) == before or any(each.supported_language != "fr" for each in registry.recognizers):
        raise DetectorUnavailableError(f"{extra.name}: every recogniser must have supported_language: fr")
