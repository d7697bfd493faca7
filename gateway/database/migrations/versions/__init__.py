"""One file for each revision, loaded by alembic."""
