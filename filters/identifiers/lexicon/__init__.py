"""What the words of French hospitals are: first names, eponyms, drugs, acronyms; lists to read, and how to compare."""
