"""ZIP codes and the town that follows one; five figures alone are a count of cells as often as a town."""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.context import CODES, left_of
from filters.identifiers.detectors.pattern import SPACE, Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.folding import fold

_DEPARTMENT = r"(?:0[1-9]|[1-8]\d|9[0-578]|2[AB])"
_CODE = rf"[0-9](?<![\w.,/+].)(?:(?<=[0-9])\d|(?<=2)[ABab]){SPACE}?\d{{3}}(?![\w/%]|[.,]\d|{SPACE}\d)"
_CAPITAL = r"[A-ZÀ-Ý][\w'’]{0,30}"
_LINK = r"(?:de|du|des|la|le|les|en|sur|sous|l[èe]s|aux?|et|DE|DU|DES|LA|LE|LES|EN|SUR|SOUS|L[ÈE]S)"
_NO_TOWN = (
    r"(?!(?i:t[ée]l|fax|mail|n[ée]e?\b|ddn|dr\b|pr\b|mme|ipp|nir|ui\b|leuco|plaq|pn[ne]|poly|lympho|gb\b|gr\b|hb\b|"
    r"h[ée]mo|germes?|colonies|"
    r"copies|cellules|[ée]l[ée]ments|units?\b|euros?|patients?|cas\b|mg\b|ml\b|/|fois|crp|hba|ufc|dossier|et\b|"
    r"puis\b|dont\b|soit\b)|(?i:le)\b(?! [A-ZÀ-Ý]))"
)
_TOWN = (
    rf"{_NO_TOWN}(?:(?:L['’]|(?:La|Le|Les|LA|LE|LES)[ \-])?{_CAPITAL}(?:(?:[ \-]{_LINK}){{0,3}}(?:[ \-]|"
    rf"-[dl]['’]|[ ][dl]['’]){_NO_TOWN}{_CAPITAL}){{0,4}})"
)
_CEDEX = rf"(?:{SPACE}{{1,2}}(?i:cedex)(?:{SPACE}\d{{1,2}})?)?"
_DISTRICT = rf"(?:{SPACE}\d{{1,2}}(?:er|e|[èe]me)?(?![\w/.,]|{SPACE}?\d))?"
_LOWER = (
    rf"{_NO_TOWN}(?:(?:saint|sainte|st|ste|la|le|les)[ \-])?[a-zà-ÿ][a-zà-ÿ'’\-]{{2,40}}"
    rf"(?:(?: {_LINK}){{0,2}} (?!t[ée]l|port|fax|mail|n[ée]e?\b)[a-zà-ÿ][a-zà-ÿ'’\-]{{2,20}}(?={SPACE}?(?:[.,;)\n]|"
    rf"$|t[ée]l\b)))?"
)
_AFTER = re.compile(rf"{SPACE}?[,\-]?{SPACE}{{0,2}}(?P<town>{_TOWN}{_CEDEX}{_DISTRICT})")
_AFTER_LOWER = re.compile(rf"{SPACE}?[,\-]?{SPACE}{{1,2}}(?P<town>{_LOWER}(?:{SPACE}cedex)?)")
_COUNT = re.compile(
    r"(?:leuco\w*|plaq\w*|globules|gb|gr|pnn|cd4|lympho\w*|ferritine|bnp|pro-?bnp|d-?dim\w*|charge virale|cv|"
    r"troponine|dose|posologie|"
    r"h[ée]parine|lovenox|innohep|inohep|fraxiparine|vitamine d|soit|environ|prix|co[ûu]t|montant|poids)[ "
    r":=àa]{0,4}$|" + CODES.pattern
)
_ADDRESS = re.compile(
    r"\b(?:rue|avenue|ave?|bou?levard|bd|bld|place|impasse|chemin|quai|all[ée]e|cours|square|route|r[ée]sidence|"
    r"lotissement|lieu-dit|hameau|"
    r"bp|cs|adresse|address|habite?|habitant|domicili[ée]e?|demeurant|r[ée]sid(?:e|ant))\b[^\n]{0,80}$"
)
_BOX = re.compile(r"\b(?:bp|cs|tsa|b\.p\.|c\.s\.) ?$")
_LABEL = re.compile(
    r"\b(?:code postal|cp|c\.p\.|zip|zip code|postal code|postcode|code poste)\b"
    r"(?: ?[/\-,+&]? ?(?:ville|commune|localit[ée]))?[\s:=\"'.(\[]{0,6}$"
)
_TOWN_BEFORE = re.compile(r"([^\W\d_][^\W\d_'’]{2,30}(?:[ \-][^\W\d_]{2,20}){0,3})(?: ?[,(\-]| [,(\-]?) ?$")


