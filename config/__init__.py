"""The hospital's choices: typed, frozen, every key commented in `default.yaml`."""
