"""A made-up county council: its meetings, and the small scripts that make its papers."""
