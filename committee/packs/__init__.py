"""Which papers make a pack, for whom; a pack is a row with a state."""
