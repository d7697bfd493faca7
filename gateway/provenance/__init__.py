"""Marks that say, to people and to machines, that an answer was made by an AI."""
