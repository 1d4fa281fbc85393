"""The extensions, made once and bound to an application in `create_app`."""

import enum
from typing import TYPE_CHECKING, Any

from celery import Celery, Task
from flask import Flask, has_request_context, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from psycopg import Error as DatabaseError
from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    Enum,
    ExceptionContext,
    MetaData,
    event,
    select,
)
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.orm.exc import StaleDataError

from committee.database_roles import OWNER, PUBLIC, READS_AS_PUBLIC
from config import Settings, SettingsError

# Constraints with predictable names can be found, dropped and turned into messages.
NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(words: type[enum.Enum]) -> list[str]:
    return [word.value for word in words]


def status_column(words: type[enum.StrEnum]) -> Enum:
    """A column that holds one of the words, with a CHECK in the database that says so."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=True,
        values_callable=_values,
        validate_strings=True,
        name=words.__name__.lower(),
        length=40,
    )


def instant() -> DateTime:
    """A column that holds an aware instant."""
    return DateTime(timezone=True)


class Base(DeclarativeBase):
    """The base of every table."""

    registry = registry(metadata=MetaData(naming_convention=NAMES))


class RequestSession(Session):
    """The session of a request, a task or a command: the application's, unless its request reads
    as the public does (committee/reading_as_public.py)."""

    def get_bind(
        self,
        mapper: Any | None = None,
        clause: Any | None = None,
        bind: Engine | Connection | None = None,
        **named: Any,
    ) -> Engine | Connection:
        """The connection's source for a statement."""
        if bind is None and has_request_context() and request.environ.get(READS_AS_PUBLIC):
            return db.engines[PUBLIC]
        return super().get_bind(mapper, clause, bind, **named)


db = SQLAlchemy(model_class=Base, session_options={"class_": RequestSession})
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def owner_engine() -> Engine:
    """The engine of the owner of the tables, for migrations and administration alone.

    Raises SettingsError where this process was not told of the owner, as web and workers need not.
    """
    if OWNER not in db.engines:
        raise SettingsError("DATABASE_URL is not set: this needs the owner of the database.")
    return db.engines[OWNER]


@event.listens_for(Engine, "handle_error")
def leave_rows_out(context: ExceptionContext) -> None:
    """Leave the row that the database refused out of the error in which it quotes the row.

    It may be exempt, and errors are logged and kept beside the work that failed.
    """
    refused = context.original_exception
    if isinstance(refused, DatabaseError) and (said := refused.diag.message_primary):
        refused.args = (said,)
        if told := context.sqlalchemy_exception:
            kind = type(refused)
            told.args = (f"({kind.__module__}.{kind.__name__}) {said}", *told.args[1:])


def end_connections(*, close: bool = True) -> None:
    """Give up the connections of every login; `close=False` leaves them to a parent process."""
    for engine in db.engines.values():
        engine.dispose(close=close)


def lock_as_read(row: Any) -> None:
    """Let nobody else change a row until the transaction ends, which is still as it was read.

    `row` is of a table with a version. Raises StaleDataError where somebody has changed it since:
    what was decided in sight of the old one is not done to the new one.
    """
    db.session.flush()
    table = type(row)
    version = select(table.version).where(table.id == row.id).with_for_update()
    if db.session.scalar(version) != row.version:
        raise StaleDataError("The row was changed by somebody else since it was read.")


migrate = Migrate()
login = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)


def celery_init_app(app: Flask) -> Celery:
    """Bind Celery to the application, so that each task runs inside an application context."""

    class ApplicationTask(Task):
        def __call__(self, *arguments: object, **named: object) -> object:
            with app.app_context():
                return self.run(*arguments, **named)

    settings: Settings = app.config["SETTINGS"]
    celery = Celery(app.name, task_cls=ApplicationTask)
    celery.conf.update(celery_settings(settings))
    celery.set_default()
    app.extensions["celery"] = celery
    return celery


# More than twice the longest task: a message that is unanswered for so long is sent to another
# worker, and a shorter time would have a long task run twice.
VISIBILITY_SECONDS = 1800

# How the broker's connection notices that the other end is gone, in seconds.
BROKER_OPTIONS = {
    "visibility_timeout": VISIBILITY_SECONDS,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 3,
    "socket_keepalive": True,
    "health_check_interval": 25,
    "retry_on_timeout": True,
    "global_keyprefix": "quorate:",
}


def celery_settings(settings: Settings) -> dict[str, object]:
    """How Celery runs: UTC, one timed entry, the database as the only record of what is owed."""
    return {
        "broker_url": settings.celery_broker_url,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "enable_utc": True,
        "timezone": "UTC",
        "beat_schedule": {
            "sweep": {
                "task": "sweep",
                "schedule": float(settings.sweep_seconds),
                # An unread sweep is worthless once the next one is sent.
                "options": {"queue": "default", "expires": settings.sweep_seconds},
            }
        },
        "broker_transport_options": dict(BROKER_OPTIONS),
        "visibility_timeout": VISIBILITY_SECONDS,
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_acks_on_failure_or_timeout": True,
        "worker_prefetch_multiplier": 1,
        # A broker that restarts must not cost a long conversion one of its attempts.
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_max_tasks_per_child": 200,
        "worker_max_memory_per_child": 600_000,
        "worker_hijack_root_logger": False,
        "task_soft_time_limit": 540,
        "task_time_limit": 600,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "task_publish_retry_policy": {"max_retries": 0},
        "task_default_queue": "default",
    }
