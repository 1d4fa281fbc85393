"""Agenda items, their order and their open and exempt parts."""
