import json

from gateway.outbound.refusal import page_of, refusal_of


def test_the_page_is_told_the_service_and_nothing_else() -> None:
    assert page_of("https://ia.hopital.example/p", "chatgpt") == "https://ia.hopital.example/p?service=chatgpt"
    assert page_of("https://ia.hopital.example/p", "") == "https://ia.hopital.example/p?service=-"


def test_programs_are_given_an_error_in_the_shape_they_know() -> None:
    error = json.loads(refusal_of("https://ia.hopital.example/p", "chatgpt"))["error"]
    assert {"message", "type", "param", "code"} <= error.keys()
    assert "https://ia.hopital.example/p?service=chatgpt" in error["message"]


def test_without_a_page_none_is_promised() -> None:
    assert "http" not in refusal_of("", "")
