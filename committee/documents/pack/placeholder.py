"""The page that stands where a paper should be but cannot."""

from typing import Any

from committee.documents.pack.lettering import Wording
from committee.documents.pack.plan import PackPaper
from committee.documents.pack.typesetting import typeset_wording, typesetting_of

WORDS = {
    "heading": "This paper is missing from the pack",
    "advice": "Please ask the contact officer named on the agenda for it.",
}
UNKNOWN_PROBLEM = "The paper has not been supplied."


def placeholder(paper: PackPaper, problem: str, language: str) -> bytes:
    """A one-page tagged PDF that names the paper and states in plain English what is wrong."""

    def contents(wording: Wording) -> dict[str, Any]:
        return {
            "title": wording.printable(paper.title) or "Untitled paper",
            "problem": wording.printable(problem),
            **typesetting_of(language),
            "words": WORDS,
        }

    pdf, _ = typeset_wording("placeholder.typ", contents)
    return pdf
