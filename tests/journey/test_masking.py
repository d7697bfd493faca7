"""What would leave, shown to whoever asks; and the report of the data protection officer."""

import csv
import io

from tests.fakes.house import House
from tests.fakes.openai_server import RecordingUpstream
from tests.fakes.patients import MARGOT, SOLENE

HELLO = [{"role": "user", "content": "Bonjour"}]


async def test_a_text_as_it_would_leave(house: House, upstream: RecordingUpstream) -> None:
    async with house.http() as http:
        answer = (await http.post("/v1/mask", json={"text": SOLENE.note()})).json()
    assert [text for text in SOLENE.identifiers if text in answer["masked"]] == []
    assert {SOLENE.note()[span["start"] : span["end"]] for span in answer["spans"]} >= {SOLENE.last, SOLENE.nir}
    assert answer["counts"]["SECU"] == 1
    assert answer["system_line"]
    assert upstream.requests == []


async def test_several_texts_share_their_placeholders(house: House) -> None:
    texts = [SOLENE.note(), MARGOT.note(), f"Mme {SOLENE.last} sort demain."]
    async with house.http() as http:
        answer = (await http.post("/v1/mask", json={"texts": texts})).json()
    masked = [text["masked"] for text in answer["texts"]]
    assert [text for text in (*SOLENE.identifiers, *MARGOT.identifiers) if text in "".join(masked)] == []
    name = masked[2].split()[1]
    assert name in masked[0]
    assert name not in masked[1]


async def test_a_preview_is_refused_like_anything_else(house: House) -> None:
    async with house.http() as http:
        for body in ({}, {"text": "a", "texts": ["b"]}, {"text": "a", "labels": []}, {"texts": []}):
            assert (await http.post("/v1/mask", json=body)).status_code == 400
    async with house.http(None) as http:
        assert (await http.post("/v1/mask", json={"text": "a"})).status_code == 401


async def test_the_report_is_for_the_officer_only(house: House, upstream: RecordingUpstream) -> None:
    """Catches a month of use shown to whoever holds a key."""
    await house.openai().chat.completions.create(model="reformulation", messages=HELLO)
    async with house.http() as http:
        refused = await http.get("/v1/usage")
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "role_requis"
    async with house.http("dpo") as http:
        report = await http.get("/v1/usage")
        assert report.status_code == 200
        month = report.json()["month"]
        table = await http.get("/v1/usage", params={"month": month, "format": "csv"})
        page = await http.get("/v1/usage", params={"month": month, "format": "html"})
        for wrong in ("2026-13", "novembre", "0001-01", "9999-12"):
            assert (await http.get("/v1/usage", params={"month": wrong})).status_code == 400
        assert (await http.get("/v1/usage", params={"format": "pdf"})).status_code == 400
    assert report.json()["threshold"] == 5
    assert len(list(csv.reader(io.StringIO(table.text)))) > 1
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<svg" in page.text
    assert len(upstream.requests) == 1
