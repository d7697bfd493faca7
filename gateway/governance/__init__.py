"""Which charter is active: the file as it changes, and the approvals that a change may need."""
