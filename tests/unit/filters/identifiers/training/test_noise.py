import random

import pytest

from filters.identifiers.training import noise
from filters.identifiers.training.templates import Parts

PARTS: Parts = [
    ("Vu ce jour Mme ", None), ("Éloïse", "PRENOM"), (" ", None), ("Kermarrec", "NOM"),
    (", sortie prévue.\nTél. ", None), ("06 12 34 56 78", "TEL"),
]  # fmt: skip
WAYS = [
    noise.lower, noise.upper, noise.unaccented, noise.names_upper, noise.names_lower, noise.slips, noise.scanned,
    noise.misread, noise.glued, noise.unpunctuated, noise.broken, noise.flattened,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_of_typing_loses_a_label(way: noise.Way) -> None:
    """Catches a lesson in which an identifier is called none."""
    for seed in range(50):
        typed = way(list(PARTS), random.Random(seed))
        assert [label for _, label in typed] == [label for _, label in PARTS]


def test_the_same_seed_types_the_same() -> None:
    assert noise.typed(list(PARTS), random.Random(3)) == noise.typed(list(PARTS), random.Random(3))


def test_capitals_and_accents_go() -> None:
    text = "".join(piece for piece, _ in noise.unaccented(noise.lower(list(PARTS), random.Random(1)), random.Random(1)))
    assert text == "vu ce jour mme eloise kermarrec, sortie prevue.\ntel. 06 12 34 56 78"
