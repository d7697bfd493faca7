"""The charter: who may do what, with which model, under which duties. Pure: no HTTP, no database, no clock."""
