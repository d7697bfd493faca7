"""Counting attempts to reach AI services, without counting anybody: pseudonyms, spool, sessions, aggregates, report."""
