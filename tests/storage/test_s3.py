"""Storage in a bucket: against a real server of the S3 protocol."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from committee.storage import FileDamaged, FileMissing, Storage, open_storage
from config import Settings, SettingsError
from tests.storage.conftest import BUCKET, settings_of

BYTES = b"%PDF-1.7 a paper in a bucket" * 1000
SHA256 = hashlib.sha256(BYTES).hexdigest()


def test_the_object_lies_in_the_bucket_below_the_prefix(s3_storage: Storage, bucket: Any) -> None:
    s3_storage.save(io.BytesIO(BYTES))
    objects = {each.key: each.size for each in bucket.objects.all()}
    assert objects == {f"quorate/{SHA256}": len(BYTES)}


def test_another_machine_reads_what_this_one_wrote(
    s3_storage: Storage, s3_settings: Settings, tmp_path: Path
) -> None:
    s3_storage.save(io.BytesIO(BYTES))
    elsewhere = open_storage(Settings(**vars(s3_settings) | {"data_folder": tmp_path / "two"}))
    path = elsewhere.local_path(SHA256)
    assert path.is_relative_to(tmp_path / "two")
    assert path.read_bytes() == BYTES


def test_what_was_read_once_is_read_again_without_the_bucket(
    s3_storage: Storage, bucket: Any
) -> None:
    s3_storage.save(io.BytesIO(BYTES))
    bucket.objects.all().delete()
    assert s3_storage.local_path(SHA256).read_bytes() == BYTES
    assert not s3_storage.holds(SHA256), "what is held is asked of the bucket, not of the cache"


def test_what_is_already_there_is_not_sent_again(s3_storage: Storage, bucket: Any) -> None:
    s3_storage.save(io.BytesIO(BYTES))
    (before,) = [each.last_modified for each in bucket.objects.all()]
    s3_storage.save(io.BytesIO(BYTES))
    assert [each.last_modified for each in bucket.objects.all()] == [before]


def test_a_damaged_object_is_never_read(s3_storage: Storage, bucket: Any, tmp_path: Path) -> None:
    bucket.put_object(Key=f"quorate/{SHA256}", Body=b"other bytes under the same name")
    with pytest.raises(FileDamaged):
        s3_storage.local_path(SHA256)
    assert [path for path in (tmp_path / "one" / "file-cache").rglob("*") if path.is_file()] == []


def test_a_file_of_several_parts_arrives_whole(s3_storage: Storage, bucket: Any) -> None:
    """Beyond a few megabytes the library sends a file in parts."""
    content = bytes(range(256)) * 4 * 1024 * 20  # 20 MiB
    stored = s3_storage.save(io.BytesIO(content))
    (kept,) = bucket.objects.all()
    assert kept.size == len(content) == stored.size
    assert hashlib.sha256(kept.get()["Body"].read()).hexdigest() == stored.sha256


def test_a_bucket_without_a_prefix_serves_too(
    s3_settings: Settings, bucket: Any, tmp_path: Path
) -> None:
    storage = open_storage(Settings(**vars(s3_settings) | {"storage_url": f"s3://{BUCKET}"}))
    storage.save(io.BytesIO(BYTES))
    assert [each.key for each in bucket.objects.all()] == [SHA256]


def test_a_server_that_is_away_is_an_error_and_not_a_missing_file(tmp_path: Path) -> None:
    storage = open_storage(
        settings_of(
            tmp_path,
            STORAGE_URL="s3://papers",
            S3_ENDPOINT="http://127.0.0.1:9",
            S3_REGION="eu-west-2",
            S3_ACCESS_KEY_ID="test-access",
            S3_SECRET_ACCESS_KEY="test-secret",
        )
    )
    with pytest.raises(Exception, match=r"127\.0\.0\.1") as refusal:
        storage.local_path(SHA256)
    assert not isinstance(refusal.value, FileMissing)


def test_an_unknown_setting_is_named_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="endpiont"):
        open_storage(
            settings_of(tmp_path, STORAGE_URL="s3://papers", S3_ENDPIONT="http://127.0.0.1:9")
        )


def test_the_size_is_told_without_fetching_the_file(
    s3_storage: Storage, s3_settings: Settings, tmp_path: Path
) -> None:
    s3_storage.save(io.BytesIO(BYTES))
    elsewhere = open_storage(Settings(**vars(s3_settings) | {"data_folder": tmp_path / "two"}))
    assert elsewhere.size(SHA256) == len(BYTES)
    assert [path for path in (tmp_path / "two").rglob("*") if path.is_file()] == []
