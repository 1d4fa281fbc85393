"""Makes the papers of the example meetings, and sets of papers to measure speed with.

Nothing here is kept in the repository: the papers are made when they are wanted, in a few seconds,
without a network, and the same call always writes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from examples.pdf_papers import PdfPaper, set_paper
from examples.prose import TOPICS
from examples.word_papers import WordPaper, write_paper

HERE = Path(__file__).parent
# In the order in which the meetings are held; of the last the agenda is still being drafted.
MEETING_FILES = ("previous-meeting.json", "council.json", "other-meeting.json", "next-meeting.json")
Redate = Callable[[str], str]
# Lengths, in pages, that a council's papers commonly have.
USUAL_LENGTHS = (10, 6, 14, 8, 22, 4, 12, 16, 2, 18)
# Every few papers one is not an upright report: slides, a register, a dashboard, a map on A3.
USUAL_STYLES = (
    "report",
    "report",
    "minutes",
    "report",
    "dashboard",
    "report",
    "register",
    "report",
    "slides",
)
LANDSCAPE = ("register", "dashboard", "slides", "map")

SEPTEMBER = "15 September 2026"
DECEMBER = "8 December 2026"
FEBRUARY = "2 February 2027"
ARCHIVES = {"committee": "Culture and Archives Committee", "day": "21 January 2027"}
LIBRARY_BOARD = "Library Partnership Board"
BOARD_PRESENT = "Mrs M Trevanion (Chairman), Mr L Zhou, Ms J Abara, Mr W Tolliver, Dr S Ilić-Moore"
MARKED = "Not for publication: Schedule 12A to the Local Government Act 1972, paragraph 3"

# File name -> what it is: topic, pages, and whatever is out of the ordinary about it.
PAPERS: dict[str, dict[str, object]] = {
    "04-minutes.docx": {
        "topic": "performance",
        "pages": 11,
        "style": "minutes",
        "day": SEPTEMBER,
    },
    "05-library-partnership-board-minutes.pdf": {
        "topic": "library-board",
        "pages": 7,
        "style": "minutes",
        "day": "6 October 2026",
        "committee": LIBRARY_BOARD,
        "present": BOARD_PRESENT,
    },
    "06-verbal-update.pdf": {"topic": "family-hubs", "pages": 2, "style": "verbal"},
    "07-school-places.pdf": {"topic": "school-places", "pages": 16},
    "07a-school-places-by-district.pdf": {
        "topic": "school-places",
        "pages": 6,
        "style": "dashboard",
    },
    "08-mobile-libraries.docx": {"topic": "mobile-library", "pages": 11},
    "08a-mobile-libraries-consultation.pdf": {"topic": "mobile-library", "pages": 9},
    "08b-mobile-libraries-map.pdf": {
        "topic": "mobile-library",
        "pages": 1,
        "style": "map",
        "sheet": "a3",
    },
    "09-music-trust.pdf": {"topic": "music-trust", "pages": 14},
    "09a-music-trust-equality-analysis.pdf": {"topic": "music-trust", "pages": 9},
    "10-family-hubs.docx": {"topic": "family-hubs", "pages": 10},
    "11-adult-learning.pdf": {"topic": "adult-learning", "pages": 18},
    "11a-adult-learning-results.pdf": {"topic": "adult-learning", "pages": 8, "style": "dashboard"},
    "12-youth-council-slides.pdf": {"topic": "youth-council", "pages": 15, "style": "slides"},
    "13-foster-carers.docx": {"topic": "fostering", "pages": 6},
    "14-risk-register.pdf": {"topic": "risk", "pages": 5},
    "14a-risk-register.pdf": {"topic": "risk", "pages": 17, "style": "register"},
    "15-performance-dashboard.pdf": {"topic": "performance", "pages": 15, "style": "dashboard"},
    "16-work-programme.docx": {"topic": "work-programme", "pages": 5},
    "17-sale-of-saltmarsh-road-library.docx": {
        "topic": "library-sale",
        "pages": 6,
        "classification": MARKED,
    },
    "17a-valuation-of-bids.pdf": {"topic": "library-sale", "pages": 4, "classification": MARKED},
    "earlier-04-minutes.docx": {
        "topic": "work-programme",
        "pages": 6,
        "style": "minutes",
        "day": "23 June 2026",
    },
    "earlier-06-summer-reading.pdf": {"topic": "library-board", "pages": 6, "day": SEPTEMBER},
    "earlier-07-youth-grants.pdf": {"topic": "youth-council", "pages": 4, "day": SEPTEMBER},
    "earlier-08-brackenhythe-primary.pdf": {"topic": "school-places", "pages": 9, "day": SEPTEMBER},
    "earlier-09-work-programme.docx": {"topic": "work-programme", "pages": 4, "day": SEPTEMBER},
    "archive-03-tithe-maps.pdf": {"topic": "library-board", "pages": 7, **ARCHIVES},
    "archive-04-library-partnership.pdf": {"topic": "library-board", "pages": 5, **ARCHIVES},
    "archive-05-museum-grants.pdf": {"topic": "youth-council", "pages": 4, **ARCHIVES},
}
# Papers that authors send with reports to meetings whose agendas are still being drafted.
REPORT_PAPERS: dict[str, dict[str, object]] = {
    "stonecote-centre.pdf": {
        "title": "Adult learning: a new centre at Stonecote",
        "topic": "adult-learning",
        "pages": 8,
        "day": FEBRUARY,
    },
    "nursery-places.pdf": {
        "title": "Nursery education: sufficiency of places",
        "topic": "school-places",
        "pages": 6,
        "day": FEBRUARY,
    },
}


def as_written(text: str) -> str:
    """Leave the dates of a text as they are in the repository."""
    return text


def meeting(name: str) -> dict:
    """Return one of `MEETING_FILES` as data."""
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def titles() -> dict[str, str]:
    """Return the title of every paper in the meeting files, by file name."""
    found = {}
    for name in MEETING_FILES:
        data = meeting(name)
        for item in [*data["items"], *data["exempt_items"]]:
            if "paper" in item:
                found[Path(item["paper"]).name] = item["title"]
            for appendix in item.get("appendices", ()):
                found[Path(appendix["paper"]).name] = appendix["title"]
    return found


def make_one(path: Path, facts: dict) -> None:
    """Write a Word or a PDF paper, as the ending of `path` says."""
    if path.suffix == ".docx":
        write_paper(path, WordPaper(**facts))
    else:
        turned = facts.get("style") in LANDSCAPE
        set_paper(path, PdfPaper(**facts, landscape=turned))


def make_papers(folder: Path, redate: Redate = as_written) -> None:
    """Write every paper of the example into `folder`/papers, named as in the meeting files."""
    papers = folder / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    present = ", ".join(member["name"] for member in meeting("council.json")["members"][:14])
    title = titles()
    for seed, (name, facts) in enumerate({**PAPERS, **REPORT_PAPERS}.items(), start=1):
        said = {
            "present": present,
            "day": DECEMBER,
            "title": title.get(name),
            **facts,
            "seed": seed,
        }
        dated = {"day": redate(str(said["day"])), "title": redate(str(said["title"]))}
        make_one(papers / name, {**said, **dated})


def make_example(folder: Path, redate: Redate = as_written) -> tuple[Path, ...]:
    """Write the papers, and the meeting files beside them; return the files, oldest first.

    `redate` is given each text that may hold a date and answers what is to stand there.
    """
    make_papers(folder, redate)
    written = []
    for name in MEETING_FILES:
        target = folder / name
        target.write_text(redate((HERE / name).read_text(encoding="utf-8")), encoding="utf-8")
        written.append(target)
    return tuple(written)


def make_word_paper(path: Path, *, title: str, pages: int, seed: int) -> None:
    """Write a Word report of which LibreOffice makes about `pages` pages."""
    topic = TOPICS[seed % len(TOPICS)]
    write_paper(path, WordPaper(title=title, pages=pages, seed=seed, topic=topic))


def make_pdf_paper(
    path: Path, *, title: str, pages: int, seed: int, tagged: bool = True, style: str = "report"
) -> None:
    """Write a PDF paper of exactly `pages` pages, in one of the styles of `layouts.LAYOUTS`."""
    topic = TOPICS[seed % len(TOPICS)]
    paper = PdfPaper(
        title=title,
        pages=pages,
        seed=seed,
        topic=topic,
        style=style,
        landscape=style in LANDSCAPE,
        tagged=tagged,
    )
    set_paper(path, paper)


def benchmark_papers(folder: Path, *, pages: int, word_every: int = 2) -> list[Path]:
    """Write papers of usual lengths that add up to `pages` pages; return them in order.

    Every `word_every`th paper is a Word document (none if 0), whose pages LibreOffice decides;
    the rest are tagged PDFs with their fonts inside, some of them landscape. The last paper
    takes up what is left, so that with `word_every=0` the sum is exact.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    usual, styles = cycle(USUAL_LENGTHS), cycle(USUAL_STYLES)
    left = pages
    while left > 0:
        seed = len(made) + 1
        length, style = min(next(usual), left), next(styles)
        title = f"Paper {seed}: {TOPICS[seed % len(TOPICS)].replace('-', ' ')}"
        if word_every and seed % word_every == 0:
            path = folder / f"{seed:03}-report.docx"
            make_word_paper(path, title=title, pages=length, seed=seed)
        else:
            path = folder / f"{seed:03}-{style}.pdf"
            make_pdf_paper(path, title=title, pages=length, seed=seed, style=style)
        made.append(path)
        left -= length
    return made
