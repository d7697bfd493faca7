"""The register of people: what each has learnt, signed and been authorised for."""
