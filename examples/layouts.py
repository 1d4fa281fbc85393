"""What a paper holds, block by block, whether it ends as a PDF or as a Word document.

A block is a plain dict with a `kind` (paragraph, plain, bullets, table, chart or picture) and,
where it starts a section, a `heading`. Every generator here goes on for as long as it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from examples.pictures import SCENES
from examples.prose import WORDS, Author

Block = dict[str, object]
DIRECTOR = "Ngozi Farnborough, Corporate Director of Children, Learning and Communities"


def capital(text: str) -> str:
    """Return the text with its first letter a capital and the rest untouched."""
    return text[0].upper() + text[1:]


def table_block(author: Author, rows: int) -> Block:
    """Return a table of districts with a caption."""
    caption, body = author.table(rows)
    return {"kind": "table", "caption": f"Table: {caption}", "rows": body}


def chart_block(author: Author, height: int = 44) -> Block:
    """Return a bar chart whose alternative text gives every figure. Height in millimetres."""
    caption, points = author.series()
    said = ", ".join(f"{quarter} {level}%" for quarter, level in points)
    alt = f"Bar chart. {caption}: {said}."
    return {
        "kind": "chart",
        "caption": f"Chart: {caption}",
        "alt": alt,
        "points": points,
        "height": height,
    }


def picture_block(author: Author, width: int = 82) -> Block:
    """Return a picture with alternative text. Width in per cent of the text's width."""
    scene = author.random.choice(list(SCENES))
    caption = author.fill("{service}, {district}, {month}")
    return {
        "kind": "picture",
        "picture": scene,
        "alt": SCENES[scene],
        "caption": f"Picture: {capital(caption)}",
        "width": width,
    }


def illustration(author: Author) -> Block:
    """Return a table, a chart or a picture."""
    draw = author.random.random()
    if draw < 0.5:
        return table_block(author, author.random.randint(5, 12))
    if draw < 0.8:
        return chart_block(author)
    return picture_block(author)


def bullets_block(author: Author, heading: str) -> Block:
    """Return three to five short points."""
    points = [author.sentence(heading) for _ in range(author.random.randint(3, 5))]
    return {"kind": "bullets", "items": points}


def report(author: Author) -> Iterator[Block]:
    """Yield the numbered sections of an officers' report, with tables, charts and pictures."""
    for section, heading in enumerate(author.headings(), start=1):
        title: str | None = f"{section}. {capital(heading)}"
        for number in range(1, author.random.randint(3, 6)):
            text = author.paragraph(heading)
            yield {
                "kind": "paragraph",
                "number": f"{section}.{number}",
                "text": text,
                "heading": title,
            }
            title = None
        if author.random.random() < 0.25:
            yield bullets_block(author, heading)
        if section > 2 and author.random.random() < 0.7:
            yield illustration(author)


def minute(author: Author, number: int, item: int, title: str) -> Iterator[Block]:
    """Yield one minute: who introduced it, what was asked, and what was resolved."""
    words = WORDS["minutes"]
    opening = capital(author.fill(author.pick("minute opening", words["opening"])))
    yield {
        "kind": "paragraph",
        "number": "(1)",
        "text": f"{opening}. {author.sentence('Background')}",
        "heading": f"{number}. {capital(author.fill(title))} (Item {item})",
    }
    for point in range(2, author.random.randint(4, 8)):
        answers = [author.fill(author.pick("answers", words["answers"])) for _ in range(2)]
        text = " ".join(f"{capital(answer)}." for answer in answers)
        yield {"kind": "paragraph", "number": f"({point})", "text": text}
    yield {
        "kind": "plain",
        "text": author.fill(author.pick("outcomes", words["outcomes"])),
        "strong": True,
    }


