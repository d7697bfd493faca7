"""An answer's text, however it is cut: the same whole, defused, with as little held back as can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.answers.scanner import Scanner
from policies.practices import secrets
from tests.fakes.answers import SECRET, out, scan
from tests.fakes.effort import grows_with_its_text

FRAGMENTS = [
    "![",
    "](",
    ")",
    "[a]",
    "![a](https://evil.example/x)",
    "https://evil.example",
    "https://has-sante.fr/x",
    "www.",
    "<",
    ">",
    "<b ",
    "<script",
    "onclick=",
    "=",
    '"',
    "'",
    "javascript:",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "   ",
    "\t",
    "- ",
    "> ",
    "1. ",
    "$$",
    "é",
    "mot",
    SECRET,
    "\\",
    "[NOM_1]",
    "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----",
    "MIIEvQIBADANBgkqhkiG9w0B",
    "(",
    "//evil.example/p",
    "www.evil.example",
    "has-sante.fr/www.",
    "data:text/html,x",
    "<http:",
    "onmouseover",
    " = ",
    "&",
    "x" * 2040,
    " " * 300,
]
FENCES = ["```", "~~~", "```python", "- a\n  ```\n", "  ```\n", "    ```\n", "1. a\n   ```\n", "````\n"]
TEXTS = st.lists(st.sampled_from(FRAGMENTS + FENCES), max_size=24).map("".join)
WITHOUT_FENCES = st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join)


def cut(text: str, sizes: list[int]) -> list[str]:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(text[at : at + size])
        at += size
    return [*pieces, text[at:]]


@given(TEXTS, st.lists(st.integers(0, 5), max_size=60))
def test_any_cut_gives_the_same_whole(text: str, sizes: list[int]) -> None:
    """Would catch: an image that leaves intact since its address came in two pieces."""
    at_once, streamed = scan(), scan()
    first, second = at_once.text(), streamed.text()
    assert out(first, [text]) == out(second, cut(text, sizes)) == out(scan().text(), list(text))
    assert (at_once.counts, first.sentence) == (streamed.counts, second.sentence)


@given(WITHOUT_FENCES)
def test_defused_text_has_nothing_left_to_defuse(text: str) -> None:
    """Would catch: an answer that becomes harmful by being defused once."""
    once = out(scan().text(), [text])
    again = scan()
    assert out(again.text(), [once]) == once
    assert [again.counts[kind] for kind in ("links", "images", "active")] == [0, 0, 0]


@given(st.text(st.characters(exclude_characters="<=:[]/.`~"), max_size=200), st.lists(st.integers(0, 5), max_size=40))
def test_plain_text_passes_byte_for_byte(text: str, sizes: list[int]) -> None:
    assert out(scan().text(), cut(text, sizes)) == text


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (["Le ", "pat", "ient ", "va"], ["Le ", "", "patient ", ""]),
        (
            ["Voir ![", "a b](https", "://evil.example) ", "fin "],
            ["Voir ", "", "(image non affichée : a b, `evil.example`) ", "fin "],
        ),
        (["```\n", "https://evil.ex", "ample"], ["```\n", "https://evil.ex", "ample"]),
    ],
)
def test_words_leave_as_soon_as_they_are_whole(pieces: list[str], expected: list[str]) -> None:
    """Would catch: a stream that is held to its end."""
    stream = scan().text()
    assert [stream.feed(piece) for piece in pieces] == expected


CODE = "Voici :\n\n```python\nopen('https://evil.example', '<script>')\nS3CR3T = 1\n```\n"


def test_code_stays_as_it_is_and_is_counted() -> None:
    """Would catch: code that no longer runs as it was asked for."""
    one = scan()
    stream = one.text()
    assert out(stream, [CODE]) == CODE
    assert (one.counts["links"], one.counts["active"], one.counts["secrets"], stream.sentence) == (1, 1, 1, "")


@pytest.mark.parametrize(
    "text",
    [
        CODE + "https://evil.example",
        "- ```\n  code\n  ```\nhttps://evil.example",
        "- a\n  ```\n  code\nhttps://evil.example\n",
        "> ```\nhttps://evil.example\n",
        "- a\n     ```\n  ```\nhttps://evil.example\n  ```\n",
        "<div>\n```\nhttps://evil.example\n```\n",
        "<div>\r\n```\r\nhttps://evil.example\r\n```\r\n",
        "$$\n```\n$$\nhttps://evil.example\n",
        "    ```\n    https://evil.example\n",
        "```un`deux\nhttps://evil.example\n",
        "```\na\n````\nhttps://evil.example",
        "\t```\n\thttps://evil.example",
        "- a\n  ```\n  x\n    ```\n  https://evil.example\n",
        "- a\n  ```\n  x\n \t```\n  https://evil.example\n",
        "1. a\n   ```\n   x\n     ```\n   https://evil.example\n",
        "- a\n\n    ```\n    x\n      ```\n\n```\nhttps://evil.example\n```",
        "```\na\n```\u00a0\n```\nhttps://evil.example\n",
        "```\na\n````\n```\nhttps://evil.example\n",
        f"```{'x ' * 1100}` y\nhttps://evil.example\n",
    ],
)
def test_what_only_looks_like_code_is_no_way_out(text: str) -> None:
    """Would catch: an address that one renderer shows as code and the reader's one as a link."""
    assert "hxxps://evil.example" in out(scan().text(), [text])


