"""Checks a Word document and writes it anew. Runs inside the sandbox."""

import shutil
import zipfile
from pathlib import Path

from committee.documents.findings import Unusable


def read(source: Path, folder: Path) -> dict[str, object]:
    """Check the document; leave `checked.docx` in the folder."""
    try:
        with zipfile.ZipFile(source) as package:
            if package.testzip() is not None:
                raise Unusable("damaged")
            if "word/vbaProject.bin" in package.namelist():
                raise Unusable("macros")
    except zipfile.BadZipFile as problem:
        raise Unusable("damaged") from problem
    shutil.copy(source, folder / "checked.docx")
    return {"notices": []}
