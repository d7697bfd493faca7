"""The lists this project wrote, one kind of word per file, and the endings that make a word clinical.

Entries are compared whole, in lower case and without accents: never a part of a word, so that a list cannot unmask
a name that merely contains one of its entries.
"""

import re
from functools import cache
from importlib import resources

from filters.identifiers.lexicon.folding import fold

_DRUG_ENDINGS = re.compile(
    r"(?:prazole|sartan|statine?|dipine|olol|zepam|zolam|cilline|mycine|micine|cycline|floxacine?|conazole|nazole|vir|"
    r"parine|gliptine|glinide|glutide|flozine|formine|gliflozine|triptan|setron|sétron|coxib|profene|fenac|xaban|gatran|"
    r"grel|platine|taxel|rubicine|tinib|ciclib|limus|lizumab|[a-z]{3}mab|cept|kinra|dronate|dronique|thiazide|semide|"
    r"oxetine|pramine|tryptiline|azepine|zepine|ridone|apine|peridol|azine|barbital|caine|curonium|fentanil|orphine|"
    r"orphone|codeine|codone|profen|salicylate|sone|solone|onide|terol|tropium|lukast|astine|tadine|tidine|prost|"
    r"relix|reline|trozole|oxifene|lutamide|ylline|cillin|oxacin|penem|bactam|cef[a-z]{3,}|sulfa[a-z]{3,}|quine|"
    r"vastatine|fibrate|nitrate|bicarbonate|chlorure|sulfate|phosphate|gluconate|acetate|citrate|oxyde|hydrate)$"
)
_CLINICAL_ENDINGS = re.compile(
    r"(?:ectomies?|otomies?|ostomies?|oscopies?|graphies?|grammes?|metries?|metres?|plasties?|pathies?|lgies?|"
    r"emies?|uries?|pnees?|thermies?|cardies?|phagies?|phasies?|plegies?|paresies?|tonies?|trophies?|plasies?|"
    r"scleroses?|oses?|ites?|omes?|omas?|ogies?|ologues?|iatres?|iatries?|therapies?|therapeutes?|iques?|aires?|"
    r"eux|euses?|oides?|oidiens?|iens?|iennes?|ales?|elles?|ifs?|ives?|ations?|itions?|ements?|ances?|ences?|"
    r"ables?|ibles?|ants?|antes?|ees?|ases?|cytes?|blastes?|phages?|genes?|geniques?|philes?|phobies?|lyses?|"
    r"centeses?|ectasies?|rragies?|rrhees?|rhees?|tropes?|ismes?|istes?|tures?|teurs?|trices?|ions?|ites?)$"
)

_STEM = 6
"""Shorter words are too often names to be judged by their ending."""


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of the list `name`, folded. A line after `#` is a remark."""
    source = resources.files("filters.identifiers.lexicon").joinpath("data", f"{name}.txt")
    lines = source.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines for word in line.split("#", 1)[0].split())


def is_drug(folded: str) -> bool:
    """Whether a word is a drug: listed, or built on an ending of the international nomenclature."""
    return folded in words("drugs") or (len(folded) > _STEM and _DRUG_ENDINGS.search(folded) is not None)


def is_clinical(folded: str) -> bool:
    """Whether a word belongs to the hospital's own language and so names nobody, whatever its capitals."""
    return folded in words("clinical") or folded in words("acronyms") or is_drug(folded)


def ends_clinically(folded: str) -> bool:
    """Whether a word ends as French nouns and adjectives of medicine do: weak evidence, for words in no dictionary."""
    return len(folded) > _STEM and _CLINICAL_ENDINGS.search(folded) is not None
