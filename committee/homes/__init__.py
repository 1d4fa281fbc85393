"""Where each kind of user lands after signing in: what they have to do next."""
