"""Fitting the sieve."""
