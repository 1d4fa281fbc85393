"""The product with a page for each of its errors, since few can be had for the asking."""

from flask import Flask
from werkzeug.wrappers import Response

from committee import create_app
from committee.extensions import csrf
from committee.people.permissions import public
from committee.web import errors


def troubled_app() -> Flask:
    """The application, with `/problem/404` and the like."""
    made = create_app()
    made.add_url_rule(
        "/problem/<int:status>", "problem", csrf.exempt(public(problem)), methods=["GET", "POST"]
    )
    return made


def problem(status: int) -> Response:
    """Answer with this error, as the product does."""
    return errors.show(errors.PROBLEMS[status])


app = troubled_app()
