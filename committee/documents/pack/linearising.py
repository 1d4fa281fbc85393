"""Rewrites a pack for fast web view. Run as a script, in a process of its own.

    python -I linearising.py SOURCE TARGET

The rewriting holds every object of the pack in memory; a process of its own gives it back.
"""

import sys

from pikepdf import ObjectStreamMode, Pdf, StreamDecodeLevel


def rewrite(source: str, target: str) -> None:
    """Write `target` from `source`, small and in the order in which viewers want it."""
    with Pdf.open(source) as pdf:
        pdf.save(
            target,
            linearize=True,
            object_stream_mode=ObjectStreamMode.generate,
            stream_decode_level=StreamDecodeLevel.none,
            fix_metadata_version=False,
            deterministic_id=True,
        )


if __name__ == "__main__":
    rewrite(*sys.argv[1:])
