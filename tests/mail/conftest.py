"""The mail server, and mails to send to it."""

import pytest

from committee.extensions import db
from committee.mail import service as mails
from committee.mail.models import Mail
from tests.mail.server import mail_server

__all__ = ["a_mail", "mail_server"]


@pytest.fixture
def a_mail():
    """Answers a maker of committed mails, each owed under a key of its own."""
    made = []

    def make(**values: object) -> Mail:
        made.append(None)
        number = len(made)
        said = {
            "to": f"person{number}@example.org",
            "subject": "Your report is due on Friday 20 April 2018",
            "text": "Upload it at http://127.0.0.1:5050/reports/1\n",
            "key": f"report_due:version{number}",
        }
        mail = mails.owe("report_due", **(said | values))
        db.session.commit()
        return mail

    return make
