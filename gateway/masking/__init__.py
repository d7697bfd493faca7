"""Masking as a stage of the journey, with a cache of offsets."""
