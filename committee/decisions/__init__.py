"""Executive decisions: the forward plan, proposed and final records, signature and call-in."""
