"""Which storage the settings ask for."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from flask import Flask, current_app
from obstore.exceptions import BaseError
from obstore.store import S3Store

from committee.storage.base import Storage
from committee.storage.local import LocalStorage
from committee.storage.s3 import S3Storage
from config import Settings, SettingsError


def open_storage(settings: Settings) -> Storage:
    """The storage that STORAGE_URL names: `file:///folder` or `s3://bucket/prefix`.

    Options for S3 (endpoint, region, keys) come from S3_ settings. Raises SettingsError.
    """
    address = urlsplit(settings.storage_url)
    if address.scheme == "file":
        return LocalStorage(Path(unquote(address.path)))
    if address.scheme == "s3":
        options = dict(settings.s3_options)
        if options.get("endpoint", "").startswith("http://"):
            options["allow_http"] = "true"
        return S3Storage(_bucket(address, options), settings.data_folder / "file-cache")
    raise SettingsError(
        f"STORAGE_URL must begin with file:// or s3://, not {settings.storage_url!r}."
    )


def _bucket(address: SplitResult, options: Any) -> S3Store:
    try:
        return S3Store(
            address.netloc,
            prefix=address.path.strip("/") or None,
            config=options,
            client_options={"connect_timeout": "5s", "timeout": "60s"},
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=30)},
        )
    except BaseError as error:
        raise SettingsError(
            f"STORAGE_URL and the S3_ settings do not fit together: {error}"
        ) from error


def init_app(app: Flask) -> None:
    """Give the application its storage."""
    app.extensions["storage"] = open_storage(app.config["SETTINGS"])


def current_storage() -> Storage:
    """The storage of the running application."""
    storage: Storage = current_app.extensions["storage"]
    return storage
