"""How an address is written: ways and titles in full or abbreviated, with or without number, particles and commas."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from filters.identifiers.entity import Label
from filters.identifiers.known import ordinary
from filters.identifiers.known.form import Form
from filters.identifiers.known.number import postal_codes
from filters.identifiers.known.patient import KnownAddress
from filters.identifiers.known.reading import Reading
from filters.identifiers.lexicon.folding import fold

_WAYS = (
    "avenue av ave,boulevard bd bld blvd bvd boul,rue r,place pl,residence res,impasse imp,chemin ch che chem,"
    "allee all,allees all,route rte,square sq,faubourg fbg fg,lotissement lot,quartier quart,cours crs,passage pass,"
    "hameau ham,quai q,esplanade espl,promenade prom,sentier sent,montee mte,traverse tra,domaine dom,villa vla,"
    "cite cte,clos,voie,venelle ven,ruelle rle,rocade,mail,parvis,galerie,immeuble imm,batiment bat,lieudit ld"
)
_TITLES = (
    "docteur dr,general gal gen,marechal mal,professeur pr prof,president pdt pres,colonel col cel,capitaine cne cap,"
    "commandant cdt cmdt,lieutenant lt,abbe,monseigneur mgr,amiral"
)
_OTHERS = (
    "saint st,sainte ste,saints sts,grande gde,grand gd,petit pt,petite pte,sur s,sous s,faubourg fbg fg,"
    "appartement appt apt app,batiment bat,escalier esc,etage etg"
)
_PARTICLE_WORDS = "de du des d la le les l a au aux en et"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())


def _groups(listed: str) -> dict[str, tuple[str, ...]]:
    """Return the other writings of each word."""
    groups = [tuple(group.split()) for group in listed.split(",")]
    return {word: group for group in groups for word in group}


_WAY_WRITINGS = _groups(_WAYS)
_TITLE_WRITINGS = _groups(_TITLES)
_OTHER_WRITINGS = _groups(_OTHERS)

_WORD = re.compile(r"[^\W_]+")
_HAMLET = re.compile(r"lieu[ -]dit")
_HOUSES = frozenset({"bis", "ter", "quater"})
_PIECE = re.compile(r"[,;\n]")
_POSTAL = re.compile(r"\s*(?P<code>\d{5})\s+(?P<city>\D.*)")
_CITY_ENDS = re.compile(r"(?<=\S)\s+(?:cedex.*|\d+\s*(?:er?|eme|ieme)?(?:\s+arrondissement)?)$")
_HOUSE_BEFORE = re.compile(r"(?<!\w)\d{1,4}(?: ?(?:bis|ter|quater|[a-f])(?![a-z]))?[ ,\-]{0,3}$")
_PLACE_BEFORE = re.compile(r"(?:(?<![a-z])(?:a|de|sur|vers|ville|commune|habite|city|d)[\W_]{1,4}|\d{5}[\W_]{1,3})$")

_MOST_WRITINGS = 24
_FIRST_WORDS = 6
"""Before it a line says the number, the building, the staircase."""
_TELLING = 6
"""Letters that the name of a way needs in order to be sought without its way."""
_SHORT_CITY = 4


def forms(address: KnownAddress) -> Iterator[Form]:
    """Yield how each part of an address is written."""
    lines, codes, cities = [*address.lines], [address.postal_code], [address.city]
    for piece in _PIECE.split(address.text):
        place = _POSTAL.fullmatch(piece)
        if place is not None:
            codes.append(place["code"])
            cities.append(place["city"])
        else:
            lines.append(piece)
    for line in lines:
        for piece in _PIECE.split(line):
            yield from _line(piece)
    for code in codes:
        yield from postal_codes(code)
    for city in cities:
        yield from _city(fold(city).strip())


def _line(piece: str) -> Iterator[Form]:
    words = _WORD.findall(_HAMLET.sub("lieudit", fold(piece)))
    way = next((index for index, word in enumerate(words[:_FIRST_WORDS]) if word in _WAY_WRITINGS), None)
    name = words if way is None else words[way + 1 :]
    if way is not None and any(len(word) > 1 and word.isalpha() and word not in _HOUSES for word in words[:way]):
        yield Form(tuple(words), Label.ADRESSE)
    writings = [writing for writing in _writings(name) if any(map(str.isalpha, writing))]
    if way is not None:
        for word, writing in product(_WAY_WRITINGS[words[way]], writings):
            yield Form((word, *writing), Label.ADRESSE, judge=_with_house)
    for writing in writings:
        if len("".join(writing)) >= _TELLING and (way is None or not any(map(str.isdigit, "".join(writing)))):
            telling = [word for word in writing if word not in _PARTICLES]
            yield Form(writing, Label.ADRESSE, judge=None if len(telling) > 1 else _with_a_capital)


def _city(name: str) -> Iterator[Form]:
    words = _WORD.findall(_CITY_ENDS.sub("", name))
    for writing in dict.fromkeys((*_writings(words, titles=False), *_writings(words[1:], titles=False))):
        dropped = len(writing) < len(words)
        if dropped and words[0] not in _PARTICLES:
            continue
        letters = "".join(writing)
        if letters:
            sure = len(letters) > _SHORT_CITY and not ordinary.is_listed(letters)
            yield Form(writing, Label.VILLE, judge=None if sure else _where_places_stand)


def _writings(words: Sequence[str], *, titles: bool = True) -> list[tuple[str, ...]]:
    """Return a name in the ways that people shorten it, a bounded number of them; the shortest drops all it can."""
    choices = [_choices(word, titles=titles and len(words) > 1) for word in words]
    bare = [tuple(word for word in words if word not in _PARTICLES and not (titles and word in _TITLE_WRITINGS))]
    whole = islice(product(*choices), _MOST_WRITINGS)
    writings = [writing for full in whole for writing in (full, _without_particles(full))]
    return [writing for writing in dict.fromkeys((*writings, *(bare if titles else []))) if writing]


def _choices(word: str, *, titles: bool) -> tuple[str, ...]:
    if titles and word in _TITLE_WRITINGS:
        return _TITLE_WRITINGS[word]
    return _OTHER_WRITINGS.get(word, (word,))


def _without_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _PARTICLES)


def _with_house(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take in the number of the house."""
    back = max(0, start - 16)
    house = _HOUSE_BEFORE.search(reading.folded[back:start])
    return (back + house.start() if house else start), end


def _with_a_capital(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Take a lone name for a way where it is written as one: `aux Tanneurs`, not `l'hôpital`, nor any plain word."""
    named = not reading.written[start:end].islower() and not ordinary.is_listed(reading.folded[start:end])
    return _with_house(reading, start, end) if named else None


def _where_places_stand(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Take a city that is short, or a plain word, with a capital, or after what announces a place."""
    named = not reading.written[start:end].islower() or _PLACE_BEFORE.search(reading.folded[max(0, start - 16) : start])
    return (start, end) if named else None
