"""Images, links and active content of one piece of an answer, taken out of action and left to be read.

Markdown and HTML are read as the most generous renderer would: what no renderer would follow may be changed needlessly,
never the other way round.
"""

import re
from typing import Final

from filters.answers.hosts import LONGEST_HOST, Hosts, runs, shown
from filters.answers.tally import Tally

IMAGE: Final = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\r\n]|\[[^\[\]\r\n]{0,80}+\]){0,400}+)\]\([ \t]*+"
    r"(?P<address><[^>\r\n]{0,2000}+>|(?!<)[^\s)]{0,3000}+)"
    r"(?:[ \t]++(?:\"[^\"\r\n]{0,200}+\"|'[^'\r\n]{0,200}+'|\([^)\r\n]{0,200}+\)))?+[ \t]*+\)"
)
"""Without a way back, and within one line: what is an image once it is closed, stays one whatever comes after it."""

_DESTINATION: Final = re.compile(r"(?P<before>\](?:\(|:)\s*<?)(?P<address>[^\s<>)]+)")
_OPEN_DESTINATION: Final = re.compile(r"\](?:\(|:)\s*<?\s*\Z")
_ADDRESS: Final = re.compile(
    r"(?P<scheme>https?|ftps?|sftp|wss?|file|smb)(?=(?P<host>:[/\\]+[^\s<>/\\?#]*+))", re.IGNORECASE
)
"""Up to its host, so that one address cannot hide another in its path.

Quotes may stand in a host as browsers read it: `has-sante.fr'.example` is another host.
"""
_AFTER: Final = ".,;:!?)*_]}|\"'`»”’…"
"""Signs that end a sentence or a markup rather than an address."""
_BARE: Final = re.compile(
    r"(?<![^\W_])(?:https://[\w/.%#?&=~+:-]*+|www\.(?=(?P<name>[^\s<>/\\?#]{0,254}+)))", re.IGNORECASE
)
"""Where it stands in an address that is let through, `www.` begins no other."""
_WWW: Final = re.compile(r"www\.", re.IGNORECASE)
_DATA: Final = re.compile(r"(?<!inactif[:-])data(?=:(?:text/html|application/xhtml|image/svg))", re.IGNORECASE)

_ACTIVE: Final = (
    r"script|iframe|frame|frameset|object|embed|applet|form|input|button|textarea|select|option|style|link|meta|base|svg"
    r"|math|video|audio|source|track|picture|img|image|template|portal|dialog|marquee|body|html|head|noscript|xml|plaintext"
    r"|xmp|listing|pre|title|keygen|isindex|bgsound|layer|ilayer|area|map|canvas|slot|foreignobject|animate|set|use"
)
_TAG: Final = re.compile(
    rf"<(?=/?(?P<name>{_ACTIVE})(?![\w-])|(?P<sign>[!?])|(?P<link>[A-Za-z][\w+.-]{{1,31}}:[^\s<>]*+))", re.IGNORECASE
)
_OPENING: Final = re.compile(r"<(?=[A-Za-z/!?])")
_OPEN_TAG: Final = re.compile(r"<(?=[A-Za-z])(?![A-Za-z][\w-]*/?>)")
_RUNNING: Final = r"on[a-z]{3,30}|style|srcdoc"
_LEADING: Final = (
    r"href|src|srcset|xlink:href|action|formaction|poster|background|data|ping|lowsrc|dynsrc|cite"
    r"|manifest|code|codebase"
)
_ATTRIBUTE: Final = re.compile(
    rf"(?<![\w:-])(?P<name>(?P<running>{_RUNNING})|{_LEADING})\s*+="
    r"(?=\s*+(?P<value>(?P<quote>[\"'])[^\"'\s]{0,3000}+(?P=quote)|[^\s\"'>]{0,3000}+))",
    re.IGNORECASE,
)
"""Up to its sign, since what looks like the value of one attribute may be another one once the first is none."""
_NAMED: Final = re.compile(rf"(?<![\w:-])(?:(?P<running>{_RUNNING})|{_LEADING})\s*\Z", re.IGNORECASE)
_PICTURES: Final = frozenset({"img", "image", "picture"})
_EQUALS: Final = "&#61;"
_DEAD: Final = ("hxxp", "inactif")
"""How an address begins that was taken out of action."""
_ALT: Final = str.maketrans({"(": "[", ")": "]", "<": "&lt;", "`": "'"})
"""What an image's words might open once they are text."""


