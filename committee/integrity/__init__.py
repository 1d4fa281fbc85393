"""Whether what the council published, and the log of how, is what it was: for anyone to check."""
