"""The gateway: where a request enters, is led through, and leaves."""

__version__ = "0.1.0"
