"""The charter as a document to be read, printed and signed, in three forms with one content."""
