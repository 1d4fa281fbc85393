"""Every page of the product, and what pages share."""

from typing import Any

from flask import Flask, g, redirect, request, session, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.routing import BaseConverter, IntegerConverter, Map
from werkzeug.wrappers import Response

from committee import logs
from committee.agendas.accepting_views import accepting
from committee.agendas.bundle_views import bundles
from committee.agendas.classing_views import classes
from committee.agendas.closed_views import closed_items
from committee.agendas.paper_views import papers
from committee.agendas.programme_views import programme
from committee.agendas.version_views import versions
from committee.agendas.views import agendas
from committee.confidentiality.views import confidentiality
from committee.consultations.classing_views import response_classes
from committee.consultations.question_views import consultation_questions
from committee.consultations.response_views import responses
from committee.consultations.setting_up_views import setting_up
from committee.consultations.summary_views import summaries
from committee.consultations.theme_views import themes
from committee.consultations.views import consultations
from committee.decisions.classing_views import record_classes
from committee.decisions.publishing_views import published as published_records
from committee.decisions.record_views import records
from committee.decisions.signing_views import signatures
from committee.decisions.views import decisions
from committee.extensions import login
from committee.homes.views import homes
from committee.integrity.log_views import audit_log
from committee.integrity.views import integrity
from committee.meetings.views import meetings
from committee.minutes.action_views import actions
from committee.minutes.attendance_views import attending
from committee.minutes.classing_views import minute_classes
from committee.minutes.minute_views import single
from committee.minutes.public_views import published_minutes
from committee.minutes.publishing_views import releasing
from committee.minutes.views import minutes
from committee.packs.publishing_views import publishing
from committee.packs.views import packs
from committee.people.account_views import account
from committee.people.councillor_views import councillors_pages
from committee.people.delegation_views import delegations
from committee.people.factor_views import factors
from committee.people.file_views import files as people_files
from committee.people.models import Council
from committee.people.oidc_views import provider
from committee.people.permission_views import permission_pages
from committee.people.permissions import Permission, may, may_anywhere
from committee.people.portfolio_views import portfolios
from committee.people.seat_views import seats_pages
from committee.people.second_step_views import second_step
from committee.people.service import the_council
from committee.people.user_views import users
from committee.people.views import people
from committee.public.closed_record_views import closed_records
from committee.public.decision_views import decision_pages
from committee.public.feed_views import feeds
from committee.public.views import public
from committee.reminders.views import reminders
from committee.reports.asking_views import asking
from committee.reports.paper_views import report_papers
from committee.reports.version_views import report_versions
from committee.reports.views import reports
from committee.search.views import search
from committee.takedowns import hiding
from committee.takedowns.views import takedowns
from committee.web import errors, fields, filters, incoming
from config import MEBIBYTE

BLUEPRINTS = (
    public,
    people,
    provider,
    second_step,
    account,
    factors,
    users,
    portfolios,
    permission_pages,
    delegations,
    councillors_pages,
    seats_pages,
    people_files,
    meetings,
    reports,
    asking,
    report_papers,
    report_versions,
    agendas,
    classes,
    closed_items,
    confidentiality,
    papers,
    bundles,
    versions,
    accepting,
    programme,
    packs,
    publishing,
    decisions,
    records,
    signatures,
    record_classes,
    published_records,
    decision_pages,
    closed_records,
    consultations,
    setting_up,
    consultation_questions,
    responses,
    response_classes,
    themes,
    summaries,
    reminders,
    search,
    feeds,
    homes,
    attending,
    minutes,
    minute_classes,
    single,
    releasing,
    published_minutes,
    actions,
    takedowns,
    integrity,
    audit_log,
)

# Views that take files. Every other form is words, and words are small.
TAKE_FILES = {
    "papers.receive",
    "people_files.receive",
    "bundles.receive",
    "versions.replace",
    "report_papers.receive",
    "report_versions.replace",
}
WORDS_BYTES = 2 * MEBIBYTE


class Slug(BaseConverter):
    """The part of an address that names a committee; anything else is no page."""

    regex = "[a-z0-9-]+"


class DecisionNumber(BaseConverter):
    """The number of a decision, whose slash is part of the address: /decisions/18/00016."""

    regex = "[0-9]{2}/[0-9]{5}"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """The number as it stands."""
        return value


class RowNumber(IntegerConverter):
    """A number in an address. Beyond what the database's ids can be there is no such page."""

    def __init__(self, routes: Map, *arguments: Any, **named: Any) -> None:
        named.setdefault("max", 2**31 - 1)
        super().__init__(routes, *arguments, **named)


def init_app(app: Flask) -> None:
    """Give the application its pages."""
    app.url_map.converters.update(
        {"int": RowNumber, "slug": Slug, "decision_number": DecisionNumber}
    )
    ours = app.jinja_loader
    design_system = ("govuk_frontend_jinja", "govuk_frontend_wtf")
    theirs = PrefixLoader({name: PackageLoader(name) for name in design_system})
    app.jinja_loader = ChoiceLoader([loader for loader in (ours, theirs) if loader])
    errors.register(app)
    filters.register(app)
    fields.register(app)
    app.add_template_global(may)
    app.add_template_global(may_anywhere)
    app.add_template_global(council_of_this_request, "the_council")
    app.jinja_env.globals["Permission"] = Permission
    login.unauthorized_handler(ask_to_sign_in)
    incoming.init_app(app)
    # Before the form's token is looked for, since looking for it reads the whole body.
    logs.once_numbered(app, limit_body)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    hiding.init_app(app)


def council_of_this_request() -> Council | None:
    """The council, read once for each request."""
    if "council" not in g:
        g.council = the_council()
    council: Council | None = g.council
    return council


def ask_to_sign_in() -> Response:
    """Lead someone to sign in and then back. What a form sent is shown, so that it is not lost."""
    if request.method in ("GET", "HEAD") and not errors.wants_json():
        here = request.full_path.rstrip("?")
        return redirect(url_for("people.sign_in", next=here), 303)
    return errors.show(errors.PROBLEMS[401])


def limit_body() -> None:
    """Take large bodies only where files belong, and only from people who have signed in.

    Only the signed session is asked: a transaction begun here would stay open, and be ended by the
    database, while a large file comes in over a slow line. The view asks the database.
    """
    if request.endpoint not in TAKE_FILES or "_user_id" not in session:
        request.max_content_length = WORDS_BYTES
