"""What one recogniser finds in a text, as the substrings that would be masked."""

from presidio_analyzer import EntityRecognizer, RecognizerResult


def findings(recognizer: EntityRecognizer, text: str, label: str | None = None) -> list[str]:
    """Return the substrings found, in their order, those that overlap as one."""
    merged: list[list[int]] = []
    for result in sorted(recognizer.analyze(text, [label] if label else []), key=lambda result: result.start):
        if merged and result.start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], result.end)
        else:
            merged.append([result.start, result.end])
    return [text[start:end] for start, end in merged]


def best(recognizer: EntityRecognizer, text: str) -> RecognizerResult:
    """Return the surest result."""
    return max(recognizer.analyze(text, []), key=lambda result: result.score)
