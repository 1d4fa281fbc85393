"""Error pages: what happened, what to do next, and what was typed so that it is not lost."""

from dataclasses import dataclass

import structlog
from flask import Flask, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from psycopg.errors import IdleInTransactionSessionTimeout
from sqlalchemy.exc import DataError, IntegrityError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from committee.storage import StorageFull
from committee.web.answers import refusal, wants_json

log = structlog.get_logger()

SECRET_WORDS = ("password", "secret", "token", "credential")
# Too short to be looked for within other names, such as that of a postcode.
SECRET_NAMES = {"code"}
# Fields that go with a form but that nobody typed.
NOT_TYPED = {"version", "next"}
RETRY_SECONDS = 30


@dataclass(frozen=True)
class Problem:
    """One kind of error page. `sentence` is what a script is told; the page itself says more."""

    status: int
    code: str
    sentence: str
    # Drawn without the database or the session, which may be what is broken.
    bare: bool = False


PROBLEMS = {
    problem.status: problem
    for problem in (
        Problem(
            400,
            "bad_request",
            "The request could not be understood. Reload the page and try again.",
        ),
        Problem(401, "signed_out", "You are no longer signed in. Sign in, then try again."),
        Problem(403, "forbidden", "You do not have permission to do this."),
        Problem(404, "not_found", "There is nothing here that you may see."),
        Problem(405, "method_not_allowed", "This address cannot be used in that way."),
        Problem(
            409, "conflict", "Somebody else has changed this. Reload the page to see their change."
        ),
        Problem(413, "too_large", "What you sent is too large. Send fewer or smaller files."),
        Problem(429, "too_many_requests", "You have tried too often. Wait a minute and try again."),
        Problem(
            500, "server_error", "Something went wrong on our side. Nothing was saved.", bare=True
        ),
        Problem(507, "no_room", "There is no room left for files. Nothing was saved."),
        Problem(
            503, "unavailable", "The service is not available. Try again in a minute.", bare=True
        ),
    )
}
CSRF = Problem(400, "form_expired", "The page had been open for too long. Reload it and try again.")


def register(app: Flask) -> None:
    """Show our own page for every error."""
    app.register_error_handler(CSRFError, form_expired)
    app.register_error_handler(StaleDataError, overtaken)
    app.register_error_handler(IntegrityError, overtaken)
    app.register_error_handler(StorageFull, no_room)
    app.register_error_handler(OperationalError, unavailable)
    app.register_error_handler(InternalError, cut_off)
    app.register_error_handler(DataError, not_understood)
    app.register_error_handler(PoolTimeoutError, unavailable)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(500, server_error)


def http_problem(error: HTTPException) -> Response:
    """Answer an error that Flask or a view raised; a redirect raised as one passes unchanged."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    answer = show(PROBLEMS.get(error.code) or PROBLEMS[500 if error.code >= 500 else 400])
    if error.code in (405, 429):
        own = dict(error.get_headers(request.environ))
        for name in ("Allow", "Retry-After"):
            if name in own:
                answer.headers[name] = own[name]
    if error.code == 429:
        answer.headers.setdefault("Retry-After", "60")
    return answer


def server_error(_: Exception) -> Response:
    """Answer a fault of ours. The reference on the page leads to the lines of the log."""
    return show(PROBLEMS[500])


def unavailable(error: Exception) -> Response:
    """Answer when the database cannot be reached."""
    log.error("database unavailable", error=type(error).__name__)
    answer = show(PROBLEMS[503])
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def cut_off(error: InternalError) -> Response:
    """Answer when the database ended a transaction that had waited for too long on something."""
    if isinstance(error.orig, IdleInTransactionSessionTimeout):
        return unavailable(error)
    log.exception("database fault")
    return show(PROBLEMS[500])


def not_understood(error: DataError) -> Response:
    """Answer a value that the database cannot hold, such as a number that no row can have."""
    log.warning("value_not_understood", error=type(error.orig).__name__)
    return show(PROBLEMS[400])


def no_room(_: StorageFull) -> Response:
    """Answer an upload that found the disk full."""
    log.error("storage_full")
    return show(PROBLEMS[507])


def overtaken(error: Exception) -> Response:
    """Answer a change that lost a race: another request saved the same thing a moment before."""
    log.warning("overtaken", error=type(error).__name__)
    return show(PROBLEMS[409])


def form_expired(_: CSRFError) -> Response:
    """Answer a form whose token no longer holds, offering to send the same words again.

    Only a form that came from our own pages is offered again: another site's form must not become
    ours by one press of a button.
    """
    again = request.full_path.rstrip("?") if _from_our_pages() else None
    return show(CSRF, send_again_to=again, fields=_fields())


def show(problem: Problem, **more: object) -> Response:
    """The answer for a problem: JSON for a script, a page for a person."""
    if wants_json():
        return refusal(problem.code, problem.sentence, problem.status)
    name = "form_expired" if problem is CSRF else str(problem.status)
    values = {"typed": typed(problem), "reference": _reference(), **more}
    answer = make_response(_page(f"errors/{name}.html", values, bare=problem.bare))
    answer.status_code = problem.status
    answer.headers["Cache-Control"] = "no-store"
    return answer


def typed(problem: Problem) -> list[tuple[str, str, str]]:
    """What the person had typed, as name, label and text; no secrets, tokens or files."""
    if request.method not in ("POST", "PUT", "PATCH") or problem.status == 413:
        return []
    return [
        (name, _label(name), text)
        for name, text in _fields()
        if text.strip() and name not in NOT_TYPED
    ]


def _fields() -> list[tuple[str, str]]:
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:
        return []  # the body itself was what could not be read
    return [(name, text) for name, text in fields if _may_show(name)]


def _may_show(name: str) -> bool:
    name = name.lower()
    return name not in SECRET_NAMES and not any(word in name for word in SECRET_WORDS)


def _label(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


def _page(template: str, values: dict[str, object], *, bare: bool) -> str:
    if not bare:
        try:
            return render_template(template, layout="layouts/base.html", **values)
        except Exception:
            log.exception("error page drawn without its surroundings", template=template)
    # Straight from the environment: no context processor runs, so neither user nor council is read.
    drawn = current_app.jinja_env.get_template(template)
    return drawn.render(layout="layouts/bare.html", **values)


def _from_our_pages() -> bool:
    if request.headers.get("Sec-Fetch-Site"):
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return request.headers.get("Origin") == request.host_url.rstrip("/")


def _reference() -> str | None:
    found = structlog.contextvars.get_contextvars().get("request_id")
    return str(found) if found else None
