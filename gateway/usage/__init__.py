"""What the data protection officer sees: counts from the journal, small cells hidden, no person anywhere."""
