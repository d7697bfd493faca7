from bench.masking.score import Tally


def test_a_token_of_another_label_is_redacted_but_not_recalled() -> None:
    tally = Tally()
    tally.add("vu Jean Kermarrec ici", [(3, 7, "PRENOM"), (8, 17, "NOM")], [(3, 7, "NOM"), (18, 21, "NOM")])
    rows = {label: (precision, recall, redact, full) for label, _, precision, recall, _, redact, full in tally.rows()}
    assert rows == {"ALL": (0.0, 0.0, 0.5, 0.0), "NOM": (0.0, 0.0, 0.0, 0.0), "PRENOM": (0.0, 0.0, 1.0, 1.0)}
    assert (tally.false_direct, tally.false_all, tally.tokens) == (1, 1, 4)
