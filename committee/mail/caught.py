"""The messages that the development catcher has kept in its folder, read for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import cast

A_PAGE = 50  # messages


@dataclass(frozen=True)
class Caught:
    """One message as it was caught; `caught_at` is an aware instant."""

    number: int
    caught_at: datetime
    sender: str
    to: str
    subject: str
    message_id: str
    text: str


@dataclass(frozen=True)
class CaughtPage:
    """One page of messages, newest first; `pages` is 1 at least."""

    messages: Sequence[Caught]
    page: int
    pages: int
    total: int


def newest(folder: Path, *, page: int = 1) -> CaughtPage:
    """Page `page` of the folder's messages; none where nothing was caught yet."""
    numbers = sorted(
        (int(p.stem) for p in folder.glob("*.eml") if p.stem.isdecimal()), reverse=True
    )
    pages = max(1, -(-len(numbers) // A_PAGE))
    page = min(max(1, page), pages)
    wanted = numbers[(page - 1) * A_PAGE : page * A_PAGE]
    found = (message_with_number(folder, number) for number in wanted)
    return CaughtPage([message for message in found if message], page, pages, len(numbers))


def message_with_number(folder: Path, number: int) -> Caught | None:
    """The message, or nothing where none has this number or it has made room for newer ones."""
    path = folder / f"{number:08d}.eml"
    try:
        content, changed = path.read_bytes(), path.stat().st_mtime
    except FileNotFoundError:
        return None
    message = cast("EmailMessage", message_from_bytes(content, policy=policy.default))
    return Caught(
        number=number,
        caught_at=datetime.fromtimestamp(changed, UTC),
        sender=str(message["From"] or ""),
        to=str(message["X-Kept-For"] or ""),
        subject=str(message["Subject"] or ""),
        message_id=str(message["Message-ID"] or ""),
        text=_text(message),
    )


def _text(message: EmailMessage) -> str:
    """What the message says in plain text; other programs' messages may be written in any way."""
    part = message.get_body(preferencelist=("plain",))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        return payload.decode("latin-1") if isinstance(payload, bytes) else ""
