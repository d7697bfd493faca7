"""Pages for people: French, readable without scripts, without anything from elsewhere."""

from functools import cache
from html import escape
from importlib.resources import files

from starlette.responses import HTMLResponse

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
FORMS = POLICY.replace("form-action 'none'", "form-action 'self'")
"""For a page with forms, which may be sent to this gateway only."""


def page(title: str, *parts: str, status: int = 200, policy: str = POLICY, narrow: bool = False) -> HTMLResponse:
    """Return a page; `parts` are HTML already, `title` is not. A narrow one is made of sentences, not of tables."""
    head = (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head>"
    )
    header = '<a class="skip" href="#contenu">Aller au contenu</a><header><p class="house">Écluse</p></header>'
    main = f'<main id="contenu" tabindex="-1"><h1>{escape(title)}</h1>{"".join(parts)}</main>'
    html = f'{head}<body><div class="sheet{" narrow" if narrow else ""}">{header}{main}</div></body></html>'
    headers = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(html, status, headers)


@cache
def _style() -> str:
    return files("gateway.api").joinpath("page_style.txt").read_text(encoding="utf-8")


def prefers_html(accept: str) -> bool:
    """Return whether an `Accept` header prefers a page to JSON; a program that says nothing gets JSON."""
    weights = {"text/html": 0.0, "application/json": 0.0}
    for item in accept.split(","):
        kind, _, rest = item.partition(";")
        if kind.strip().lower() in weights:
            weights[kind.strip().lower()] = _quality(rest)
    return weights["text/html"] > weights["application/json"]


def _quality(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
