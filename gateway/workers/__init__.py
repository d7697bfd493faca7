"""Processes that read texts: what identifies somebody in them, and what the charter says of them."""
