"""Fitting the judge."""