@pytest.mark.parametrize(
    "text",
    [
        "1. Lancer :\n   ```bash\n   curl https://evil.example\n\n   ls\n   ```\n2. Fin\n\n```\nhttps://evil.example\n```",
        "~~~\nhttps://evil.example\n```\n~~~\n",
        "```\r\nhttps://evil.example\r\n```\r\n",
        "- a\n\n    ```\n    x\n    ```\n\n```\nhttps://evil.example\n```",
    ],
)
def test_code_in_lists_is_code(text: str) -> None:
    assert out(scan().text(), [text]) == text


def test_a_secret_of_the_model_is_taken_out_and_one_of_the_request_is_not() -> None:
    """Would catch: a password that the model remembers, shown to whoever asks."""
    assert out(scan().text(), [f"Le code est {SECRET}, voilà."]) == "Le code est [secret retiré], voilà."
    mine = scan(f"Vérifie {SECRET}")
    assert out(mine.text(), [f"Le code est {SECRET}."]) == f"Le code est {SECRET}."
    assert mine.counts["secrets"] == 0


LINE = "MIIEvQIBADANBgkqhkiG9w0B\n"


def test_a_private_key_is_taken_out_line_by_line() -> None:
    """Would catch: a key whose first line alone is recognised."""
    key = "-----BEGIN PRIVATE KEY-----\n" + LINE * 30 + "-----END PRIVATE KEY-----"
    one = Scanner([], secrets.within).scan([])
    shown = out(one.text(), list(f"Voici {key} fin"))
    assert "MIIE" not in shown
    assert shown.endswith("-----END PRIVATE KEY----- fin")
    assert one.counts["secrets"] == 1


