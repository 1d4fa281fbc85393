"""One index over what anyone may read."""
