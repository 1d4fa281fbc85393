"""`./quorate bench ...`: how fast packs are built, against a reference in the same run."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from committee.commands.bench_audit import measure as audit
from committee.documents.pack import benchmark
from committee.documents.preparation import prepare
from config import ROOT

group = AppGroup("bench", help="Measure speed and memory, as ratios against a reference.")

group.add_command(audit)

SIZES = (210, 1500)  # pages

WHAT_IS_MEASURED = (
    "Packs are timed in a process that is already running; qpdf with the start of its process.",
    "The late paper's time leaves out the storage, the database and the wait in the queue.",
)


@group.command("pack")
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.option("--runs", default=5, show_default=True, help="Measured turns, at least 5.")
@click.option("--without-late", is_flag=True, help="Leave out the late paper, the longest part.")
def pack(as_json: bool, runs: int, without_late: bool) -> None:
    """Compare packs of 210 and 1,500 pages with a plain merge of the same files by qpdf.

    Also a late ten-page Word paper, from upload to new pack, with making all from scratch.
    """
    if not shutil.which("qpdf"):
        raise click.ClickException("qpdf is the reference and is missing: apt-get install qpdf")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        found = _measure(Path(name), max(5, runs), late=not without_late)
    click.echo(json.dumps(found, indent=2) if as_json else table(found))


def _measure(folder: Path, runs: int, *, late: bool) -> dict[str, Any]:
    sources = {pages: make_sources(folder / str(pages), pages) for pages in SIZES}
    prepared = {pages: [_prepare(path) for path in paths] for pages, paths in sources.items()}
    _tell("Measuring packs against qpdf, taking turns.")
    found = benchmark.measure(prepared[SIZES[0]], prepared[SIZES[1]], folder, runs=runs)
    if late:
        _tell("Measuring a late Word paper against building all from scratch (some minutes).")
        word = folder / "late.docx"
        _make("make_word_paper", word, title="Late paper", pages=10, seed=4242)
        uploads = [*sources[SIZES[1]], word]
        measured = benchmark.late_paper(uploads, word, _prepare, folder, runs=runs)
        found["late_paper_ratio_to_scratch"] = measured.pop("late_paper_ratio_to_scratch")
        found["late_paper"] = measured
    return found


def make_sources(folder: Path, pages: int) -> list[Path]:
    """Papers that add up to about so many pages, half of them Word, as officers receive them."""
    _tell(f"Making papers of {pages} pages, half of them Word.")
    folder.mkdir()
    _make("benchmark_papers", folder, pages=pages)
    return sorted(folder.iterdir())


def _make(function: str, path: Path, **named: object) -> None:
    """Call a maker of example papers in a process of its own, whose memory is not measured."""
    code = (
        "import json, sys, pathlib; from examples import papers; "
        "getattr(papers, sys.argv[1])(pathlib.Path(sys.argv[2]), **json.loads(sys.argv[3]))"
    )
    arguments = [sys.executable, "-c", code, function, str(path), json.dumps(named)]
    subprocess.run(arguments, check=True, cwd=ROOT)


def _prepare(source: Path) -> Path:
    folder = source.parent / "prepared"
    folder.mkdir(exist_ok=True)
    return prepare(source, name=source.name, folder=folder).path


def table(found: dict[str, Any]) -> str:
    """The medians in a table, with goals."""
    rows = [("", "ours", "reference", "ratio", "goal")]
    for pages in SIZES:
        medians = found[f"pack_{pages}"]["medians"]
        ratio = found[f"pack_{pages}_ratio_to_qpdf"]
        title = f"pack of {found[f'pack_{pages}']['pages']:,} pages, qpdf merge"
        rows.append((title, _time(medians["pack"]), _time(medians["qpdf"]), f"{ratio:.2f}", "1.20"))
    if "late_paper" in found:
        medians, ratio = found["late_paper"]["medians"], found["late_paper_ratio_to_scratch"]
        late, scratch = _time(medians["late"]), _time(medians["scratch"])
        rows.append(("late Word paper, all from scratch", late, scratch, f"{ratio:.3f}", "0.10"))
    rows.append(("peak memory, 1,500 pages", f"{found['peak_mb_1500']:.0f} MB", "", "", "400 MB"))
    rows.append(("time a page, 1,500 to 210", "", "", f"{found['growth_per_page']:.2f}", "1.20"))
    lines = [f"{a:<40}{b:>12}{c:>12}{d:>8}{e:>9}".rstrip() for a, b, c, d, e in rows]
    return "\n".join([*lines, "", *WHAT_IS_MEASURED])


def _time(seconds: float) -> str:
    return f"{seconds:.3f} s"


def _tell(words: str) -> None:
    click.echo(words, err=True)
