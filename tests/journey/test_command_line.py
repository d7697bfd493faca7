"""`ecluse mask` and `ecluse serve` as a person runs them."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from pathlib import Path

import httpx

from tests.fakes.patients import MARGOT, SOLENE

ECLUSE = Path(sys.executable).parent / "ecluse"


async def run(*arguments: str | Path, given: str = "") -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        ECLUSE,
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate(given.encode())
    return process.returncode or 0, out.decode(), err.decode()


def jsonl(*lines: object) -> str:
    return "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)


async def test_a_text_is_masked(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text(SOLENE.note(), encoding="utf-8")
    code, out, err = await run("mask", file)
    assert (code, err) == (0, "")
    assert [text for text in SOLENE.identifiers if text in out] == []
    assert out.count("\n") == SOLENE.note().count("\n")
    assert "ceftriaxone 2 g" in out


async def test_masking_is_explained_to_whom_judges_it(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("Vu Mme Kermarrec, tel 06 12 34 56 78.", encoding="utf-8")
    code, out, _ = await run("mask", "--explain", file)
    assert code == 0
    assert out.startswith("Vu Mme [NOM_1], tel [TEL_1].")
    assert re.search(r"Kermarrec +│ NOM +│ +0\.\d\d │ PersonTitle", out)


async def test_explaining_is_for_one_text() -> None:
    code, out, err = await run("mask", "--jsonl", "--explain", given="")
    assert (code, out) == (2, "")
    assert "--explain" in err


async def test_lines_keep_their_order_and_their_positions() -> None:
    """Catches answers in the order in which workers end, and positions counted in bytes."""
    texts = [f"🫁 {(SOLENE, MARGOT)[number % 2].note()}" for number in range(40)]
    given = jsonl(*({"id": number, "text": text} for number, text in enumerate(texts)))
    code, out, err = await run("mask", "--jsonl", given=given)
    assert (code, err) == (0, "")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["id"] for answer in answers] == list(range(40))
    for answer, text in zip(answers, texts, strict=True):
        assert set(answer) == {"id", "masked", "spans"}
        pieces, at = [], 0
        for span in answer["spans"]:
            pieces += [re.escape(text[at : span["start"]]), r"\[[^\]]+\]"]
            at = span["end"]
        assert re.fullmatch("".join([*pieces, re.escape(text[at:])]), answer["masked"])
        assert [one for one in (*SOLENE.identifiers, *MARGOT.identifiers) if one in answer["masked"]] == []


async def test_a_line_may_say_who_the_patient_is() -> None:
    """The leak caught: a writing that no detector knows, and an identity that reaches the next line or the terminal."""
    patient = {"name": [{"family": "Zédrouk", "given": ["Ysaline"]}], "gender": "female"}
    text = "revu zedrouk ce matin"
    good, other = {"id": 1, "text": text, "patient": patient}, {"id": 2, "text": "toux", "patient": None}
    bad = {"id": 3, "text": text, "patient": {"nom": "Zédrouk"}}
    code, out, err = await run("mask", "--jsonl", given=jsonl(good, other, bad))
    assert code == 2
    assert [json.loads(line)["masked"] for line in out.splitlines()] == ["revu [NOM_1] ce matin", "toux"]
    assert err == 'Ligne 3 : "patient" n’a pas la forme d’un Patient FHIR.\n'


async def test_a_bad_line_is_named_and_what_came_before_stands() -> None:
    good = {"id": "a", "text": SOLENE.note()}
    code, out, err = await run("mask", "--jsonl", given=jsonl(good, good, {"id": "b", "texte": SOLENE.last}, good))
    assert code == 2
    assert len(out.splitlines()) == 2
    assert err == 'Ligne 3 : ce n\'est pas un objet JSON avec "id" et "text".\n'


async def test_serving_until_told_to_stop(tmp_path: Path) -> None:
    """Catches a log line with a text, and a journal left open by a stop."""
    told = "data_dir: here\nmasking: {workers: 1}\nserver: {drain_notice_seconds: 0}\n"
    (tmp_path / "ecluse.yaml").write_text(told, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        ECLUSE, "serve", "--config", tmp_path / "ecluse.yaml", "--port", "0",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    lines = []
    while not (found := re.search(r"http://127\.0\.0\.1:\d+", lines[-1] if lines else "")):
        lines.append((await process.stdout.readline()).decode())
        assert lines[-1], "the gateway ended before it listened"
    async with httpx.AsyncClient(base_url=found[0]) as http:
        assert (await http.get("/readyz")).status_code == 200
        assert (await http.post(f"/{SOLENE.last}", content=SOLENE.note())).status_code == 404
    process.send_signal(signal.SIGTERM)
    rest, errors = await process.communicate()
    logged = "".join(lines) + rest.decode()
    assert errors == b""
    assert process.returncode in {0, -signal.SIGTERM}
    assert [text for text in SOLENE.identifiers if text in logged] == []
    assert all(json.loads(line) for line in logged.splitlines())
    assert "Application shutdown complete." in logged


async def test_serving_is_refused_while_anything_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "ecluse.yaml"
    file.write_text("server: {port: 70000}\nmasking: {workers: 0}\n", encoding="utf-8")
    code, out, err = await run("serve", "--config", file)
    assert code == 1
    assert out == ""
    assert f"{file}:1:" in err
    assert f"{file}:2:" in err


async def test_serving_is_refused_with_a_key_that_others_can_read(tmp_path: Path) -> None:
    (tmp_path / "ecluse.yaml").write_text("data_dir: .\n", encoding="utf-8")
    key = tmp_path / "journal.key"
    key.write_bytes(os.urandom(32))
    key.chmod(0o644)
    code, _, err = await run("serve", "--config", tmp_path / "ecluse.yaml")
    assert code == 1
    assert str(key) in err.replace("\n", "")


async def test_a_journal_that_cannot_be_opened_is_said(tmp_path: Path) -> None:
    """Catches a gateway that ends without a word, or with a trace for a reason."""
    (tmp_path / "ecluse.yaml").write_text("data_dir: here\n", encoding="utf-8")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "ecluse.db").write_bytes(b"no database at all, " * 100)
    code, out, err = await run("serve", "--config", tmp_path / "ecluse.yaml", "--port", "0")
    assert code == 1
    assert err.startswith("Écluse ne peut pas démarrer : ")
    assert "Traceback" not in out + err


async def test_an_address_that_is_taken_is_said_at_once(tmp_path: Path) -> None:
    """Catches a gateway that loads its models before it sees that it cannot open."""
    (tmp_path / "ecluse.yaml").write_text("data_dir: here\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = await run("serve", "--config", tmp_path / "ecluse.yaml", "--port", str(port))
    assert (code, out) == (1, "")
    reason = f"l’adresse 127.0.0.1:{port} est déjà prise, ou n’est pas celle de cette machine."
    assert err == f"Écluse ne peut pas démarrer : {reason}\n"
    assert not (tmp_path / "here").exists()
