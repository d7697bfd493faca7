"""Small grammars in `data/grammaire_*.txt`: what is drawn when no list holds the value.

`[rule]` is followed by one form a line, `3*` before a form makes it three times as likely. `rule = a b` draws a word,
where `_` is nothing and `+` a space; `rule := a, b` draws a phrase. In a form, `{rule}` is another rule, of the file or
given by the caller; `{#3}` three digits, `{@2}` two capitals, `{%8}` eight hexadecimal signs, `{1-99}` a number.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from filters.identifiers.training.values.lists import lines

Outside = Mapping[str, Callable[[], str]]

_STEP = re.compile(r"\{([^{}]*)\}")
_SIGNS = {"#": "0123456789", "@": "ABCDEFGHJKLMNPQRSTUVWXYZ", "%": "0123456789abcdef"}
_WEIGHT = re.compile(r"(\d+)\*")


@dataclass(frozen=True, slots=True)
class Signs:
    """A row of signs, each drawn from an alphabet."""

    alphabet: str
    count: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Another rule to write here."""

    name: str


Step = str | Signs | Rule | range
Form = tuple[Step, ...]


class Grammar:
    """The rules of one file; `outside` gives the words that are not its own."""

    def __init__(self, name: str, rng: random.Random, outside: Outside | None = None) -> None:
        self._rules = _rules(name)
        self._random = rng.random
        self._outside = outside or {}

    def write(self, rule: str) -> str:
        """Return a text drawn by a rule."""
        parts: list[str] = []
        self._add(rule, parts)
        return "".join(parts)

    def _add(self, rule: str, parts: list[str]) -> None:
        forms = self._rules.get(rule)
        if forms is None:
            parts.append(self._outside[rule]())
            return
        draw = self._random
        for step in forms[int(draw() * len(forms))]:
            if isinstance(step, str):
                parts.append(step)
            elif isinstance(step, Rule):
                self._add(step.name, parts)
            elif isinstance(step, range):
                parts.append(str(step.start + int(draw() * len(step))))
            else:
                size = len(step.alphabet)
                parts.extend(step.alphabet[int(draw() * size)] for _ in range(step.count))


def rules_missing(name: str, outside: frozenset[str]) -> set[str]:
    """Return the rules that a grammar names and that neither it nor the caller has."""
    rules = _rules(name)
    named = {step.name for forms in rules.values() for form in forms for step in form if isinstance(step, Rule)}
    return named - set(rules) - outside


@cache
def _rules(name: str) -> dict[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    current = ""
    for line in lines(f"grammaire_{name}"):
        if line.startswith("[") and line.endswith("]"):
            current = line[1:-1]
        elif match := re.match(r"(\w+) (:?=) (.*)", line):
            found[match[1]] = [_form(text) for text in _split(match[3], match[2])]
        else:
            weight = _WEIGHT.match(line)
            text = line[weight.end() :] if weight else line
            found.setdefault(current, []).extend([_form(text)] * (int(weight[1]) if weight else 1))
    return {rule: tuple(forms) for rule, forms in found.items()}


def _split(text: str, sign: str) -> list[str]:
    if sign == ":=":
        return [phrase.strip() for phrase in text.split(",")]
    return ["" if word == "_" else word.replace("+", " ") for word in text.split()]


def _form(text: str) -> Form:
    steps: list[Step] = []
    last = 0
    for match in _STEP.finditer(text):
        if match.start() > last:
            steps.append(text[last : match.start()])
        steps.append(_step(match[1]))
        last = match.end()
    if last < len(text):
        steps.append(text[last:])
    return tuple(steps)


def _step(inner: str) -> Step:
    if inner[0] in _SIGNS:
        return Signs(_SIGNS[inner[0]], int(inner[1:]))
    low, dash, high = inner.partition("-")
    if dash and low.isdigit():
        return range(int(low), int(high) + 1)
    return Rule(inner)
