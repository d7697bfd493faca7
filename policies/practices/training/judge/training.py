"""The judge, from examples to files."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial

from policies.practices.judge.model import CLASSES, VOCABULARY, WEIGHTS
from policies.practices.judge.pieces import Cutter
from policies.practices.training.composing import Classes, Composer
from policies.practices.training.examples import Example
from policies.practices.training.judge import pretrained
from policies.practices.training.judge.export import exported
from policies.practices.training.judge.fitting import fit
from policies.practices.training.judge.network import Plan, begun
from policies.practices.training.judge.uses import read
from policies.practices.training.judge.words import kept
from policies.practices.training.uses import passages, refitted

FILES = (WEIGHTS, VOCABULARY, CLASSES)
_SEED = 2026


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


def with_uses(
    files: Mapping[str, bytes],
    examples: Sequence[Example],
    documents: Sequence[str],
    *,
    told: Callable[[float], None],
) -> dict[str, bytes]:
    """Return a judge's files with the answer on uses fitted to `examples` again; its classes must be theirs."""
    named = json.loads(files[CLASSES])
    classes = Classes(tuple(named["practices"]), tuple(named["uses"]))
    cutter = Cutter([(piece, score) for piece, score in json.loads(files[VOCABULARY])])
    found = passages(examples, documents, classes, _SEED)
    model = refitted(files[WEIGHTS], found, len(classes.uses), partial(read, cutter), seed=_SEED, told=told)
    return {**files, WEIGHTS: model}
