"""The judge, from examples to files."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import chain

from policies.practices.judge.model import CLASSES, VOCABULARY, WEIGHTS
from policies.practices.judge.pieces import Cutter
from policies.practices.training.composing import Classes, Composer
from policies.practices.training.examples import Example
from policies.practices.training.judge import pretrained, resuming
from policies.practices.training.judge.export import exported
from policies.practices.training.judge.fitting import fit
from policies.practices.training.judge.network import Plan, begun
from policies.practices.training.judge.reading import read
from policies.practices.training.judge.words import kept
from policies.practices.training.uses import passages, refitted

FILES = (WEIGHTS, VOCABULARY, CLASSES)
_SEED = 2026

_FURTHER_RATE = 1e-4
"""Half of what a judge is fitted with from the beginning: it is to learn what is new, and forget nothing."""
_HARD = 0.5
"""What a judge gives to the right practice of an example that is hard for it, at most."""
_OFTENER = 2
"""How often a hard example is learnt from beside its turn among all."""


def files(
    examples: Sequence[Example],
    documents: Sequence[str],
    classes: Classes,
    *,
    rounds: int,
    layers: int,
    told: Callable[[float, float], None],
) -> dict[str, bytes]:
    """Return the files of a judge fitted to `examples`."""
    beginning = pretrained.load()
    numbers = kept(beginning, [*(one.text for one in examples), *documents])
    vocabulary = [beginning.pieces[number] for number in numbers]
    plan = Plan(
        len(classes.practices), len(classes.uses), beginning.width, beginning.inner, beginning.heads, layers=layers
    )
    composer = Composer(examples, documents, classes, _SEED)
    weights = fit(
        begun(beginning, numbers, plan, _SEED), composer, Cutter(vocabulary), plan, rounds=rounds, seed=_SEED, told=told
    )
    return {
        VOCABULARY: json.dumps([[piece, round(score, 4)] for piece, score in vocabulary], ensure_ascii=False).encode(),
        CLASSES: json.dumps(asdict(classes)).encode(),
        WEIGHTS: exported(weights, plan),
    }


def further(
    files: Mapping[str, bytes],
    examples: Sequence[Example],
    documents: Sequence[str],
    *,
    rounds: int,
    told: Callable[[float, float], None],
) -> dict[str, bytes]:
    """Return a judge's files fitted further to `examples`, oftener to the hard ones; its classes must be theirs."""
    classes, cutter, beginning = _classes(files), _cutter(files), pretrained.load()
    plan = Plan(
        len(classes.practices), len(classes.uses), beginning.width, beginning.inner, beginning.heads,
        layers=resuming.layers(files[WEIGHTS]),
    )  # fmt: skip
    answers = read(cutter, files[WEIGHTS], "practices", [one.text for one in examples])
    chances = (row[classes.practices.index(one.practice)] for one, row in zip(examples, chain(*answers), strict=True))
    hard = [one for one, chance in zip(examples, chances, strict=True) if chance <= _HARD]
    composer = Composer([*examples, *hard * _OFTENER], documents, classes, _SEED)
    weights = fit(
        resuming.weights_of(files[WEIGHTS], plan), composer, cutter, plan,
        rounds=rounds, seed=_SEED, told=told, rate=_FURTHER_RATE,
    )  # fmt: skip
    return {**files, WEIGHTS: exported(weights, plan)}


def with_uses(
    files: Mapping[str, bytes],
    examples: Sequence[Example],
    documents: Sequence[str],
    *,
    told: Callable[[float], None],
) -> dict[str, bytes]:
    """Return a judge's files with the answer on uses fitted to `examples` again; its classes must be theirs."""
    classes, cutter = _classes(files), _cutter(files)
    found = passages(examples, documents, classes, _SEED)
    model = refitted(files[WEIGHTS], found, len(classes.uses), partial(read, cutter), seed=_SEED, told=told)
    return {**files, WEIGHTS: model}


def _classes(files: Mapping[str, bytes]) -> Classes:
    named = json.loads(files[CLASSES])
    return Classes(tuple(named["practices"]), tuple(named["uses"]))


def _cutter(files: Mapping[str, bytes]) -> Cutter:
    return Cutter([(piece, score) for piece, score in json.loads(files[VOCABULARY])])
