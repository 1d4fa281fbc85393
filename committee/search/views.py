"""The search page, for anyone."""

from flask import Blueprint, render_template, request, url_for

from committee.people import service as people
from committee.people.permissions import public
from committee.search import finding
from committee.search.highlights import marked
from committee.search.rules import ENTRY_KIND_LABELS, LONGEST_QUERY, Wanted, wanted_from

search = Blueprint("search", __name__)


@search.get("/search")
@public
def results() -> str:
    """What was found, with the words marked; without a query, how to search."""
    wanted = wanted_from(request.args)
    committees = people.all_committees()
    return render_template(
        "search/results.html",
        answer=finding.search(wanted),
        wanted=wanted,
        committees=committees,
        kinds=ENTRY_KIND_LABELS,
        longest=LONGEST_QUERY,
        marked=marked,
        any_word=finding.any_of(wanted),
        address=_address(wanted),
        everywhere=url_for("search.results", q=wanted.query),
    )


def _address(wanted: Wanted) -> str:
    """The address of this search, to which the number of a page is added."""
    return url_for(
        "search.results",
        q=wanted.query,
        kind=wanted.kind.value if wanted.kind else None,
        committee=wanted.committee,
    )
