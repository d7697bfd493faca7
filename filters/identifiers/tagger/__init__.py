"""The clinical tagger: a small network, trained by this project on text that it wrote, that labels each token."""
