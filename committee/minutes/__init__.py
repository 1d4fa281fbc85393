"""Minutes: drafting, resolutions, votes, actions and approval."""
