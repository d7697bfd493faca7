"""The journal: one line a request, in a chain that shows any alteration, without patient data."""
