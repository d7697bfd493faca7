"""Scanning one answer: texts that people read are defused, data that programs read are only counted."""

import json
from collections.abc import Iterable, Iterator, Mapping

from filters.answers.hosts import Hosts
from filters.answers.identifiers import Known
from filters.answers.stream import SecretsWithin, TextStream, Words
from filters.answers.tally import Tally, whole


class Scanner:
    """Makes the scan of each answer. Keeps nothing."""

    def __init__(self, hosts: Iterable[str], secrets_within: SecretsWithin) -> None:
        """`hosts` are those that answers may point to."""
        self._hosts, self._secrets_within = Hosts(hosts), secrets_within

    def scan(self, asked: Iterable[str]) -> "Scan":
        """Return the scan of the answer to a request whose texts are `asked`."""
        return Scan(self._hosts, self._secrets_within, Known(asked))


class Scan:
    """Scans all the texts of one answer, before identifiers are put back."""

    def __init__(self, hosts: Hosts, secrets_within: SecretsWithin, known: Known) -> None:
        self._hosts, self._secrets_within, self._known = hosts, secrets_within, known
        self._tally: Tally = Tally()
        self.forbidden = False
        """Whether data hold a secret that the request did not, known at their end: the answer must not be ended."""

    def text(self) -> TextStream:
        """Return what defuses one text that comes in pieces."""
        return TextStream(self._words, self._known, self._tally)

    def data(self) -> "DataStream":
        """Return what scans one JSON text that comes in pieces and leaves as it is."""
        return DataStream(self)

    def count(self, written: str) -> None:
        """Count what JSON holds, or a text that ought to be JSON."""
        tally: Tally = Tally()
        for key, text in _texts(written):
            self._words(tally).read(text, f"{key}: " if key else "")
            tally["new_identifiers"] += self._known.new(text)
        self.forbidden = self.forbidden or tally["secrets"] > 0
        self._tally.update(tally)

    @property
    def counts(self) -> Mapping[str, int]:
        """Return what was found, by kind; complete once every text has ended."""
        return whole(self._tally)

    def _words(self, tally: Tally) -> Words:
        return Words(self._hosts, self._secrets_within, self._known, tally)


class DataStream:
    """Lets JSON through as it comes, and counts at its end."""

    sentence = ""
    """Nothing is changed, so there is nothing to tell."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._pieces: list[str] = []

    def feed(self, piece: str) -> str:
        """Return `piece`."""
        self._pieces.append(piece)
        return piece

    def flush(self) -> str:
        """Count; nothing was held back, so a secret that is found now has left already."""
        self._scan.count("".join(self._pieces))
        return ""


class _Pairs(list[tuple[str, object]]):
    """A JSON object with all its keys, those that are written twice too: programs differ in which one they take."""


def _texts(written: str) -> Iterator[tuple[str, str]]:
    """Yield the keys, strings and numbers of JSON text, each after the key that names it; else the text itself."""
    try:
        value = json.loads(written, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        yield "", written
        return
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        key, each = waiting.pop()
        if isinstance(each, str):
            yield key, each
        elif isinstance(each, _Pairs):
            yield from (("", name) for name, _ in each)
            waiting += each
        elif isinstance(each, list):
            waiting += [(key, item) for item in each]
