"""Reading as a stage of the journey: what the texts of a request ask for, before the charter decides."""
