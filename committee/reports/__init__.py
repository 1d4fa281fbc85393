"""Papers, their versions and what became of each upload."""
