"""The application put together: extensions, pages, tasks and commands, each in a visible list."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from committee import caught_mail, constitution, headers, health, logs, pages, sign_in
from committee.extensions import celery_init_app, csrf, db, limiter, login, migrate
from committee.storage import choose as storage
from committee.web import public_reading
from config import ROOT, Settings


def create(settings: Settings | None = None) -> Flask:
    """The application. Raises SettingsError if the settings cannot be used."""
    settings = settings or Settings.from_environment()
    app = Flask(
        "committee",
        static_folder=str(ROOT / "committee" / "static"),
        template_folder=str(ROOT / "templates"),
    )
    app.config.update(settings.for_flask())
    if settings.environment == "production":
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    logs.init_app(app)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    login.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    register_tables()
    celery_init_app(app)
    constitution.init_app(app)
    storage.init_app(app)
    sign_in.init_app(app)
    headers.init_app(app)
    register_views(app)
    public_reading.init_app(app)
    register_tasks()
    register_commands(app)
    return app


def register_tables() -> None:
    """Every slice's tables, so that migrations and foreign keys find them all."""
    from committee.agendas import models as agendas  # noqa: F401
    from committee.confidentiality import models as confidentiality  # noqa: F401
    from committee.consultations import models as consultations  # noqa: F401
    from committee.consultations import monitoring_models  # noqa: F401
    from committee.consultations import reading_models as readings  # noqa: F401
    from committee.decisions import models as decisions  # noqa: F401
    from committee.integrity import models as integrity  # noqa: F401
    from committee.mail import models as mail  # noqa: F401
    from committee.minutes import models as minutes  # noqa: F401
    from committee.packs import models as packs  # noqa: F401
    from committee.people import delegation_models as delegations  # noqa: F401
    from committee.people import session_models as sessions  # noqa: F401
    from committee.people import sign_in_models as sign_in_tables  # noqa: F401
    from committee.people import tenure_models as tenures  # noqa: F401
    from committee.reminders import models as reminders  # noqa: F401
    from committee.search import models as search  # noqa: F401
    from committee.takedowns import models as takedowns  # noqa: F401


def register_views(app: Flask) -> None:
    """Every page, and what pages share."""
    app.register_blueprint(health.health)
    pages.init_app(app)
    caught_mail.init_app(app)


def register_tasks() -> None:
    """What the worker can do; the web process sends it messages after each commit."""
    from tasks import hurry, perform, schedule  # noqa: F401  # importing is what registers them

    hurry.watch_sessions()


def register_commands(app: Flask) -> None:
    """The words of the command line."""
    from committee.commands import (
        audit,
        bench,
        database,
        examples,
        law,
        meetings,
        packs,
        people,
        people_files,  # noqa: F401  # adds its words to `people`
        search,
    )

    for group in (
        audit.group,
        bench.group,
        database.group,
        examples.group,
        law.group,
        meetings.group,
        packs.group,
        people.group,
        search.group,
    ):
        app.cli.add_command(group)
