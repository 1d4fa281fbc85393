"""What is open, exempt or confidential, who decided so and why, and who may read what is closed."""
