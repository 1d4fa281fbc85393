"""Taking in the files of a request. They are only stored and named here, never opened."""

import re
from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import current_app, request
from werkzeug.datastructures import FileStorage

from committee.reports.service import Upload
from committee.storage import FileTooLarge, current_storage
from committee.web.filters import file_size
from config import Settings

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class TakenIn:
    """What became of the files of one request: those stored, and sentences about the others."""

    uploads: tuple[Upload, ...]
    problems: tuple[str, ...]


def take_in() -> TakenIn:
    """Store each file of the request's `files` field, in the order in which they were sent.

    Storage may be far away and slow, so a view ends its transaction first and loads anew after.
    """
    uploads, problems = [], []
    sent = [file for file in request.files.getlist("files") if file.filename]
    for file in sent:
        try:
            uploads.append(_store(file))
        except FileTooLarge:
            problems.append(
                f"“{clean_name(file.filename)}” is larger than {file_size(_limit())}. Make it "
                "smaller, or divide it into a main paper and appendices"
            )
    if not sent:
        problems.append("Choose at least one PDF or Word file")
    return TakenIn(tuple(uploads), tuple(problems))


def clean_name(name: str | None) -> str:
    """A file's name as data: without folders, control characters or more than 200 characters."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return _CONTROL.sub("", last).strip()[-200:] or "unnamed file"


def _store(file: FileStorage) -> Upload:
    stored = current_storage().save(cast("BinaryIO", file.stream), limit=_limit())
    return Upload(name=clean_name(file.filename), stored=stored)


def _limit() -> int:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.upload_bytes
