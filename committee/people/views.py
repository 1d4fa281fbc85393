"""Sign-in, and the pages on which committees and their members are kept."""

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    flash,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_limiter.util import get_remote_address
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from committee.clock import now, today
from committee.extensions import db, limiter
from committee.people import access, service, sessions, users
from committee.people.forms import (
    CommitteeForm,
    EndMembershipForm,
    MemberForm,
    SignInForm,
    committee_data,
    starting,
)
from committee.people.models import Committee, User
from committee.people.permissions import Permission, public, requires
from committee.people.roles import MEMBER_ROLE_LABELS, MemberRole
from committee.people.session_models import UserSession
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.branding import HOUSE_COLOUR, style_sheet
from committee.web.fields import add_error

people = Blueprint("people", __name__)

DAY = 86_400  # seconds
UNPROCESSABLE = 422  # the status of a form that is shown again with its mistakes


def _attempt() -> str:
    """Attempts are counted by address and account together: a shared address harms nobody else."""
    return f"{get_remote_address()} {request.form.get('email', '').strip().lower()}"


def _was_wrong(answer: AnyResponse) -> bool:
    """Only failures count: a county hall shares one address, and signing in keeps nobody out."""
    return answer.status_code == UNPROCESSABLE


@people.route("/sign-in", methods=["GET", "POST"])
@public
@limiter.limit(
    "10 per minute; 60 per hour", methods=["POST"], key_func=_attempt, deduct_when=_was_wrong
)
@limiter.limit("100 per hour", methods=["POST"], deduct_when=_was_wrong)
def sign_in() -> Page:
    """Sign in with an e-mail address and a password."""
    if current_user.is_authenticated:
        return redirect(url_for("public.home"), 303)
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        user = users.user_with_password(form.email.data, form.password.data)
        if user is not None:
            enter(user)
            landing = "homes.home" if users.roles_now(user) else "public.home"
            return redirect(_own_page(form.next.data) or url_for(landing), 303)
        form.form_errors.append("The e-mail address or the password is not right. Check both.")
    return shown(render_template("people/sign_in.html", form=form), form)


@people.post("/sign-out")
@public
def sign_out() -> AnyResponse:
    """Leave. The session ends on the server, and everything kept for this browser is forgotten."""
    if here := session_here():
        sessions.end(here, now=now(), by=here.user_id)
        db.session.commit()
    logout_user()
    session.clear()
    flash("You have signed out.", "success")
    return see_other("public.home")


def enter(user: User) -> None:
    """Begin a session of this user at the browser that sent the request, and commit.

    Nothing of what the browser held before is kept: a session that somebody else had prepared
    must not become this person's.
    """
    token = sessions.begin(user, now=now(), browser=request.user_agent.string)
    db.session.commit()
    session.clear()
    login_user(user)
    session["_user_id"] = token


def session_here() -> UserSession | None:
    """The session to which this request belongs, for someone who is signed in."""
    found: UserSession | None = g.get("user_session") if current_user.is_authenticated else None
    return found


def _own_page(address: str | None) -> str | None:
    """The address if it is a page of ours, so that signing in never leads to another site."""
    if not address or not address.isprintable() or not address.startswith("/"):
        return None
    if address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


@people.get("/council-colour.css")
@public
def colours() -> Response:
    """The council's colour for every page."""
    council = service.the_council()
    answer = Response(style_sheet(council.brand_colour if council else HOUSE_COLOUR))
    answer.mimetype = "text/css"
    answer.headers["Cache-Control"] = f"public, max-age={DAY}"
    return answer


