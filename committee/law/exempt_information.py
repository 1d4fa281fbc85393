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

# The paragraph that cannot be relied on for what must be registered (Schedule 12A, paragraph 8).
FINANCIAL_AFFAIRS = 3

# What members off the committee may as a rule not inspect, beside terms of a contract under
# paragraph 3 (section 100F).
NOT_FOR_OTHER_MEMBERS = frozenset({1, 2, 4, 5, 7})

# Days after which the public interest has to be weighed again, since information is exempt only so
# long as it outweighs (Schedule 12A, paragraph 10).
REVIEW_WITHIN = 366
