"""How public addresses name an item of a published agenda: by its number there.

Not by the number of its row. Those run on over drafts and exempt items, so that a gap between two
of them would tell anyone that something is kept back, and how much.
"""

from collections.abc import Mapping
from typing import Any


def anchor_of(item: Mapping[str, Any]) -> str:
    """Where a published item stands on the page of its meeting."""
    return f"published-{item['number'].replace(' ', '-')}"
