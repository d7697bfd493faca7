"""Squid: its configuration, what it asks for each connection, and what it tells of it."""
