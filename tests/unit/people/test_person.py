"""What the register holds of a person."""

import datetime as dt

from gateway.people.person import Dossier, Habilitation, Training
from policies.facts import Caller
from tests.fakes.people import LATER, SOLENE, TODAY, TRAINED


def test_a_name_is_not_shown_by_accident() -> None:
    """The leak caught: a display name in a log line, a traceback or a message that prints a person."""
    assert "Kerbrat" not in repr(TRAINED)


def test_what_was_recorded_last_counts() -> None:
    """Would catch: a habilitation shortened by its issuer, whose older and longer one goes on counting."""
    yesterday = TODAY - dt.timedelta(days=1)
    dossier = Dossier(
        SOLENE,
        (Training("a123", "RGPD", TODAY, LATER), Training("a123", "RGPD", yesterday, yesterday)),
        (),
        (Habilitation("a123", "codage", yesterday, LATER, "x"), Habilitation("a123", "codage", TODAY, TODAY, "x")),
    )
    assert dossier.standing.trainings == {"RGPD": LATER}
    assert dossier.standing.habilitations == {"codage": TODAY}


def test_a_standing_holds_what_the_charter_asks_and_nothing_of_the_person() -> None:
    standing = TRAINED.standing
    assert set(standing.trainings) == {"IA-SOCLE", "RGPD", "RESP"}
    assert standing.signed == {"2026-11-23": TODAY}
    assert standing.habilitations == {"reflexion_clinique": LATER}
    assert "a123" not in repr(standing)


def test_a_person_asks_as_whoever_has_no_limited_key() -> None:
    assert TRAINED.caller == Caller("", "medecin", "cardiologie", tool=False, person="a123", standing=TRAINED.standing)


def test_entries_of_the_same_key_replace_each_other() -> None:
    keys = {entry.key for entry in (SOLENE, *TRAINED.trainings, *TRAINED.signatures, *TRAINED.habilitations)}
    assert len(keys) == 6
    assert Training("a123", "RGPD", TODAY, TODAY).key == Training("a123", "RGPD", TODAY, LATER).key
