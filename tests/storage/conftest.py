"""Storage of both kinds: a folder, and a real S3 server on this machine."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from committee.storage import Storage, open_storage
from committee.storage.local import LocalStorage
from config import Settings

BUCKET = "committee-papers"
KEYS = {"S3_ACCESS_KEY_ID": "test-access", "S3_SECRET_ACCESS_KEY": "test-secret"}


def settings_of(folder: Path, **more: str) -> Settings:
    """Settings read from an environment as an installation would write it."""
    environ = {
        "DATABASE_URL": "postgresql://nobody@localhost/none",
        "REDIS_URL": "redis://localhost/0",
        "QUORATE_DATA": str(folder),
        **more,
    }
    return Settings.from_environment(environ)


@pytest.fixture
def folder_storage(tmp_path: Path) -> LocalStorage:
    """Storage in a folder of the test."""
    return LocalStorage(tmp_path / "files")


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """The address of an S3 server that keeps nothing."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_endpoint: str) -> Iterator[object]:
    """An empty bucket, as boto3 sees it."""
    made = boto3.resource(
        "s3",
        endpoint_url=s3_endpoint,
        region_name="eu-west-2",
        aws_access_key_id=KEYS["S3_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["S3_SECRET_ACCESS_KEY"],
    ).Bucket(BUCKET)
    made.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    yield made
    made.objects.all().delete()
    made.delete()


@pytest.fixture
def s3_settings(bucket: object, s3_endpoint: str, tmp_path: Path) -> Settings:
    """The settings that README.md names for an S3-compatible server."""
    return settings_of(
        tmp_path / "one",
        STORAGE_URL=f"s3://{BUCKET}/quorate",
        S3_ENDPOINT=s3_endpoint,
        S3_REGION="eu-west-2",
        **KEYS,
    )


@pytest.fixture
def s3_storage(s3_settings: Settings) -> Storage:
    """Storage in the bucket, chosen by the settings."""
    return open_storage(s3_settings)


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest) -> Storage:
    """Each kind of storage in turn: what one promises, the other promises."""
    found: Storage = request.getfixturevalue(
        "folder_storage" if request.param == "folder" else "s3_storage"
    )
    return found
