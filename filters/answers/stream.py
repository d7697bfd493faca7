"""An answer's text on its way out, in pieces: each word leaves once it is whole and defused.

However the text is cut, the pieces returned make up the same whole. Held back is at most the word that is not over,
however long since half a word cannot be judged, an image that is not closed, the blanks that begin a line of code. Text
without anything to defuse passes byte for byte.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

from filters.answers.fences import Fences
from filters.answers.hosts import Hosts
from filters.answers.identifiers import Known
from filters.answers.markup import IMAGE, Markup
from filters.answers.tally import Tally, sentence

_LONGEST_IMAGE: Final = 2048
"""A longer one is judged word by word, as a link is."""
_CONTEXT: Final = 240
"""Characters before a word that tell what it is."""
_LONGEST_SECRET: Final = 2048
"""Secrets are looked for in twice as much at a time: their rules may cost the square of it."""

_SHORTEST: Final = 2
"""Shorter words are no part of a secret."""
_AROUND: Final = ".,;:?()«»\"'*_"

_BLANK: Final = re.compile(r"\s")
_BLANKS: Final = re.compile(r"\s+")
_PLAIN: Final = re.compile(r"(?:[^\W\d_]++ )+")
"""Words that nothing can be made of, taken together since most of a text is such words."""
_LINE_END: Final = re.compile(r"[\r\n]")
_KEY_BEGINS: Final = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE(?: KEY)? \Z")
_KEY_LINE: Final = re.compile(r"[\"'`]*[A-Za-z0-9+/=]{16,}+[\"'`,;\\]*(?=-----|\Z)")
_KEY_REST: Final = re.compile(r"(?!(?:[A-Z]?[a-z]+|[A-Z]+|\d+)(?:-----|\Z))[A-Za-z0-9+/=]++[\"'`,;\\]*(?=-----|\Z)")
"""The short last line of a key, or a short group of it: neither a plain word nor a number."""
_KEY_PATIENCE: Final = 16
"""Words after which a key is over, such as those of its own headers."""
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
SecretsWithin = Callable[[str | None], FindSecrets]
"""Returns what finds the secrets of parts of a text, or of any; from outside, since requests are read with the same."""


class _Key:
    """A private key that has begun, or none: its words are known by their form, so that prose about keys stays."""

    def __init__(self, patience: int = 0) -> None:
        self.told = False
        """Whether a word of it was taken out."""
        self.patience = patience
        """Words that may still come before it is over; none where none has begun."""
        self._inside = patience > 0

    def begins(self, word: str) -> int:
        """Return how many characters of this next word are part of the key."""
        form = _KEY_LINE.match(word) or (_KEY_REST.match(word) if self._inside else None)
        self._inside = form is not None
        self.patience = self.patience - 1 if form is None else _KEY_PATIENCE
        return form.end() if form else 0


class Words:
    """Defuses the words of a text in order."""

    def __init__(self, hosts: Hosts, secrets_within: SecretsWithin, known: Known, tally: Tally) -> None:
        self._markup, self._tally = Markup(hosts, tally), tally
        self._secrets_within, self._known = secrets_within, known
        self._anywhere = secrets_within(None)
        self._coming: str | None = None
        """What comes now, where that is long enough to be looked at once for all its words."""
        self._here: FindSecrets | None = None
        self._before = self._shown = ""
        """The last characters, as they came and as they left."""
        self._key = _Key()

    def ahead(self, text: str) -> None:
        """Take note of all the words that come next."""
        self._coming = self._before + text if len(text) > _CONTEXT else None
        self._here = None

    def blank(self, blanks: str) -> None:
        """Take note of what stands between words."""
        self._before, self._shown = _spaced(self._before, blanks), _spaced(self._shown, blanks)

    def plain(self, run: str) -> bool:
        """Take note of plain words, one blank after each; return whether they may leave as they are."""
        if self._key.patience or not run.replace(" ", "").isalpha():  # `²` is no digit to an expression, and no letter
            return False
        self._before, self._shown = (self._before + run)[-_CONTEXT:], (self._shown + run)[-_CONTEXT:]
        return True

    def defuse(self, word: str) -> str:
        """Return a word as it may leave."""
        before, self._before = self._before, (self._before + word)[-_CONTEXT:]
        defused, rest = "", word
        if self._key.patience and (length := self._key.begins(word)):
            defused, rest = "" if self._key.told else _REMOVED, word[length:]
            self._tally["secrets"] += not self._key.told
            self._key.told = True
        if rest.isalpha():
            defused += rest
        elif rest:
            defused += self._markup.defuse(self._without_secrets(rest, before), self._shown)
        if word.startswith(("KEY-----", "BLOCK-----")) and "-----END" not in word and _KEY_BEGINS.search(before):
            self._key = _Key(_KEY_PATIENCE)
            # The rules of requests would take all the words that follow for the key.
            self._before = word[-_CONTEXT:]
        self._shown = (self._shown + defused)[-_CONTEXT:]
        return defused

    def _without_secrets(self, word: str, before: str) -> str:
        bare = word.strip(_AROUND)
        if (bare.isalpha() or len(bare) < _SHORTEST) and "phrase" not in before.lower():
            return word
        text, at = before + word, len(before)
        places = sorted(
            (max(start - at, 0), end - at)
            for start, end in self._secrets(text)
            if end > at and not self._known.holds(text[start:end])
        )
        pieces, reached = [], 0
        for start, end in places:
            if start >= reached:
                self._tally["secrets"] += 1
                pieces += [word[reached:start], _REMOVED]
            reached = max(reached, end)
        return "".join([*pieces, word[reached:]]) if places else word

    def _secrets(self, text: str) -> Iterator[tuple[int, int]]:
        if self._coming is not None and self._here is None:
            self._here = self._secrets_within(_BLANKS.sub(" ", self._coming))  # as `_spaced` would, at least
        find_secrets = self._here or self._anywhere
        for at in range(0, max(len(text) - _LONGEST_SECRET, 1), _LONGEST_SECRET):
            for secret in find_secrets(text[at : at + 2 * _LONGEST_SECRET]):
                # What stands first in a later part may be the end of something else; the part before knows.
                if secret.start > 0 or at == 0:
                    yield at + secret.start, at + secret.end

    def read(self, text: str, announced: str = "") -> None:
        """Count what a whole text holds; `announced` stands before it and is not counted."""
        self._before = self._shown = announced[-_CONTEXT:]
        self.ahead(text)
        for word in re.split(r"(\s+)", text):
            if word.isspace():
                self.blank(word)
            elif word:
                self.defuse(word)


def _spaced(before: str, blanks: str) -> str:
    """Return `before` and `blanks`, with at most one blank and one line end after the last word."""
    if blanks == " " and before[-1:].strip():
        return f"{before} "  # by far the most common
    words = before.rstrip()
    run = before[len(words) :] + blanks
    return words + (" " if run.strip("\r\n") else "") + ("\n" if _LINE_END.search(run) else "")


class TextStream:
    """Defuses one text that a person reads; one instance for each text."""

    def __init__(self, words: Callable[[Tally], Words], known: Known, tally: Tally) -> None:
        """`tally` counts for the whole answer; `words` makes what defuses, given where to count."""
        self._make, self._known, self._tally = words, known, tally
        self._defused: Tally = Tally()
        self._words = words(self._defused)
        self._fences = Fences()
        self._held = ""
        self._settled = 0
        """Characters of what is held in which no word ends, and every image is known to be one or none."""
        self._line: list[str] = []
        self._returned = False
        """Whether the line before ended in \\r, of which a \\n may still be part."""
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
        self._words.ahead(text)
        while at < len(text):
            # In what is settled no word ends: without a blank behind it, a long word would be read again at each piece.
            over = text.find(" ", at + self._settled) >= 0
            if over and not self._fences.code and (run := _PLAIN.match(text, at)) and self._words.plain(run[0]):
                self._line.append(run[0])
                out.append(run[0])
                at, self._settled = run.end(), 0
                continue
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
            self._line.append(unit)
            self._code.append(unit)
            return unit
        self._line.append(unit)
        if unit.isspace():
            self._words.blank(unit)
            return unit
        return self._words.defuse(unit)

    def _end_line(self, sign: str) -> None:
        self._words.blank(sign)
        coded = self._fences.code
        # Of \r\n the second sign ends no line: an empty one would part what it follows.
        if self._line or not (sign == "\n" and self._returned):
            self._fences.line("".join(self._line))
        self._line, self._returned = [], sign == "\r"
        if coded and self._fences.code:
            self._code.append(sign)
        elif coded:
            self._count_code()

    def _code_end(self, text: str, at: int, *, ended: bool) -> int | None:
        if text[at] in "\r\n":
            return at + 1
        if self._fences.indent and not self._line:
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
        while True:
            blank = _BLANK.search(text, at)
            end = blank.start() if blank else len(text)
            picture = text.find("![", at, end)
            if picture < 0:
                if not blank and not ended:
                    self._settled = end - 1 - start  # a `!` may be the last
                    return None
                return end
            within = picture + _LONGEST_IMAGE
            image = IMAGE.match(text, picture, within)
            if image is None and not ended and len(text) < within and not _LINE_END.search(text, picture):
                self._settled = picture - start
                return None
            at = image.end() if image else picture + 2

    def _count_code(self) -> None:
        """Count what code holds; it stays as it was written."""
        code, self._code = "".join(self._code), []
        if code:
            self._make(self._tally).read(code)
