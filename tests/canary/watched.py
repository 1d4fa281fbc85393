"""The council whose every secret is a token, what it left in passing, and who reads it."""

from dataclasses import dataclass, field

from sqlalchemy import select

from committee.extensions import db
from committee.mail.models import Mail
from committee.work.models import Work
from tasks.reminders import remind
from tests.canary.council import Council, furnish_meetings, furnish_people, work_off
from tests.canary.decoding import Decoder
from tests.canary.failing import fail_on_purpose
from tests.canary.furnishing_agendas import furnish_agendas
from tests.canary.furnishing_consultations import furnish_consultations
from tests.canary.furnishing_decisions import furnish_decisions
from tests.canary.furnishing_minutes import furnish_held
from tests.canary.installation import Installation, write_as_written
from tests.canary.seeding import seed_what_is_left
from tests.canary.tokens import Tokens


@dataclass
class WatchedCouncil:
    """A council full of tokens, its installation, and the decoder that knows them all."""

    installation: Installation
    council: Council
    tokens: Tokens
    decoder: Decoder
    emails: dict[str, str] = field(default_factory=dict)
    lines_of_making: int = 0


def furnish(made: Council) -> None:
    """Everything, in an order in which hidden rows come before open ones."""
    furnish_people(made)
    furnish_meetings(made)
    furnish_held(made)
    furnish_decisions(made)
    furnish_consultations(made)
    furnish_agendas(made)


def watched_council(installation: Installation) -> WatchedCouncil:
    """Make the council, let every letter be sent and some work fail, and keep it as it is."""
    tokens = Tokens()
    write_as_written(installation.log)
    with installation.app.app_context():
        made = Council(hidden=tokens.make, personal=tokens.make, tokens=tokens)
        furnish(made)
        remind()
        work_off()
        assert not db.session.scalars(select(Mail.id).where(Mail.last_error.is_not(None))).all()
        fail_on_purpose(made)
        seed_what_is_left(tokens)
        emails = {name: user.email for name, user in made.people.items()}
        stuck = db.session.scalars(select(Work.last_error).where(Work.last_error.is_not(None)))
        assert stuck.all(), "some work was to fail"
        db.session.remove()
    installation.keep()
    lines = len(installation.log.lines)
    return WatchedCouncil(installation, made, tokens, Decoder(tokens), emails, lines)
