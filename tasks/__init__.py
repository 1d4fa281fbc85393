"""Background work: one thin module for each kind. Load by id, call a service, commit."""
