"""Consultations: questions, responses, themes, the summary, and who has read what."""
