"""Keeps a page's drawing state from leaking into what is stamped after it."""

import pikepdf
from pikepdf import Object


def missing_operators(page: Object) -> tuple[int, int]:
    """How many saves are missing before a page's content, and how many restores after it.

    A page whose content cannot be read counts as sound.
    """
    depth = lowest = 0
    try:
        for instruction in pikepdf.parse_content_stream(page, "q Q"):
            depth += 1 if str(instruction.operator) == "q" else -1
            lowest = min(lowest, depth)
    except (pikepdf.PdfError, ValueError, TypeError):
        return (0, 0)
    return -lowest, depth - lowest
