from tests.fakes.detection import marked


def test_schools_and_associations_with_their_name() -> None:
    found = marked("suivi par l'association Horizon Refuge")

    assert found.replace("association ", "") == "suivi par l'[ORGANISATION:Horizon Refuge]"  # its kind, or not


def test_acronyms_and_kinds_stay() -> None:
    text = "dossier MDPH et CAF, va à l'école, travaille en entreprise"
    assert marked(text) == text
