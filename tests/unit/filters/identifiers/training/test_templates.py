import random
import re

import pytest

from filters.identifiers.training.templates import Template, filled, phrases, templates
from filters.identifiers.training.values import Values

SLOT = re.compile(r"\{\{([a-z_0-9]+)(?::\d)?\}\}")
PHRASE = re.compile(r"<<([a-z_]+)>>")


def test_there_are_many_templates_of_every_hand() -> None:
    kinds = {template.kind for template in templates()}
    assert len(templates()) > 1500
    assert len(kinds) > 8


def test_every_slot_and_every_list_exists() -> None:
    """Catches a template that would teach its own marks."""
    slots = {slot for template in templates() for slot in SLOT.findall(template.text)}
    lists = {name for template in templates() for name in PHRASE.findall(template.text)}
    assert slots <= set(Values(random.Random(1)).slots)
    assert lists <= set(phrases())


def test_every_template_is_filled_to_the_last_mark() -> None:
    rng = random.Random(5)
    values = Values(rng)
    for template in templates():
        text = "".join(piece for piece, _ in filled(template, values, rng))
        assert not re.search(r"\[\[(?!\s)|(?<!\s)\]\]|\{\{[a-z]|<<[a-z_]+>>", text), template.text


@pytest.mark.parametrize("seed", range(20))
def test_a_person_is_the_same_one_throughout(seed: int) -> None:
    rng = random.Random(seed)
    parts = filled(Template("essai", "{{nom:1}}|{{nom:2}}|{{nom:1}}|[[a|b]]"), Values(rng), rng)
    first, second, third = (piece for piece, label in parts if label == "NOM")
    assert first == third != second
    assert parts[-1][0] in {"|a", "|b"}
