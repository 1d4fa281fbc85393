"""Who did what, when, written in the same transaction as the act."""
