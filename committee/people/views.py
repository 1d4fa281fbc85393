"""Sign-in, and the pages on which committees and their members are kept."""

from functools import partial

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from committee.clock import now, today
from committee.extensions import db
from committee.people import (
    access,
    councillors,
    memberships,
    passkeys,
    service,
    sessions,
    throttling,
    users,
)
from committee.people.councillor_forms import OF_SEATS
from committee.people.ending_views import end_form, ended
from committee.people.entering_views import (
    begin_try,
    have_to_wait,
    note_wrong_password,
    session_here,
)
from committee.people.forms import (
    CommitteeForm,
    MemberForm,
    SignInForm,
    committee_data,
    starting,
)
from committee.people.models import Committee, User
from committee.people.oidc import Provider
from committee.people.permissions import Permission, public, requires
from committee.people.proving_views import come_in, put_question, site_here
from committee.people.roles import MEMBER_ROLE_LABELS, MemberRole
from committee.people.rules import END_REASON_LABELS, VOTING_RIGHT_LABELS, EndReason, VotingRight
from committee.people.sign_in_rules import TryKind
from committee.people.throttling import TooManyTries
from committee.states import NotAllowed
from committee.web.answers import Page, see_other, shown
from committee.web.branding import HOUSE_COLOUR, style_sheet
from committee.web.fields import add_error

people = Blueprint("people", __name__)

DAY = 86_400  # seconds


@people.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Page:
    """Sign in with an e-mail address and a password."""
    if current_user.is_authenticated:
        return redirect(url_for("public.home"), 303)
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        try:
            user = _with_password(form)
        except TooManyTries as refused:
            form.form_errors.append(str(refused))
            return have_to_wait(sign_in_page(form), refused)
        if user is not None:
            return come_in(user, form.next.data)
        form.form_errors.append("The e-mail address or the password is not right. Check both.")
    return shown(sign_in_page(form), form)


def _with_password(form: SignInForm) -> User | None:
    """Who this is. Raises TooManyTries, alike for an address that has no account."""
    tried = begin_try(TryKind.PASSWORD, form.email.data)
    user = users.user_with_password(form.email.data, form.password.data)
    if user is not None:
        throttling.take_back(tried)
    else:
        note_wrong_password(form.email.data)
    return user


def sign_in_page(form: SignInForm) -> str:
    """The page with every way in that this installation has."""
    site = site_here()
    return render_template(
        "people/sign_in.html",
        form=form,
        passkey=passkeys.options_to_use(site, put_question()) if site else None,
        provider=provider_here(),
    )


def provider_here() -> Provider | None:
    """The council's own sign-in, where one is set."""
    found: Provider | None = current_app.extensions["provider"]
    return found


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
    form.offer(service.all_committees())
    council = access.council()
    if form.validate_on_submit():
        try:
            committee = service.add_committee(
                council,
                name=form.name.data,
                description=form.description.data,
                seats=form.seats.data,
                standing=form.standing(),
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
    form.offer(service.all_committees(), but=committee)
    valid = form.validate_on_submit()
    overtaken = form.is_submitted() and form.overtakes(committee)
    if valid and not overtaken:
        try:
            service.change_committee(
                committee,
                name=form.name.data,
                description=form.description.data,
                seats=form.seats.data,
                standing=form.standing(),
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
        try:
            service.add_membership(
                committee,
                service.member_named(committee.council, form.name.data, form.group.data),
                role=MemberRole(form.role.data),
                voting=VotingRight(form.voting.data) if form.voting.data else None,
                started_on=form.started_on.data,
                ended_on=form.ended_on.data,
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
            known_people=councillors.names(committee.council),
            former=memberships.former(committee, on=today()),
            roles=MEMBER_ROLE_LABELS,
            rights=VOTING_RIGHT_LABELS,
            reasons=END_REASON_LABELS,
        ),
        form,
    )


@people.route("/committees/<slug:slug>/members/<int:membership_id>/end", methods=["GET", "POST"])
@requires(Permission.COMMITTEE_EDIT)
def end_membership(slug: str, membership_id: int) -> Page:
    """End a membership; the record that it was held stays."""
    committee = access.committee_for(Permission.COMMITTEE_EDIT, slug)
    membership = access.visible_membership(membership_id, committee)
    form = end_form(membership, OF_SEATS, because=EndReason.ENDED.value)
    if ended(form, partial(service.end_membership, membership)):
        flash(f"The membership of {membership.councillor.name} has been ended.", "success")
        return see_other("people.members", slug=slug)
    return shown(
        render_template(
            "people/end_membership.html", form=form, committee=committee, membership=membership
        ),
        form,
    )
