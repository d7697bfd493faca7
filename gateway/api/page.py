"""Pages for people: French, readable without scripts, without anything from elsewhere."""

from html import escape

from starlette.responses import HTMLResponse

STYLE = """
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.7rem } h2 { font-size: 1.3rem; margin-top: 2.5rem } h3 { margin-bottom: .2rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; vertical-align: top; padding: .4rem .6rem;
border-bottom: 1px solid #8886 } code, pre { font-family: ui-monospace, monospace; font-size: .92em }
pre { padding: .8rem; overflow-x: auto; border: 1px solid #8886; border-radius: .3rem }
dt { font-weight: 600 } dd { margin: 0 0 .4rem }
"""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def page(title: str, *parts: str) -> HTMLResponse:
    """Return a page; `parts` are HTML already, `title` is not."""
    head = (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
    )
    html = f"{head}<body><main><h1>{escape(title)}</h1>{''.join(parts)}</main></body></html>"
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})


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
