"""The filters: pure text and names, no HTTP, no database."""
