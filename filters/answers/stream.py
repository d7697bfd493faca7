"""An answer's text on its way out, in pieces: each word leaves once it is whole and defused.

However the text is cut, the pieces returned make up the same whole. Held back is at most the word that is not over, an
image that is not closed, the blanks that begin a line of code. Text without anything to defuse passes byte for byte.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from filters.answers.fences import Fences
from filters.answers.hosts import Hosts
from filters.answers.identifiers import Known
from filters.answers.markup import IMAGE, Markup
from filters.answers.tally import Tally, sentence

_LONGEST: Final = 2048
"""A word is cut there: its beginning says what it is."""
_LONGEST_IMAGE: Final = 2048
_CONTEXT: Final = 240
"""Characters before a word that tell whether it is a secret."""

_SHORTEST: Final = 2
"""Shorter words are no part of a secret."""
_AROUND: Final = ".,;:?()«»\"'*_"

_BLANK: Final = re.compile(r"\s")
_LINE_END: Final = re.compile(r"[\r\n]")
_KEY_BEGINS: Final = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?![\s\S]*-----END)")
_REMOVED: Final = "[secret retiré]"


class Secret(Protocol):
    """Where a secret stands in a text."""

    @property
    def start(self) -> int:
        """Return the place of its first character."""
        ...

    @property
    def end(self) -> int:
        """Return the place after its last one."""
        ...


FindSecrets = Callable[[str], Iterable[Secret]]
"""Finds the secrets of a text; given from outside, since requests are read with the same."""


class Words:
    """Defuses the words of a text in order."""

    def __init__(self, hosts: Hosts, find_secrets: FindSecrets, known: Known, tally: Tally) -> None:
        self._markup, self._tally = Markup(hosts, tally), tally
        self._find_secrets, self._known = find_secrets, known
        self._before = ""
        self._in_key = False

    def blank(self, blanks: str) -> None:
        """Take note of what stands between words."""
        self._before = (self._before + blanks)[-_CONTEXT:]

    def defuse(self, word: str) -> str:
        """Return a word as it may leave."""
        before, self._before = self._before, (self._before + word)[-_CONTEXT:]
        if self._in_key:
            self._in_key = "-----END" not in word
            return "" if self._in_key else word
        if word.isalpha():
            return word
        defused = self._markup.defuse(self._without_secrets(word, before), before)
        self._in_key = "KEY" in word and _KEY_BEGINS.search(self._before) is not None
        if self._in_key:
            self._tally["secrets"] += 1
            defused += f" {_REMOVED}"
        return defused

    def _without_secrets(self, word: str, before: str) -> str:
        bare = word.strip(_AROUND)
        if (bare.isalpha() or len(bare) < _SHORTEST) and "phrase" not in before.lower():
            return word
        at = len(before)
        places = sorted(
            (max(secret.start - at, 0), secret.end - at)
            for secret in self._find_secrets(before + word)
            if secret.end > at and not self._known.holds((before + word)[secret.start : secret.end])
        )
        pieces, reached = [], 0
        for start, end in places:
            if start >= reached:
                self._tally["secrets"] += 1
                pieces += [word[reached:start], _REMOVED]
            reached = max(reached, end)
        return "".join([*pieces, word[reached:]]) if places else word

    def read(self, text: str) -> None:
        """Count what a whole text holds."""
        for word in re.split(r"(\s+)", text):
            if word.isspace():
                self.blank(word)
            elif word:
                self.defuse(word)


class TextStream:
    """Defuses one text that a person reads; one instance for each text."""

    def __init__(self, words: Callable[[Tally], Words], known: Known, tally: Tally) -> None:
        """`tally` counts for the whole answer; `words` makes what defuses, given where to count."""
        self._make, self._known, self._tally = words, known, tally
        self._defused: Tally = Tally()
        self._words = words(self._defused)
        self._fences = Fences()
        self._held = self._line = ""
        self._settled = 0
        """Characters of what is held in which every image is known to be one or none."""
        self._code: list[str] = []
        self._raw: list[str] = []

    def feed(self, piece: str) -> str:
        """Return what is certain once `piece` has come."""
        self._raw.append(piece)
        self._held += piece
        return self._certain(ended=False)

    def flush(self) -> str:
        """Return what was held back, at the end of the text."""
        rest = self._certain(ended=True)
        self._count_code()
        self._tally.update(self._defused)
        self._tally["new_identifiers"] += self._known.new("".join(self._raw))
        return rest

    @property
    def sentence(self) -> str:
        """Return what to tell the reader; complete after `flush`, empty where the text is as it was."""
        return sentence(self._defused)

    def _certain(self, *, ended: bool) -> str:
        out, at, text = [], 0, self._held
        while at < len(text):
            end = self._code_end(text, at, ended=ended) if self._fences.code else self._text_end(text, at, ended=ended)
            if end is None:
                break
            out.append(self._taken(text[at:end]))
            at = end
        self._held = text[at:]
        return "".join(out)

    def _taken(self, unit: str) -> str:
        """Return one unit as it may leave: the end of a line, a piece of code, one blank or one word."""
        if unit in {"\n", "\r"}:
            self._end_line(unit)
            return unit
        if self._fences.code:
            self._line += unit
            self._code.append(unit)
            return unit
        self._line = self._line[:_LONGEST] + unit
        if unit.isspace():
            self._words.blank(unit)
            return unit
        return self._words.defuse(unit)

    def _end_line(self, sign: str) -> None:
        self._words.blank(sign)
        coded = self._fences.code
        # Of \r\n the second sign ends no line: an empty one would part what it follows.
        if not (sign == "\n" and self._line == "\r"):
            self._fences.line(self._line.removeprefix("\r"))
        self._line = "\r" if sign == "\r" else ""
        if coded and self._fences.code:
            self._code.append(sign)
        elif coded:
            self._count_code()

    def _code_end(self, text: str, at: int, *, ended: bool) -> int | None:
        if text[at] in "\r\n":
            return at + 1
        if self._fences.indent and not self._line.removeprefix("\r"):
            end = at + self._fences.indent
            blanks = text[at:end]
            if blanks.strip(" ") and not blanks.lstrip(" ").startswith(("\r", "\n")):
                self._fences.broken()
                self._count_code()
                return self._text_end(text, at, ended=ended)
            if len(blanks) < self._fences.indent and not blanks.strip(" ") and not ended:
                return None
        line_end = _LINE_END.search(text, at)
        return line_end.start() if line_end else len(text)

    def _text_end(self, text: str, at: int, *, ended: bool) -> int | None:
        if text[at].isspace():
            return at + 1
        start, at = at, at + self._settled
        self._settled = 0
        while at - start < _LONGEST:
            blank = _BLANK.search(text, at, start + _LONGEST)
            end = blank.start() if blank else min(len(text), start + _LONGEST)
            picture = text.find("![", at, end)
            if picture < 0:
                return end if blank or ended or end == start + _LONGEST else None
            image = IMAGE.match(text, picture)
            if image is None and not ended and not self._is_no_image(text, picture):
                self._settled = at - start
                return None
            at = image.end() if image else picture + 2
        return start + _LONGEST

    @staticmethod
    def _is_no_image(text: str, picture: int) -> bool:
        """Return whether more text will never close this image."""
        return len(text) - picture > _LONGEST_IMAGE or _LINE_END.search(text, picture) is not None

    def _count_code(self) -> None:
        """Count what code holds; it stays as it was written."""
        code, self._code = "".join(self._code), []
        if code:
            self._make(self._tally).read(code)
