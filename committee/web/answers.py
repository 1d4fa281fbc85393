"""How views answer: a page, a form shown again, the next page, or JSON for a script."""

from typing import Any, TypeAlias

from flask import flash, jsonify, redirect, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from committee.web.paging import page_from

# How a notice's category begins when it offers to undo; the address follows.
UNDO = "undo "

Page: TypeAlias = Response | str | tuple[str, int]


def shown(page: str, form: FlaskForm) -> Page:
    """A page with a form: 422 where the form holds mistakes, so that no cache or robot keeps it."""
    return (page, 422) if form.errors else page


def see_other(endpoint: str, *, anchor: str | None = None, **values: Any) -> Response:
    """Lead on to another page after something was done, so that reloading does not do it twice."""
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)


def page_asked_for() -> int:
    """The page of a list that this request's address asks for, from 1 to paging.MOST_PAGES."""
    return page_from(request.args)


def tell_with_undo(sentence: str, undo: str) -> None:
    """Say on the next page what was done, with a button that posts to the address `undo`."""
    flash(sentence, f"{UNDO}{undo}")


def tell_at(place: str, sentence: str) -> None:
    """Say on the next page what was done, at a `place` of it that shows notices of its own."""
    flash(sentence, f"success at {place}")


def wants_json() -> bool:
    """Whether the caller asked for JSON rather than a page."""
    kinds = request.accept_mimetypes
    return kinds["application/json"] > kinds["text/html"]


def refusal(code: str, message: str, status: int) -> Response:
    """A refusal for a script: a stable word, and a sentence that can be shown to a person."""
    answer = jsonify({"error": {"code": code, "message": message}})
    answer.status_code = status
    return answer
