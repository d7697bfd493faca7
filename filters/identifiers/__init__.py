"""Finding, masking and restoring what identifies a patient or a professional."""
