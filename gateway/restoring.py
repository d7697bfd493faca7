"""Putting identifiers back into an answer: per choice, per field, per tool call, whole or streamed.

A placeholder that is unknown or damaged stays visible and is counted; it is never guessed.
"""
