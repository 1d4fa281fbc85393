"""Pages that anyone may read, with more on them for officers."""
