"""The one place that speaks to a mail server. Knows no database: nothing is held meanwhile."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr

from committee.mail.models import Mail
from committee.mail.server import MailServer

# Seconds for each exchange. A server that says nothing for so long is as good as away.
PATIENCE = 20

# How much of a server's answer is shown to people, in characters.
LONGEST_ANSWER = 300


class Delayed(Exception):
    """The mail could not be sent now and may be later. The message says why, for people."""


class Rejected(Exception):
    """The mail server will never take this mail. The message says why, for people."""


def compose(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it travels, the same bytes each time.

    `sender` is as in MAIL_FROM. Long lines and letters beyond ASCII are encoded, so that every
    server can pass them on.
    """
    message = EmailMessage(policy=SMTP)
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["From"] = sender
    message["To"] = mail.to_address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.message_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # so that nobody's holiday notice answers
    message.set_content(mail.text, cte="quoted-printable")
    if mail.html:
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
        message.set_boundary(f"={mail.message_id}=")
    return message


def deliver(message: EmailMessage, server: MailServer, *, sender: str, to: str) -> None:
    """Hand the message for the address `to` over; once this returns, the server has said 250.

    `sender` is as in MAIL_FROM. Raises Delayed or Rejected.
    """
    try:
        connection = _connected(server)
    except smtplib.SMTPResponseException as refusal:
        # A wrong password or a closed door is the installation's fault, not this mail's.
        raise Delayed(f"The mail server did not let us in: {_answer(refusal)}") from refusal
    except (smtplib.SMTPException, OSError) as trouble:
        raise Delayed(f"The mail server could not be reached: {trouble}") from trouble
    try:
        _hand_over(connection, message, parseaddr(sender)[1], to)
    finally:
        # What happens after the 250 changes nothing: the mail is the server's.
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    # Asking what this machine is called can take long, and a server on it does not care.
    called = "localhost" if server.is_local else None
    context = ssl.create_default_context()
    connection: smtplib.SMTP
    if server.tls == "whole":
        connection = smtplib.SMTP_SSL(
            server.host, server.port, called, timeout=PATIENCE, context=context
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, called, timeout=PATIENCE)
    try:
        if server.tls == "start":
            connection.starttls(context=context)
        if server.user:
            connection.login(server.user, server.password or "")
    except BaseException:
        connection.close()
        raise
    return connection


def _hand_over(connection: smtplib.SMTP, message: EmailMessage, sender: str, to: str) -> None:
    try:
        options, form = ([], SMTP) if to.isascii() else (_beyond_ascii(connection, to), SMTPUTF8)
        # Not send_message(), which puts a > before lines that begin with “From ”.
        connection.sendmail(sender, [to], message.as_bytes(policy=form), options)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, words = next(iter(refusal.recipients.values()))
        raise _refused(smtplib.SMTPResponseException(code, words), to) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise _refused(refusal, to) from refusal
    except (smtplib.SMTPException, OSError) as trouble:
        raise Delayed(f"The connection to the mail server broke: {trouble}") from trouble


def _beyond_ascii(connection: smtplib.SMTP, to: str) -> list[str]:
    """What to say for an address with letters beyond ASCII. Raises Rejected if it cannot be."""
    connection.ehlo_or_helo_if_needed()
    if not connection.has_extn("smtputf8"):
        raise Rejected(f"The mail server cannot write to the address {to}.")
    return ["SMTPUTF8", "BODY=8BITMIME"]


def _refused(refusal: smtplib.SMTPResponseException, to: str) -> Delayed | Rejected:
    if 500 <= refusal.smtp_code < 600:
        return Rejected(f"The mail server refused the mail to {to}: {_answer(refusal)}")
    return Delayed(f"The mail server asked to try again later: {_answer(refusal)}")


def _answer(refusal: smtplib.SMTPResponseException) -> str:
    """A server's answer on one line, as `550 No such user`."""
    words = refusal.smtp_error
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return f"{refusal.smtp_code} {' '.join(text.split())}"[:LONGEST_ANSWER]
