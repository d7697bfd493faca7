"""Names in every context in which staff write them: whatever the name, none of its words leaves."""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from filters.identifiers.text import Text
from tests.fakes.detection import analyzer

GIVEN = st.sampled_from(
    ["Jeanne", "Yann", "Fatoumata", "Andrzej", "Mehdi", "Linh", "Marie-Claude", "Jean-Baptiste", "Éloïse"]
)
ONSETS = ["Br", "K", "Del", "Ch", "Gu", "L", "M", "Tr", "Vas", "Z", "Ous", "Ab", "Sz", "Pl"]
MIDDLES = ["a", "er", "ou", "in", "aké", "owi", "eli", "ar", "en", "il"]
ENDS = ["rec", "ard", "ski", "dane", "oux", "vaux", "gué", "tini", "zadeh", "quet", "nko", "ès"]
SURNAME = st.builds(lambda *parts: "".join(parts).capitalize(), *map(st.sampled_from, (ONSETS, MIDDLES, ENDS)))
SPELLINGS = st.sampled_from([str, str.upper, str.lower])
CONTEXTS = st.sampled_from(
    [
        "Mme {nom} {prenom} est sortie ce jour.",
        "vu mr {nom} {prenom}, va mieux",
        "Cher confrère, je vous adresse Monsieur {prenom} {nom} pour avis.",
        "Nom : {nom}\nPrénom : {prenom}\nMotif : toux",
        "Patient : {nom} {prenom}, 67 ans",
        "avis du Dr {nom}, sa fille {prenom} est prévenue",
        "|8001||{nom}^{prenom}|",
        '{{"family": "{nom}", "given": ["{prenom}"]}}',
        "| Nom | Prénom |\n| {nom} | {prenom} |",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(nom=SURNAME, prenom=GIVEN, spelling=SPELLINGS, context=CONTEXTS)
def test_no_word_of_a_name_is_left(nom: str, prenom: str, spelling: object, context: str) -> None:
    """An invented surname that no list has, in capitals or not, would leave the hospital."""
    assume(not analyzer()._language.knowledge.is_french(nom))
    assert callable(spelling)
    nom, prenom = spelling(nom), spelling(prenom)
    text = context.format(nom=nom, prenom=prenom)
    spans = analyzer().detect(Text(text))
    for value in (nom, prenom):
        start = text.index(value)
        missed = [n for n in range(start, start + len(value)) if not any(s.start <= n < s.end for s in spans)]
        assert all(text[n] == "-" for n in missed), text
