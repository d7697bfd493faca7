"""What a model's answer must not do to its reader: fetch, run, point elsewhere, disclose. Pure."""
