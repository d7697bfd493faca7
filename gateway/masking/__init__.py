"""Masking as a stage: detection in worker processes, with a bounded queue and a cache of offsets."""
