"""What a council publishes of a decision: records, minutes and summaries, as PDF and Word."""
