"""The `ecluse` command."""