@people.route("/committees/new", methods=["GET", "POST"])
@requires(Permission.COMMITTEE_EDIT, council_wide=True)
def add_committee() -> Page:
    """Set up a committee."""
    form = CommitteeForm()
    council = access.council()
    if form.validate_on_submit():
        try:
            committee = service.add_committee(
                council,
                name=form.name.data,
                description=form.description.data,
                seats=form.seats.data,
                by=access.reader_id(),
            )
            _set_contact(committee, form)
            db.session.commit()
        except NotAllowed as refusal:
            add_error(form.name, str(refusal))
        else:
            flash(f"{committee.name} has been added. Next, add its members.", "success")
            return see_other("people.members", slug=committee.slug)
    return shown(render_template("people/add_committee.html", form=form), form)


@people.route("/committees/<slug:slug>/edit", methods=["GET", "POST"])
@requires(Permission.COMMITTEE_EDIT)
def edit_committee(slug: str) -> Page:
    """Change a committee's particulars."""
    committee = access.committee_for(Permission.COMMITTEE_EDIT, slug)
    form = CommitteeForm(data=committee_data(committee))
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(committee)
    if valid and not overtaken:
        try:
            service.change_committee(
                committee,
                name=form.name.data,
                description=form.description.data,
                seats=form.seats.data,
                by=access.reader_id(),
            )
            _set_contact(committee, form)
            db.session.commit()
        except NotAllowed as refusal:
            db.session.rollback()
            add_error(form.name, str(refusal))
        else:
            flash(f"{committee.name} has been changed.", "success")
            return see_other("public.committee", slug=committee.slug)
    theirs = committee_data(committee) if overtaken else None
    return shown(
        render_template(
            "people/edit_committee.html", form=form, committee=committee, theirs=theirs
        ),
        form,
    )


def _set_contact(committee: Committee, form: CommitteeForm) -> None:
    if form.contact_name.data:
        service.set_contact(
            committee,
            name=form.contact_name.data,
            telephone=form.contact_telephone.data,
            email=form.contact_email.data,
        )
    elif committee.contact_officer is not None:
        service.clear_contact(committee, by=access.reader_id())


@people.route("/committees/<slug:slug>/members", methods=["GET", "POST"])
@requires(Permission.COMMITTEE_EDIT)
def members(slug: str) -> Page:
    """Who sits on a committee, and a form to add somebody."""
    committee = access.committee_for(Permission.COMMITTEE_EDIT, slug)
    form = MemberForm(data=starting(today()))
    if form.validate_on_submit():
        group = service.group_named(committee.council, form.group.data) if form.group.data else None
        try:
            service.add_membership(
                committee,
                service.councillor_named(committee.council, form.name.data, group),
                role=MemberRole(form.role.data),
                started_on=form.started_on.data,
                by=access.reader_id(),
            )
            db.session.commit()
        except NotAllowed as refusal:
            db.session.rollback()
            add_error(form.name, str(refusal))
        else:
            flash(f"{form.name.data} is now on {committee.name}.", "success")
            return see_other("people.members", slug=slug)
    return shown(
        render_template(
            "people/members.html",
            form=form,
            committee=committee,
            groups=service.by_group(service.memberships(committee)),
            known_groups=service.groups(committee.council),
            roles=MEMBER_ROLE_LABELS,
        ),
        form,
    )


@people.route("/committees/<slug:slug>/members/<int:membership_id>/end", methods=["GET", "POST"])
@requires(Permission.COMMITTEE_EDIT)
def end_membership(slug: str, membership_id: int) -> Page:
    """End a membership; the record that it was held stays."""
    committee = access.committee_for(Permission.COMMITTEE_EDIT, slug)
    membership = access.visible_membership(membership_id, committee)
    form = EndMembershipForm(data={"ended_on": today()})
    if form.validate_on_submit():
        try:
            service.end_membership(membership, on=form.ended_on.data, by=access.reader_id())
            db.session.commit()
        except NotAllowed as refusal:
            db.session.rollback()
            add_error(form.ended_on, str(refusal))
        else:
            flash(f"The membership of {membership.councillor.name} has been ended.", "success")
            return see_other("people.members", slug=slug)
    return shown(
        render_template(
            "people/end_membership.html", form=form, committee=committee, membership=membership
        ),
        form,
    )
