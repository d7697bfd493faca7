"""Pasted structures, one format per file: parsed, not guessed."""
