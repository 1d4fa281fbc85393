"""What statute says. Pure Python: no Flask and no database."""
