"""How much is found, with AP-HP's definitions, token by token.

precision, recall, F1: tokens of each label. redact: gold tokens covered by any span, whatever its label.
full: share of documents with no missed gold token. over-masking: spans that touch no gold, per 1 000 tokens.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from filters.identifiers.entity import Label

TOKEN = re.compile(r"\w+|[^\w\s]")
INDIRECT = {Label.DATE, Label.DATE_NAISSANCE, Label.AGE_SUP_89, Label.VILLE, Label.HOPITAL, Label.ORGANISATION}
DIRECT = frozenset(Label) - INDIRECT
"""Labels that identify by themselves; over-masking is counted for these, and for all."""

PEOPLE: Mapping[str, str] = {"NOM": "PERSONNE", "PRENOM": "PERSONNE", "DATE_NAISSANCE": "DATE"}
"""Labels that annotators often disagree on, merged for the second table."""

Place = tuple[int, int, str]
"""Start, end and label of a span."""


@dataclass
class Tally:
    """Counts over documents; add each with `add`, read with `rows`."""

    merged: Mapping[str, str] = field(default_factory=dict)
    documents: int = 0
    tokens: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    leaking: Counter[str] = field(default_factory=Counter)
    false_direct: int = 0
    false_all: int = 0

    def add(self, text: str, gold: Sequence[Place], predicted: Sequence[Place]) -> None:
        """Count one document."""
        self.documents += 1
        truth, guess = self._by_token(text, gold), self._by_token(text, predicted)
        self.tokens += len(TOKEN.findall(text))
        leaks: set[str] = set()
        for token, labels in truth.items():
            for label in labels | {"ALL"}:
                self.gold[label] += 1
                self.covered[label] += token in guess
                if token not in guess:
                    leaks.add(label)
            found = labels & guess.get(token, set())
            self.hit.update(found)
            self.hit["ALL"] += bool(found)
        for labels in guess.values():
            self.predicted.update(labels | {"ALL"})
        self.leaking.update(leaks)
        for start, end, label in predicted:
            if not any(start < g_end and g_start < end for g_start, g_end, _ in gold):
                self.false_all += 1
                self.false_direct += label in DIRECT

    def _by_token(self, text: str, spans: Sequence[Place]) -> dict[int, set[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for index, match in enumerate(TOKEN.finditer(text)):
            for start, end, label in spans:
                if match.start() < end and start < match.end():
                    found[index].add(self.merged.get(label, label))
        return found

    def rows(self) -> Iterable[tuple[str, int, float, float, float, float, float]]:
        """Yield label, gold tokens, precision, recall, F1, redact and full."""
        for label in sorted(self.gold):
            recall = self.hit[label] / self.gold[label]
            precision = self.hit[label] / self.predicted[label] if self.predicted[label] else 0.0
            f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
            redact = self.covered[label] / self.gold[label]
            yield label, self.gold[label], precision, recall, f1, redact, 1 - self.leaking[label] / self.documents
