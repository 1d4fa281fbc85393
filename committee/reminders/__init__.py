"""What falls due, for whom, and the letters that say so."""
