"""Who gets a page, and what a page may hold."""

import pytest

from gateway.api.page import page, prefers_html


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", False),
        ("*/*", False),
        ("application/json", False),
        ("text/html", True),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", True),
        ("application/json, text/html;q=0.9", False),
        ("application/json;q=0.5, text/html;q=0.9", True),
        ("text/html;q=nonsense", False),
    ],
)
def test_a_page_is_for_whoever_prefers_one(accept: str, *, expected: bool) -> None:
    assert prefers_html(accept) is expected


def test_a_title_is_text() -> None:
    made = page("<b>Charte</b>")
    assert b"<b>" not in made.body
    assert made.headers["content-security-policy"].startswith("default-src 'none'")