def _is_beside_a_town(text: str, start: int, end: int) -> bool:
    """Return whether a town that everybody knows stands before the code, or in lower case behind it."""
    cities = lists.words("cities")
    before = _TOWN_BEFORE.search(text[max(0, start - 60) : start])
    if before and any(fold("-".join(before[1].split()[-count:])) in cities for count in (1, 2, 3)):
        return _COUNT.search(left_of(text, start)) is None
    after = _AFTER_LOWER.match(text, end)
    return after is not None and fold(after["town"].split()[0]) in cities


class ZipCode(ShapeRecognizer):
    """Finds ZIP, and as VILLE the town behind it or behind a label."""

    label = Label.ZIP
    _code = Shape(name="code", pattern=re.compile(_CODE), score=0.85)
    _department = re.compile(_DEPARTMENT, re.IGNORECASE)
    shapes = (
        Shape(
            name="field of a segment",
            pattern=re.compile(r"[\^~](?P<value>(?:\d\d|2[AB])\d{3})(?=\^|~|\||$)", re.MULTILINE),
            requires=("^", "~"),
            score=0.85,
        ),
        Shape(
            name="town before its code in a segment",
            pattern=re.compile(
                rf"[\^~](?P<value>{_CAPITAL}(?:[ \-'][\w']{{1,30}}){{0,5}})(?=\^(?:[^\^|\n]{{0,30}}\^)?(?:\d\d|"
                rf"2[AB])\d{{3}}\^?|~(?:\d\d|2[AB])\d{{3}})"
            ),
            requires=("^", "~"),
            score=0.85,
            label=Label.VILLE,
        ),
        Shape(
            name="cut short",
            pattern=re.compile(rf"[1-9](?<![\w.,/+].)\d{{3}}{SPACE}{_TOWN}"),
            score=0.2,
            context=re.compile(rf"(?:{_ADDRESS.pattern})(?<=[,\-\n ])"),
            with_context=0.6,
        ),
        Shape(
            name="labelled town",
            pattern=re.compile(
                rf"[vVcClLbBmM](?:(?<=[vV])ille|(?<=[vV])ILLE|(?<=[cC])ity|(?<=[cC])ommune|(?<=[lL])ocalit[ée]|"
                rf"(?<=[mM])unicipality|"
                rf"(?<=[bB])irth[ _]?[pP]lace|(?<=[lL])ieu[ _]de[ _]naissance|"
                rf"(?<=[lL])ieu[nN]aissance)[\"']?{SPACE}?[:=]{SPACE}?[\"'\[]{{0,2}}"
                rf"(?P<value>{_TOWN}{_CEDEX}|{_LOWER}(?=[\"',;)\n]|$))"
            ),
            requires=("ville", "city", "commune", "localit", "municipality", "birth", "lieu"),
            score=0.85,
            label=Label.VILLE,
        ),
    )

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield codes that a town, an address or a label makes sure, each with its town."""
        for code in self._code.pattern.finditer(text):
            if not self._department.match(code[0]):
                continue
            town = _AFTER.match(text, code.end())
            left = left_of(text, code.start())
            if _BOX.search(left):
                continue
            told = _LABEL.search(left) or _ADDRESS.search(left) or _is_beside_a_town(text, *code.span())
            if not told and (not town or len(town["town"]) < 3 or _COUNT.search(left) or left[-2:-1].isdigit()):  # noqa: PLR2004 (shorter are units)
                continue
            town = town or (_AFTER_LOWER.match(text, code.end()) if told else None)
            yield Finding(*code.span(), self._code.score, self._code)
            if town:
                yield Finding(*town.span("town"), self._code.score, self._code, Label.VILLE)
        yield from super().find(text)
