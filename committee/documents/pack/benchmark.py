"""Measures packs against a plain merge of the same files, all in one run and taking turns.

Times are in seconds, memory in megabytes (of 2**20 bytes). Nothing here is used by the product.
"""

import dataclasses
import datetime
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

import pikepdf

from committee.documents.pack.build import build_pack, linearise
from committee.documents.pack.plan import (
    ContactLine,
    GroupLine,
    MemberLine,
    PackItem,
    PackPaper,
    PackPlan,
)
from committee.documents.pack.segment import is_segment

Prepare = Callable[[Path], Path]
ROOT = Path(__file__).resolve().parents[3]
ITEMS = 17
"""Of every measured agenda: longer packs have longer papers and more appendices, not more items."""


def measure(
    papers_210: Sequence[Path], papers_1500: Sequence[Path], folder: Path, *, runs: int = 5
) -> dict[str, Any]:
    """Measure packs of both sizes and the memory of the larger one.

    Both lists hold prepared papers. Gives the ratios of medians, the medians and every run.
    """
    small = against_merge(papers_210, folder, runs=runs)
    large = against_merge(papers_1500, folder, runs=runs)
    return {
        "pack_210_ratio_to_qpdf": small["ratio"],
        "pack_1500_ratio_to_qpdf": large["ratio"],
        "peak_mb_1500": peak_memory(papers_1500, folder),
        "growth_per_page": round(
            (large["medians"]["pack"] / large["pages"])
            / (small["medians"]["pack"] / small["pages"]),
            3,
        ),
        "pack_210": small,
        "pack_1500": large,
    }


def against_merge(papers: Sequence[Path], folder: Path, *, runs: int = 5) -> dict[str, Any]:
    """Build a full pack and merge the same files with qpdf, in turn; one unmeasured turn first.

    The pack is built anew in this process each time, with another front matter; the merge is a
    whole process of its own, as is usual for it.
    """
    pack, merged, quick = (folder / name for name in ("pack.pdf", "merged.pdf", "quick.pdf"))
    found: dict[str, list[float]] = {"pack": [], "qpdf": [], "linearise": []}
    for turn in range(runs + 1):
        plan = plan_for(papers, turn)
        qpdf = _timed(lambda: _merge(papers, merged))
        built = _timed(lambda plan=plan: build_pack(plan, pack))  # type: ignore[misc]
        in_full = _timed(lambda: linearise(pack, quick))
        if turn:
            for name, seconds in (("pack", built), ("qpdf", qpdf), ("linearise", in_full)):
                found[name].append(seconds)
    medians = {name: round(median(times), 4) for name, times in found.items()}
    return {
        "pages": _pages(papers),
        "papers": len(papers),
        "prepared_as_segments": all(is_segment(path) for path in papers),
        "ratio": round(medians["pack"] / medians["qpdf"], 3),
        "linearise_ratio": round(medians["linearise"] / medians["qpdf"], 3),
        "medians": medians,
        "runs": {name: [round(one, 4) for one in times] for name, times in found.items()},
    }


def late_paper(
    sources: Sequence[Path], late: Path, prepare: Prepare, folder: Path, *, runs: int = 5
) -> dict[str, Any]:
    """Compare a late paper with building all from scratch, in turn.

    `sources` are all uploads of a pack, `late` the one of them that comes last (10 pages of Word).
    From scratch, every upload is prepared, two at a time, and the pack built. Late, one upload is
    prepared and the pack built from it and from papers prepared before.
    """
    found: dict[str, list[float]] = {"late": [], "scratch": []}
    ready: dict[Path, Path] = {}
    for turn in range(runs):
        started = time.perf_counter()
        with ThreadPoolExecutor(max_workers=2) as two:
            ready = dict(zip(sources, two.map(prepare, sources), strict=True))
        build_pack(plan_for([ready[one] for one in sources], turn), folder / "pack.pdf")
        found["scratch"].append(time.perf_counter() - started)
        started = time.perf_counter()
        ready[late] = prepare(late)
        build_pack(plan_for([ready[one] for one in sources], turn + runs), folder / "pack.pdf")
        found["late"].append(time.perf_counter() - started)
    medians = {name: round(median(times), 4) for name, times in found.items()}
    return {
        "late_paper_ratio_to_scratch": round(medians["late"] / medians["scratch"], 4),
        "medians": medians,
        "runs": {name: [round(one, 4) for one in times] for name, times in found.items()},
    }


def peak_memory(papers: Sequence[Path], folder: Path) -> float:
    """Highest memory of a fresh process that builds the pack once, the whole product loaded."""
    listed = json.dumps([str(path) for path in papers])
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(folder / "pack.pdf")],
        input=listed,
        text=True,
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    return float(done.stdout)


def plan_for(papers: Sequence[Path], turn: int = 0) -> PackPlan:
    """A plan of a full agenda with these papers shared out among its items."""
    shares: list[list[Path]] = [[] for _ in range(min(ITEMS, max(1, len(papers))))]
    for place, path in enumerate(papers):
        shares[place * len(shares) // len(papers)].append(path)
    members = tuple(MemberLine(f"Councillor Number {n}") for n in range(9))
    plan = PackPlan(
        "Wexbury Council",
        "Parks and Libraries Committee",
        datetime.date(2026, 3, 5),
        datetime.time(10),
        f"Council Chamber, door {turn}",
        "public",
        ContactLine("Olu Marsh", "01632 960101"),
        (GroupLine("Independent", members), GroupLine("Residents", members)),
    )
    return dataclasses.replace(
        plan, items=tuple(_item(number, share) for number, share in enumerate(shares, start=1))
    )


def _item(number: int, paths: Sequence[Path]) -> PackItem:
    papers = tuple(
        PackPaper(f"Paper {number}.{place}", "appendix" if place else "main", path, _pages([path]))
        for place, path in enumerate(paths)
    )
    return PackItem(str(number), f"Review of service number {number}", "To note.", papers=papers)


def _pages(papers: Sequence[Path]) -> int:
    found = 0
    for path in papers:
        with pikepdf.Pdf.open(path) as pdf:
            found += len(pdf.pages)
    return found


def _merge(papers: Sequence[Path], target: Path) -> None:
    subprocess.run(
        ["qpdf", "--empty", "--remove-unreferenced-resources=no", "--pages"]
        + [str(path) for path in papers]
        + ["--", str(target)],
        check=True,
    )


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _peak_of_this_process() -> float:
    """Linux counts the memory of the process that started this one in `ru_maxrss`, so its own
    account is asked first."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
        return round(int(line.split()[1]) / 2**10, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)


if __name__ == "__main__":
    build_pack(plan_for([Path(one) for one in json.load(sys.stdin)]), Path(sys.argv[1]))
    sys.stdout.write(f"{_peak_of_this_process()}\n")
