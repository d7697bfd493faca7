"""A hospital's policy read from its file, with every fault placed."""

from filters.outbound.loader.advice import advice
from filters.outbound.loader.file import DEFAULT, load_policy, read_policy

__all__ = ["DEFAULT", "advice", "load_policy", "read_policy"]
