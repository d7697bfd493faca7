from bench.masking.markup import convert, written


def test_marks_become_spans() -> None:
    text, spans = convert("Mme [NOM:Lefèvre] [PRENOM:Jeanne] [x]")
    assert text == "Mme Lefèvre Jeanne [x]"
    assert [(text[s["start"] : s["end"]], s["label"]) for s in spans] == [("Lefèvre", "NOM"), ("Jeanne", "PRENOM")]


def test_the_set_is_large_enough_and_names_each_document_once() -> None:
    rows = [row for rows in written().values() for row in rows]
    assert len(rows) == len({row["id"] for row in rows}) > 300
    assert sum(not row["spans"] for row in rows) > 50
