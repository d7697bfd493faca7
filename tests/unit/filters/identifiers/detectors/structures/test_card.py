"""Card: vCard, iCalendar, LDIF."""

from tests.fakes.detection import marked


def test_a_card_is_masked_by_its_lines() -> None:
    """A surname that is a word, a place of work and an address would leave with a pasted contact."""
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nN:Petit;Rose;;Dr;\nORG:Les Tilleuls;Gériatrie\n"
        "ADR:;;3 rue Basse;Long;;80510;France\n"
    )
    assert marked(text) == (
        "BEGIN:VCARD\nVERSION:3.0\nN:[NOM:Petit];[PRENOM:Rose];;Dr;\nORG:[HOPITAL:Les Tilleuls];Gériatrie\n"
        "ADR:;;[ADRESSE:3 rue Basse];[VILLE:Long];;[ZIP:80510];France\n"
    )


def test_a_calendar_is_masked_by_its_lines() -> None:
    """An appointment tells who is seen, and when."""
    text = "BEGIN:VEVENT\nDTSTART;TZID=Europe/Paris:20260312T090000\nATTENDEE;CN=Rose Long:mailto:r.long@exemple.fr\n"
    found = marked(text)
    assert "DTSTART;TZID=Europe/Paris:[DATE:20260312]T090000" in found
    assert "mailto:[MAIL:r.long@exemple.fr]" in found
    assert "CN=[PERSONNE:Rose Long]" in found


def test_a_directory_is_masked_by_its_lines() -> None:
    """A login and a staff number have no shape of their own."""
    text = "dn: uid=rlong,ou=people,dc=chu\nsn: LONG\nemployeeNumber: 114520\ntitle: cadre de santé\n"
    found = marked(text)
    assert "rlong" not in found.replace("[NOM:rlong]", "").replace("[PERSONNE:rlong]", "")
    assert "sn: [NOM:LONG]\nemployeeNumber: [ID:114520]\ntitle: cadre de santé" in found


def test_lines_outside_of_a_card_are_prose() -> None:
    assert marked("N: non ; Tel: à demander") == "N: non ; Tel: à demander"
