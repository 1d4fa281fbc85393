"""Background work as rows: the row is the truth, the queue only hurries."""
