"""Immutable files named by their SHA-256."""

from committee.storage.base import FileDamaged, FileMissing, FileTooLarge, Storage, Stored
from committee.storage.choose import current_storage, open_storage

__all__ = [
    "FileDamaged",
    "FileMissing",
    "FileTooLarge",
    "Storage",
    "Stored",
    "current_storage",
    "open_storage",
]
