"""Recognising, in what people write, the practices that the charter forbids and the uses that it approves."""