@pytest.mark.parametrize(
    "head",
    ["", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B2C3D\n\n", "Version: OpenPGP.js v4\nComment: a b c\n\n"],
)
def test_a_private_key_is_taken_out_after_its_headers(head: str) -> None:
    """Would catch: a key that is shown because a line of its own is no key material."""
    text = f"-----BEGIN RSA PRIVATE KEY-----\n{head}{LINE * 3}aB3=\n-----END"
    shown = out(Scanner([], secrets.within).scan([]).text(), list(text))
    assert "MIIE" not in shown
    assert "aB3=" not in shown
    assert head.split() == [word for word in shown.split() if word in head.split()]


def test_what_closes_a_key_is_read_like_any_word() -> None:
    """Would catch: an image that leaves intact in the word that closes a key."""
    key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B"
    for end in ("\n-----END", "-----END", "\n-----END PRIVATE KEY-----"):
        one = scan()
        shown = out(one.text(), [f"{key}{end}![](https://evil.example/p.png?d=1) <script> suite"])
        assert shown.endswith("(image non affichée : `evil.example`) &lt;script> suite")
        assert (one.counts["secrets"], one.counts["images"], one.counts["active"]) == (1, 1, 1)


def test_prose_about_keys_stays() -> None:
    """Would catch: the rest of an answer that is lost because it names how a key begins."""
    text = "Une ligne -----BEGIN PRIVATE KEY----- annonce la suite en base64 dans un fichier de 3 lignes au moins. Fin."
    one = Scanner([], secrets.within).scan([])
    assert out(one.text(), [text]) == text
    assert one.counts["secrets"] == 0


@pytest.mark.parametrize(
    "harm",
    [
        "<script>alert(1)</script>",
        "[a](//evil.example/x)",
        "<b/onclick=alert(1)>",
        "<form",
        "https://evil.example",
        "www.evil.example",
    ],
)
@pytest.mark.parametrize("filler", ["x", ".", "é", "(", "a1"])
def test_a_long_word_hides_nothing(harm: str, filler: str) -> None:
    """Would catch: a script whose tag stands where a long word is cut."""
    for length in range(2030, 2050):
        text = filler * (length // len(filler)) + ("." if harm.startswith("www") else "") + harm
        one = scan()
        out(one.text(), [text[at : at + 7] for at in range(0, len(text), 7)])
        assert sum(one.counts.values()) > 0


def test_a_secret_in_a_long_word_is_found_wherever_it_stands() -> None:
    for length in (10, 2000, 4090, 4097, 6140):
        one = scan()
        assert SECRET not in out(one.text(), ["x" * length + SECRET + "x" * 5000])
        assert one.counts["secrets"] == 1


@pytest.mark.parametrize(
    "text",
    [
        f"![x]({' ' * 2100}//evil.example/p.png)",
        f"[x]({' ' * 300}javascript:alert(1))",
        f"[x](\n{' ' * 300}javascript:alert(1))",
        f"[x]:{' ' * 300}\n{' ' * 300}//evil.example",
        f"<b onclick{' ' * 300}=alert(1)>",
        f"<b onclick{' ' * 300}={' ' * 300}alert(1)>",
    ],
)
def test_blanks_hide_nothing(text: str) -> None:
    """Would catch: an address that is read as a word since its bracket is too far away."""
    one = scan()
    shown = out(one.text(), [text])
    assert "inactif:" in shown or "&#61;" in shown
    assert sum(one.counts.values()) == 1


def test_the_secrets_of_requests_are_those_of_answers() -> None:
    text = (
        "Utilisez mot de passe : Soleil2026! puis AKIAABCD1234EFGH5678, et changez le mot de passe tous les 90 jours."
    )
    one = Scanner([], secrets.within).scan([])
    assert out(one.text(), list(text)) == (
        "Utilisez mot de passe : [secret retiré] puis [secret retiré], et changez le mot de passe tous les 90 jours."
    )
    assert one.counts["secrets"] == 2


@pytest.mark.parametrize(
    "made_of",
    [
        *("![", "](", "<a ", "https://", "`", "x", "[a]: ", "=", "www.", "S3", "- ```\n", "mot de passe : "),
        *("![](", "![a](" + " " * 2000, "eyJ", "<b:", "href=", "&", "-----BEGIN PRIVATE KEY----- ", "x" * 5000 + " "),
    ],
)
def test_no_answer_takes_long(made_of: str) -> None:
    """Would catch: an answer that holds up everybody's stream."""

    def scan(text: str) -> None:
        stream = Scanner(["has-sante.fr"], secrets.within).scan([]).text()
        out(stream, [text[at : at + 4] for at in range(0, len(text), 4)])

    assert grows_with_its_text(made_of, scan)
