"""Taking what was published down again: everywhere at once, with a tombstone that says why."""
