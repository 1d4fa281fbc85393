"""The descriptions of exempt information: Schedule 12A to the Local Government Act 1972, Part 1."""

# Each paragraph that applies in England, in its short sense. Paragraphs 7A to 7C belonged to
# standards committees and can no longer be relied on.
EXEMPT_PARAGRAPHS = {
    1: "Information about an individual",
    2: "Information likely to reveal who an individual is",
    3: "Financial or business affairs of a particular person or body",
    4: "Consultations or negotiations on labour relations",
    5: "Legal professional privilege",
    6: "Notices, orders or directions that the council proposes to give",
    7: "Prevention, investigation or prosecution of crime",
}
