"""Names that are not persons of the record: eponyms after `maladie de`, listed eponyms, authors quoted in print."""

from collections.abc import Sequence

from filters.identifiers.lexicon.lists import words as listed
from filters.identifiers.lexicon.words import Word

_TRIGGERS = frozenset(
    "maladie maladies syndrome syndromes sd signe signes score scores test tests classification echelle echelles manoeuvre "
    "manoeuvres sonde sondes loi critere criteres index indice fracture fractures ligne point points anse canal trompe "
    "trompes glande glandes cellule cellules bacille bacilles operation intervention technique techniques methode "
    "procedure formule equation coloration stade grade type reflexe triade tetrade phenomene epreuve hernie drain drains "
    "lame lames pince ecarteur valve bandelette gouttiere attelle collier corset clou plaque plaques vis prothese fil "
    "broche broches incision voie abord ulcere tumeur tumeurs sarcome lymphome anemie purpura goitre thyroidite arterite "
    "cirrhose paralysie nevralgie ataxie dystrophie choree encephalopathie aphasie virus espace ligament muscle nodule "
    "nodules tache taches corps crise adenopathie adenome carcinome echelon catheter kit lit matelas pansement scale stages "
    "consensus conference criteria classe questionnaire position decubitus appareil milieu solution reaction "
    "positionnement exercice exercices protocole regime bistouri ciseaux aiguille trocart rapport volume regle angle "
    "gastrectomie hysterectomie intervention osteotomie anastomose procedes procede modele courbe courbes".split()
)
_BETWEEN = frozenset("de d' du des la le l' les et selon modifie modifiee type en positif positive negatif a".split())
_FAR = 5


def is_listed(word: Word) -> bool:
    """Whether the word is a listed eponym."""
    return word.folded in listed("eponyms")


def is_eponymous(words: Sequence[Word], index: int) -> bool:
    """Whether the word at `index` stands as an eponym, by its list, by what precedes it, or as an author quoted."""
    return is_listed(words[index]) or follows_trigger(words, index) or _quoted(words, index)


def follows_trigger(words: Sequence[Word], index: int) -> bool:
    """Whether a word such as `maladie de` stands before the word, with nothing but grammar or names between."""
    for back in range(index - 1, max(-1, index - 1 - _FAR), -1):
        if words[back + 1].before.strip(" -'\"«»“”\n"):
            return False
        word = words[back]
        if word.folded in _TRIGGERS:
            return True
        if word.folded not in _BETWEEN and word.lower:
            return False
    return False


def _quoted(words: Sequence[Word], index: int) -> bool:
    """Whether `et al.`, `et coll.` follow within the name's reach."""
    for ahead in range(index + 1, min(index + 4, len(words) - 1)):
        if words[ahead].folded == "et" and words[ahead + 1].folded in {"al", "coll", "col", "collaborateurs"}:
            return True
        if words[ahead].lower:
            return False
    return False
