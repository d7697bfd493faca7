"""One identifier per file, and the one ordered list of them."""
