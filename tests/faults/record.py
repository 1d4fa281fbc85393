"""Figures of a long run, printed, and kept where `FAULT_FIGURES` names a file."""

import json
import os
import sys
from pathlib import Path


def record(title: str, figures: dict[str, object]) -> None:
    """Print the figures, and add them as one line of JSON to the file, if one is named."""
    sys.stderr.write(f"\n{title}\n")
    for name, value in figures.items():
        sys.stderr.write(f"  {name}: {value}\n")
    if kept := os.environ.get("FAULT_FIGURES"):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"title": title, **figures}) + "\n")
