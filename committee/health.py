"""Whether the system is well, for machines that watch it."""

import redis
import structlog
from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from committee.clock import now
from committee.extensions import db, limiter
from committee.people.permissions import public
from committee.work import service as work
from config import Settings

health = Blueprint("health", __name__)
log = structlog.get_logger()

# Seconds without a sweep after which the scheduler or the worker is thought dead.
SILENCE = 60


@health.get("/healthz")
@public
@limiter.exempt
def show() -> tuple[Response, int]:
    """200 while pages can be served; what runs only late is named but is no reason to stop."""
    parts = {"database": _database(), "broker": _broker(), "sweep": _sweep()}
    well = parts["database"] == "ok"
    status = "ok" if all(part == "ok" for part in parts.values()) else "degraded"
    return jsonify({"status": status if well else "down", **parts}), 200 if well else 503


def _database() -> str:
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        log.exception("health_database")
        return "unreachable"
    return "ok"


def _broker() -> str:
    settings: Settings = current_app.config["SETTINGS"]
    client = redis.Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)
    try:
        client.ping()
    except (redis.RedisError, OSError):
        return "unreachable"
    finally:
        client.close()
    return "ok"


def _sweep() -> str:
    try:
        seen = work.last_seen("sweep")
    except SQLAlchemyError:
        return "unknown"
    if seen is None:
        return "not seen yet"
    return "ok" if (now() - seen).total_seconds() < SILENCE else "silent"
