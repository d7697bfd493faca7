"""How a way is called, read word by word: `rue du Docteur Calmette`, `AV. DU 8 MAI 1945`, `rue des lilas`."""

import re
from collections.abc import Iterable, Iterator

from filters.identifiers.detectors.pattern import SPACE

_STREETS = "rue,avenue,boulevard,impasse,chemin,quai,allée,allee,allées,allees,route,square,faubourg"
_OTHERS = (
    "ave,av.,boulvard,bld,blvd,bd,bvd,chem.,sq.,résidence,residence,lotissement,lieu-dit,lieu dit,lieudit,hameau,rte,"
    "sentier,sente,fbg,esplanade,rond-point,rond point,parvis,ruelle,venelle,chaussée,zone artisanale,zone industrielle"
)
_DOUBTFUL = (
    "cours,passage,place,pl.,pl,voie,côte,cote,ch.,r.,all.,all,av,imp.,imp,rés.,res.,rés,lot.,lot,rte.,za,zi,zac,montée,montee,"
    "traverse,promenade,corniche,villa,clos,cité,cite,mail,domaine,jardins,galerie,pass.,ham.,che."
)
STREETS = frozenset(_STREETS.split(","))
"""Ways that are ways even in lower case and without a number."""

SURE = STREETS | frozenset(_OTHERS.split(","))
"""Ways that are hardly anything else."""

UNSURE = frozenset(_DOUBTFUL.split(","))
"""Ways whose names have other meanings on a ward: a number must stand before, and a name after."""


def _opening(words: Iterable[str]) -> str:
    """Return a pattern for any of the words that opens with a character class, for speed."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(re.escape(word[1:]))
    letters = "".join(sorted({*by_letter, *(letter.upper() for letter in by_letter)}))
    rests = "|".join(f"(?<=[{letter}{letter.upper()}])(?i:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return rf"[{letters}](?<![\w/@.].)(?:{rests})(?![\w'’@])"


WAY = re.compile(_opening(SURE | UNSURE))

_STEP = re.compile(rf"(?:{SPACE}{{1,2}}|(?<=[.'’\-]))((?:[dDlL]['’])?[\w][\w'’\-]{{0,40}})(\.?)")
_PARTICLE_WORDS = "de du des la le les l d et au aux sur sous en lès"
_TITLE_WORDS = (
    "docteur dr professeur pr général gal maréchal mal colonel commandant capitaine lieutenant président saint "
    "sainte st ste abbé père soeur sœur frère mère pape roi reine jean notre petit grand"
)
_STOP_WORDS = (
    "depuis a à avec qui chez dans est vit tel tél téléphone appt apt ne né née pour par où ou mais puis non il elle "
    "son sa ses mon ma portable fax mail mme mr m. ddn nir ipp ville cp code étage bâtiment bât vu vue seul seule "
    "sans y on n°"
)
_MONTH_WORDS = (
    "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre décembre decembre"
)
_PARTICLES, _TITLES = frozenset(_PARTICLE_WORDS.split()), frozenset(_TITLE_WORDS.split())
_STOP, _MONTHS = frozenset(_STOP_WORDS.split()), frozenset(_MONTH_WORDS.split())
_NO_STOP = rf"(?!(?:{'|'.join(map(re.escape, sorted(_STOP)))})\b)"
_CLOSED = re.compile(
    rf"(?:{SPACE}{_NO_STOP}[a-zà-ÿ][\w'’\-]{{0,30}}){{0,3}}{SPACE}?,?{SPACE}?(?=[,;\n)\"^~|]|\d{{5}}|$)"
)
_MOST_WORDS = 10


def name_end(text: str, start: int) -> tuple[int, str]:
    """Return where the name that begins at `start` ends, and its first telling word; nothing without a name."""
    end, first, position, before = start, "", start, ""
    for _ in range(_MOST_WORDS):
        step = _STEP.match(text, position)
        if step is None:
            break
        word = step[1][2:] if step[1][1:2] in {"'", "’"} and len(step[1]) > 2 else step[1]  # noqa: PLR2004 (`l'` and `d'`)
        low, position = word.lower(), step.end()
        if low == "et" and not first:
            break
        if low in _PARTICLES:
            continue
        if not _goes_on(text, step, low, before, first):
            break
        end, before = step.end(1), low
        if low in _TITLES or word[0].isdigit():
            position = step.end()
            continue
        first = first or word
        if step[2] and len(word) > 1:
            break
    return (end, first) if first else (start, "")


def _goes_on(text: str, step: re.Match[str], low: str, before: str, first: str) -> bool:
    """Return whether this word can be part of a way's name."""
    word = step[1]
    if word[0].isdigit():
        return _is_in_a_date(text, step.end(), low, before)
    if low in _STOP:
        return False
    telling = word[2:3] if word[1:2] in {"'", "’"} else word[0]
    if telling.isupper() or not first or low in _TITLES or low in _MONTHS:
        return True
    return _CLOSED.match(text, step.end()) is not None


def _is_in_a_date(text: str, position: int, number: str, before: str) -> bool:
    """Return whether a number belongs to a way called after a day: `rue du 8 mai 1945`."""
    if before in _MONTHS:
        return re.fullmatch(r"1[89]\d\d|20\d\d", number) is not None
    following = re.match(rf"{SPACE}([a-zA-Zà-ÿÀ-Ý]{{3,9}})", text[position : position + 12])
    return following is not None and following[1].lower() in _MONTHS


def ways(text: str) -> Iterator[tuple[re.Match[str], int, str]]:
    """Yield each word for a way that a name follows: the match, where the name ends, its first telling word."""
    for way in WAY.finditer(text):
        end, first = name_end(text, way.end())
        if first:
            yield way, end, first
