"""Immutable files named by their SHA-256."""

from committee.storage.base import (
    FileDamaged,
    FileMissing,
    FileTooLarge,
    Storage,
    StorageFull,
    Stored,
)
from committee.storage.choose import current_storage, open_storage

__all__ = [
    "FileDamaged",
    "FileMissing",
    "FileTooLarge",
    "Storage",
    "StorageFull",
    "Stored",
    "current_storage",
    "open_storage",
]
