"""The Celery application as `celery -A tasks.worker` loads it."""

import psycopg
from celery.signals import worker_process_init
from sqlalchemy import event

from committee import create_app
from committee.extensions import db, end_connections
from config import Settings

flask_app = create_app()
app = flask_app.extensions["celery"]

# A worker that is frozen in mid-transaction would keep its rows locked, and so its work from being
# taken over, for as long as it sleeps. After so many leases the database takes them from it.
LEASES_ASLEEP = 3


@worker_process_init.connect
def start_with_own_connections(**_: object) -> None:
    """Forget the parent's database connections without closing them under it."""
    with flask_app.app_context():
        end_connections(close=False)
        event.listen(db.engine, "connect", lose_locks_when_asleep)


def lose_locks_when_asleep(connection: psycopg.Connection, _record: object) -> None:
    """Have the database end this connection when it idles too long within a transaction."""
    settings: Settings = flask_app.config["SETTINGS"]
    connection.execute(
        f"SET idle_in_transaction_session_timeout = {LEASES_ASLEEP * settings.lease_seconds * 1000}"
    )
    connection.commit()
