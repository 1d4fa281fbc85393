"""The calendar of meetings."""
