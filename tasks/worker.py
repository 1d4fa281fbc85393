"""The Celery application as `celery -A tasks.worker` loads it."""

from celery.signals import worker_process_init

from committee import create_app
from committee.extensions import db

flask_app = create_app()
app = flask_app.extensions["celery"]


@worker_process_init.connect
def start_with_own_connections(**_: object) -> None:
    """Forget the parent's database connections without closing them under it."""
    with flask_app.app_context():
        db.engine.dispose(close=False)
