"""The states of a mail, its lasting name, and what may stand in its headers."""

import hashlib
import re
from enum import StrEnum

from committee.states import NotAllowed, States


class MailStatus(StrEnum):
    """Where a mail stands."""

    DUE = "due"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


MAIL_STATUS_LABELS = {
    MailStatus.DUE: "To be sent",
    MailStatus.SENT: "Sent",
    MailStatus.FAILED: "Not sent",
    MailStatus.CANCELLED: "Cancelled",
}

MAY_BECOME = {
    MailStatus.DUE: {MailStatus.SENT, MailStatus.FAILED, MailStatus.CANCELLED},
    MailStatus.SENT: set(),
    MailStatus.FAILED: {MailStatus.DUE, MailStatus.CANCELLED},
    # One that was on its way when it was cancelled has been sent all the same.
    MailStatus.CANCELLED: {MailStatus.SENT},
}

MAIL_STATES = States("mail", MAIL_STATUS_LABELS, MAY_BECOME)

# What a mail server takes as an address, roughly: it has the last word.
_PART = r"[^\s@<>,;:()\[\]\\\"\x00-\x1f\x7f-\x9f]+"
ADDRESS = re.compile(f"{_PART}@{_PART}")

# Ends a line, for one program or another, and so may begin a further header.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

LONGEST_ADDRESS = 254  # characters: RFC 5321 with its correction
LONGEST_SUBJECT = 300  # characters, so that no list of mail is filled by one of them

# Characters of the key that are kept for people who read logs; the rest is told by the sum.
LEGIBLE = 40


def checked_address(address: str) -> str:
    """The address. Raises NotAllowed if it is none, or would smuggle in a further header."""
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address):
        raise NotAllowed(f"{_shown(address)} is not an e-mail address, so no mail can go there.")
    return address


def checked_subject(subject: str) -> str:
    """The subject. Raises NotAllowed if it is empty, too long or not one line of visible text."""
    if not subject.strip():
        raise NotAllowed("A mail needs a subject.")
    if CONTROL.search(subject):
        raise NotAllowed("The subject of a mail must be one line, without line breaks or tabs.")
    if len(subject) > LONGEST_SUBJECT:
        raise NotAllowed(f"The subject of a mail may have {LONGEST_SUBJECT} characters at most.")
    return subject


def message_id(key: str) -> str:
    """The part of the Message-ID before the @, the same for the same key whenever it is sent.

    Letters a to z, digits, dots and hyphens only: Python's own headers are cut at a colon.
    """
    legible = re.sub(r"[^a-z0-9]+", "-", key.lower())[:LEGIBLE].strip("-")
    told_apart = hashlib.sha256(key.encode()).hexdigest()[:16]
    return f"{legible}.{told_apart}" if legible else told_apart


def _shown(address: str) -> str:
    """An address for a message to people, on one line and not without end."""
    return "“" + CONTROL.sub("�", address[:80]) + "”"
