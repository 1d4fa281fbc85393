"""What is published is frozen: plain JSON with the SHA-256 of its one canonical form."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(contents: Mapping[str, Any]) -> bytes:
    """The one way of writing these contents down, so that equal contents have equal bytes.

    Raises TypeError or ValueError for what JSON cannot hold exactly, such as NaN or a date.
    """
    return json.dumps(
        contents, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()


def canonical_sha256(contents: Mapping[str, Any]) -> str:
    """The SHA-256 of the contents, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(contents)).hexdigest()
