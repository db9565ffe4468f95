"""A real S3 server for the tests: moto's, in a process of its own, made to check every signature."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config

from meetups.settings import Settings
from tests.foundation.mail.sink import free_port

BUCKET = "pictures"
# Calls before the server begins to check who asks: as many as it takes to make the first account.
UNCHECKED = 3
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


@dataclass(frozen=True)
class S3:
    """A running server with one bucket and the key that opens it."""

    endpoint: str
    key_id: str
    secret: str

    def client(self, service: str = "s3") -> Any:
        """Amazon's own library, as a second opinion on what lies in the bucket."""
        return _client(service, self.endpoint, self.key_id, self.secret)

    def settings(self, **more: Any) -> Settings:
        ours = {
            "picture_store": f"s3://{BUCKET}/storytime", "store_endpoint": self.endpoint, "store_key_id": self.key_id,
            "store_secret": self.secret,
        }
        return Settings(**{**ours, **more})

    def keys(self) -> list[str]:
        found = self.client().list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return sorted(each["Key"] for each in found)


@contextmanager
def s3_server() -> Iterator[S3]:
    port = free_port()
    endpoint = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    environment = {**os.environ, "INITIAL_NO_AUTH_ACTION_COUNT": str(UNCHECKED)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(endpoint, server)
        accounts = _client("iam", endpoint, "nobody", "yet")
        accounts.create_user(UserName="storytime")
        key = accounts.create_access_key(UserName="storytime")["AccessKey"]
        accounts.put_user_policy(UserName="storytime", PolicyName="all", PolicyDocument=json.dumps(EVERYTHING))
        running = S3(endpoint, key["AccessKeyId"], key["SecretAccessKey"])
        running.client().create_bucket(Bucket=BUCKET)
        yield running
    finally:
        server.terminate()
        server.wait(10)


def _client(service: str, endpoint: str, key_id: str, secret: str) -> Any:
    return boto3.client(
        service, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=key_id,
        aws_secret_access_key=secret, config=Config(retries={"max_attempts": 1}),
    )


def _wait_for(endpoint: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the S3 server did not start"
        try:
            urllib.request.urlopen(f"{endpoint}/moto-api/").close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the S3 server does not answer")
