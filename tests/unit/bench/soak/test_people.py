"""Whether the soak sees what leaks."""

import json
import random

from bench.soak.people import Leaks, note, people


def test_an_identifier_that_reaches_the_model_is_seen() -> None:
    """Would catch: a soak that is blind to names since JSON escapes their accents."""
    draw = random.Random(1)
    persons = people(draw)
    leaks = Leaks(persons)
    leaks(json.dumps({"messages": [{"content": "Mme [PRENOM_1] [NOM_1], NIR [SECU_1]."}]}).encode())
    assert (leaks.requests, leaks.leaking) == (1, 0)
    for person in persons:
        before = leaks.leaking
        leaks(json.dumps({"messages": [{"content": note(person, draw)}]}).encode())
        assert leaks.leaking == before + 1


def test_nobody_shares_a_number() -> None:
    persons = people(random.Random(1))
    assert len({person.nir for person in persons}) == len({person.mail for person in persons}) == len(persons)
    assert all(len(person.nir) == 15 for person in persons)