def minutes(author: Author) -> Iterator[Block]:
    """Yield minute after minute, numbered on from an earlier meeting."""
    titles = WORDS["minutes"]["titles"]
    first = author.random.randint(21, 96)
    opening = WORDS["minutes"]["procedural"]
    for item, (title, text) in enumerate(opening.items(), start=1):
        heading = f"{first + item}. {title} (Item {item})"
        yield {"kind": "plain", "text": author.fill(text), "heading": heading}
    for place in count():
        item = place + len(opening) + 1
        yield from minute(author, first + item, item, titles[place % len(titles)])


def verbal(author: Author) -> Iterator[Block]:
    """Yield the subjects on which a Cabinet Member means to speak."""
    for heading in author.headings():
        yield {**bullets_block(author, heading), "heading": capital(heading)}


def register(author: Author) -> Iterator[Block]:
    """Yield one table a risk: causes, controls, scores and actions."""
    words = WORDS["register"]
    for number in count(1):
        risk = author.fill(author.pick("risks", words["risks"]))
        rows = [["Cause", "Controls in place", "Score now", "Further action", "Target score"]]
        for _ in range(author.random.randint(4, 6)):
            cells = [
                author.fill(author.pick(name, words[name]))
                for name in ("causes", "controls", "actions")
            ]
            now = author.random.randint(8, 20)
            cause, control, action = (capital(cell) for cell in cells)
            rows.append([cause, control, f"{now} of 25", action, f"{now - 4} of 25"])
        yield {
            "kind": "table",
            "caption": f"Table: causes, controls and actions for risk {number}",
            "rows": rows,
            "widths": [5, 5, 2, 5, 2],
            "heading": f"Risk {number}: {capital(risk)}",
        }
        yield {"kind": "plain", "text": author.paragraph("Risks")}


def dashboard(author: Author) -> Iterator[Block]:
    """Yield a page's worth at a time: a table, its chart and a note."""
    for number in count(1):
        block = table_block(author, author.random.randint(9, 11))
        name = str(block["caption"]).removeprefix("Table: ")
        yield {**block, "heading": f"{number}. {name}"}
        yield {"kind": "plain", "text": author.paragraph("What the figures show")}
        yield chart_block(author, height=44)
        yield {"kind": "plain", "text": author.paragraph("What the figures show")}


def slides(author: Author) -> Iterator[Block]:
    """Yield one block a slide: points, a chart or a picture."""
    for number, heading in enumerate(author.headings()):
        block = bullets_block(author, heading)
        if number % 4 == 1:
            block = chart_block(author, height=64)
        elif number % 4 == 3:
            block = picture_block(author, width=58)
        yield {**block, "heading": capital(heading)}


def route_map(author: Author) -> Iterator[Block]:
    """Yield one large map and the table that says the same in words."""
    yield {
        "kind": "picture",
        "picture": "map",
        "alt": SCENES["map"],
        "caption": "Map: the six proposed rounds and their stops",
        "width": 92,
    }
    yield table_block(author, 9)
    yield from report(author)


LAYOUTS: dict[str, Callable[[Author], Iterator[Block]]] = {
    "report": report,
    "minutes": minutes,
    "verbal": verbal,
    "register": register,
    "dashboard": dashboard,
    "slides": slides,
    "map": route_map,
}


def head(
    author: Author, title: str, committee: str, day: str, classification: str
) -> list[tuple[str, str]]:
    """Return the lines at the head of a report: who it is from, and what it asks for."""
    return [
        ("From", DIRECTOR),
        ("To", f"{committee}, {day}"),
        ("Subject", title),
        ("Classification", classification),
        ("Past route", "None"),
        ("Electoral divisions", "All"),
        ("Summary", author.summary()),
        (
            "Recommendation",
            "The Committee is asked to consider the report and to make any recommendations "
            "to the Cabinet Member that it thinks fit.",
        ),
    ]


def minutes_head(committee: str, day: str, present: str) -> list[tuple[str, str]]:
    """Return the lines at the head of minutes."""
    return [
        ("Committee", committee),
        ("Held on", f"{day}, County Hall, Harrowmere"),
        ("Present", present),
        ("Clerk", "Yusuf Marlowe, Democratic Services Officer"),
    ]
