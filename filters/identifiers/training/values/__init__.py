"""What stands in the slots of the training templates: invented people, places, dates and numbers."""

from filters.identifiers.training.values.made import Values
from filters.identifiers.training.values.numbers import Piece
from filters.identifiers.training.values.person import Person

__all__ = ["Person", "Piece", "Values"]
