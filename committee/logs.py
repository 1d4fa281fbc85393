"""Structured logs. A request's id is in every line it causes, in the web and in the workers."""

import logging
import re
import sys
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from celery import Task
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun
from flask import Flask, Response, current_app, g, request

from config import Settings

# An id is taken only in the form of our own, and only from a proxy that is set to send one: it is
# kept in the audit, where nobody who asks for a page should choose what stands there.
REQUEST_ID = re.compile(r"[0-9a-f]{32}\Z")

log = structlog.get_logger("quorate")


def init_app(app: Flask) -> None:
    """Set up the logs, and give each request an id."""
    settings: Settings = app.config["SETTINGS"]
    set_up(settings.log_format)
    app.before_request_funcs.setdefault(None, []).insert(0, begin_request)
    app.after_request(end_request)


def once_numbered(app: Flask, look: Callable[[], None]) -> None:
    """Have each request looked at by this as soon as it has its number, before by whatever was
    given here earlier: what it refuses, and what fails meanwhile, is found by that number."""
    first = app.before_request_funcs.setdefault(None, [])
    first.insert(first.index(begin_request) + 1, look)


def set_up(log_format: str) -> None:
    """Write logs to standard error, as JSON lines or as text for people."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: Any = structlog.dev.ConsoleRenderer(
        # Plain tracebacks: the richer kind prints local variables, and with them what was typed.
        colors=False,
        exception_formatter=structlog.dev.plain_traceback,
    )
    if log_format == "json":
        shared.append(structlog.processors.format_exc_info)
        last = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    for old in [h for h in root.handlers if getattr(h, "from_quorate", False)]:
        root.removeHandler(old)
    handler.from_quorate = True  # type: ignore[attr-defined]
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # Celery tells of each task that arrives; our own line says what came of it.
    for name in (
        "celery.worker.strategy",
        "celery.app.trace",
        "celery.beat",
        "fontTools",
        "pikepdf",
    ):
        logging.getLogger(name).setLevel(logging.WARNING)


def begin_request() -> None:
    """Bind the request's id: the proxy's where it is trusted and sent a sound one, else a new one.
    This comes before anything refuses the request, so that refusals have a number too; what else
    comes early is added by `once_numbered`."""
    settings: Settings = current_app.config["SETTINGS"]
    given = request.headers.get("X-Request-ID", "") if settings.proxy_request_ids else ""
    g.request_id = given if REQUEST_ID.match(given) else uuid.uuid4().hex
    g.request_began = time.monotonic()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def end_request(response: Response) -> Response:
    """Send the id back and write one line, without the address's query: it may hold anything."""
    request_id = getattr(g, "request_id", None)
    if request_id:
        response.headers["X-Request-ID"] = request_id
        log.info(
            "request",
            method=request.method,
            path=_path(),
            status=response.status_code,
            milliseconds=round((time.monotonic() - g.request_began) * 1000),
        )
    return response


def _path() -> str:
    """The address without what only its reader may hold: the token of a link that was mailed."""
    if request.url_rule and "token" in (request.view_args or {}):
        return request.url_rule.rule
    return request.path


@setup_logging.connect
def keep_our_logs(**_: object) -> None:
    """Stop Celery from replacing the set-up: being connected is enough."""


@before_task_publish.connect
def send_request_id(headers: dict[str, Any] | None = None, **_: object) -> None:
    """Put the id of the request at hand into a message."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if headers is not None and request_id:
        headers.setdefault("request_id", request_id)


@task_prerun.connect
def bind_request_id(task: Task | None = None, task_id: str | None = None, **_: object) -> None:
    """Bind the id that came with a message."""
    structlog.contextvars.clear_contextvars()
    request_id = getattr(task.request, "request_id", None) if task else None
    structlog.contextvars.bind_contextvars(request_id=request_id or task_id)


@task_postrun.connect
def forget_request_id(**_: object) -> None:
    """Leave nothing bound for the next task."""
    structlog.contextvars.clear_contextvars()
