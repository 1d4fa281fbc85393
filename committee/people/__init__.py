"""Users and what they may do; councillors, political groups, committees and dated memberships."""