class Markup:
    """Defuses pieces in order; remembers whether an HTML tag with attributes was opened."""

    def __init__(self, hosts: Hosts, tally: Tally) -> None:
        """`tally` is told of everything that is defused."""
        self._hosts, self._tally = hosts, tally
        self._in_tag = False

    def defuse(self, piece: str, before: str) -> str:
        """Return `piece`, which stands between blanks, without what acts.

        `before` is the text just before it, as it was let out, with one blank and one line end at most between words.
        """
        if "![" in piece:
            piece = IMAGE.sub(self._image, piece)
        if _OPEN_DESTINATION.search(before):
            piece = self._first_destination(piece)
        if "](" in piece or "]:" in piece:
            piece = _DESTINATION.sub(self._destination, piece)
        if "=" in piece and (self._in_tag or "<" in piece):
            piece = self._attributes(piece, before)
        if ":" in piece:
            piece = _DATA.sub(self._data, piece)
        if "<" in piece:
            piece = _TAG.sub(self._tag, piece)
        # After tags: what is left of one may lengthen the host before it.
        if ":" in piece:
            piece = _ADDRESS.sub(self._address, piece)
        if "ww." in piece.lower():
            piece = _BARE.sub(self._bare, piece)
        # Never closed again: where a tag ends depends on quotes, and a `>` can stand inside of them.
        self._in_tag = self._in_tag or _OPEN_TAG.search(piece) is not None
        return piece

    def _image(self, match: re.Match[str]) -> str:
        address = match["address"].removeprefix("<").removesuffix(">")
        if self._hosts.allow(address):
            words, opened = _OPENING.subn("&lt;", match["alt"])
            self._tally["active"] += opened
            return f"![{words}{match.string[match.end('alt') : match.end()]}"
        self._tally["images"] += 1
        alt = " ".join(match["alt"].split()).translate(_ALT)
        return f"(image non affichée : {f'{alt}, ' if alt else ''}{shown(address)})"

    def _destination(self, match: re.Match[str]) -> str:
        return match["before"] + self._led(match["address"])

    def _first_destination(self, piece: str) -> str:
        end = re.search(r"[\s<>)]", piece[1:])
        cut = end.start() + 1 if end else len(piece)
        opened = piece[:1] == "<"
        return piece[:opened] + self._led(piece[opened:cut]) + piece[cut:]

    def _led(self, address: str) -> str:
        """Return an address that a renderer would resolve, escapes and entities too."""
        if self._hosts.allow(address) or address.startswith(_DEAD):
            return address
        if _ADDRESS.match(address):
            return address  # its own turn comes
        self._tally["active" if runs(address) else "links"] += 1
        return f"inactif:{_WWW.sub('www[.]', address)}"

    def _attributes(self, piece: str, before: str) -> str:
        def attribute(match: re.Match[str]) -> str:
            value = match["value"].strip("\"'")
            whole = match["quote"] or not match["value"].startswith(("'", '"'))
            if match["running"] is None and value and whole and self._hosts.allow(value):
                return match[0]
            if match["running"] is None and _ADDRESS.match(value):
                return match[0]
            self._tally["links" if match["running"] is None and not runs(value) else "active"] += 1
            return match["name"] + _EQUALS

        if self._in_tag and piece.startswith("=") and (named := _NAMED.search(before)):
            self._tally["active" if named["running"] else "links"] += 1
            return _EQUALS + piece[1:]
        start = 0 if self._in_tag else piece.index("<")
        return piece[:start] + _ATTRIBUTE.sub(attribute, piece[start:])

    def _address(self, match: re.Match[str]) -> str:
        scheme = match["scheme"]
        if self._hosts.allow(scheme + match["host"].rstrip(_AFTER)):
            return scheme
        self._tally["links"] += 1
        return "hxxp" + scheme[4:] if scheme.lower().startswith("http") else "inactif"

    def _bare(self, match: re.Match[str]) -> str:
        whole = match["name"] or ""
        name = whole.rstrip(_AFTER)
        if not name or (len(whole) <= LONGEST_HOST and self._hosts.knows(name)):
            return match[0]
        # Some renderers see it behind a scheme that they do not know, too.
        self._tally["links"] += not match.string.endswith("://", 0, match.start())
        # A bracket right after these would make a link of them.
        return f"{match[0][:3]}[.]{' ' if whole.startswith(('(', '[', ':')) else ''}"

    def _data(self, match: re.Match[str]) -> str:
        self._tally["active"] += 1
        return f"inactif-{match[0]}"

    def _tag(self, match: re.Match[str]) -> str:
        link = match["link"]
        if link is not None and (self._hosts.allow(link) or link.startswith(_DEAD) or _ADDRESS.match(link)):
            return match[0]
        if link is not None:
            self._tally["active" if runs(link) else "links"] += 1
            return "&lt;"
        closing = match.string[match.end() : match.end() + 1] == "/"
        if not closing:
            self._tally["images" if (match["name"] or "").lower() in _PICTURES else "active"] += 1
        return "&lt;"
