"""The sieve, from examples to files."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial

import numpy as np

from policies.practices.sieve.features import Reader
from policies.practices.sieve.model import CLASSES, WEIGHTS, WORDS, rows_of
from policies.practices.training.composing import Classes, Composer
from policies.practices.training.examples import Example
from policies.practices.training.sieve.export import exported, words_file
from policies.practices.training.sieve.fitting import fit
from policies.practices.training.sieve.network import Plan
from policies.practices.training.sieve.uses import read
from policies.practices.training.sieve.vectors import load
from policies.practices.training.uses import passages, refitted

FILES = (WEIGHTS, WORDS, CLASSES)
_SEED = 2026
_WORDS = 60_000


def files(
    examples: Sequence[Example],
    documents: Sequence[str],
    classes: Classes,
    *,
    rounds: int,
    told: Callable[[int, float], None],
) -> dict[str, bytes]:
    """Return the files of a sieve fitted to `examples`."""
    plan, vectors = Plan(len(classes.practices), len(classes.uses)), load(_WORDS)
    table = np.vstack([np.zeros((1, vectors.table.shape[1]), np.float32), vectors.table])
    composer = Composer(examples, documents, classes, _SEED)
    weights = fit(composer, Reader(vectors.rows), table, plan, rounds=rounds, seed=_SEED, told=told)
    return {
        WEIGHTS: exported(weights, plan, table),
        WORDS: words_file(vectors.rows),
        CLASSES: json.dumps(asdict(classes)).encode(),
    }


def with_uses(
    files: Mapping[str, bytes],
    examples: Sequence[Example],
    documents: Sequence[str],
    *,
    told: Callable[[float], None],
) -> dict[str, bytes]:
    """Return a sieve's files with the answer on uses fitted to `examples` again; its classes must be theirs."""
    named = json.loads(files[CLASSES])
    classes = Classes(tuple(named["practices"]), tuple(named["uses"]))
    reader = Reader(rows_of(files[WORDS]))
    found = passages(examples, documents, classes, _SEED)
    model = refitted(files[WEIGHTS], found, len(classes.uses), partial(read, reader), seed=_SEED, told=told)
    return {**files, WEIGHTS: model}
