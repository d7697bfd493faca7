"""Why somebody goes on to a service that the hospital advises against: a closed list, as text could name a patient."""

from enum import StrEnum


class Reason(StrEnum):
    """A reason to go on."""

    LACKING = "outil_insuffisant"
    """The approved tool does not do what is needed."""
    DOWN = "outil_indisponible"
    """The approved tool does not work now."""
    UNFINISHED = "travail_en_cours"
    """Work that was begun there before."""
    LEARNING = "formation"
    """Teaching, training or watch, without data of anybody."""
    TRIAL = "evaluation"
    """Looking at the service for the hospital."""
    OTHER = "autre"
