"""Certificates as `openssl` makes them."""

import shutil
import subprocess
from pathlib import Path

import pytest

_SIGNER = """\
[ca]
default_ca = it
[it]
database = {folder}/index
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
[any]
commonName = supplied
"""


def make_pair(folder: Path, name: str = "", *options: str, days: int = 100) -> tuple[Path, Path]:
    """Make a certificate of `localhost` and its key."""
    cert, key = folder / f"{name}cert.pem", folder / f"{name}key.pem"
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")
    what = ("-x509", *curve, "-days", str(days), "-subj", "/CN=localhost", *options)
    plain = () if "-passout" in options else ("-nodes",)
    more = ("-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(cert))
    openssl("req", *what, *plain, *more)
    return cert, key


def sign_again(cert: Path, key: Path, start: str, end: str) -> None:
    """Make the certificate one of another time, which `openssl req` learned only lately."""
    folder = cert.parent
    (folder / "index").write_text("")
    (folder / "serial").write_text("01")
    (folder / "signer").write_text(_SIGNER.format(folder=folder))
    request = str(folder / "request.pem")
    openssl("req", "-new", "-key", str(key), "-subj", "/CN=localhost", "-out", request)
    times = ("-startdate", start, "-enddate", end, "-batch", "-notext", "-selfsign")
    files = ("-config", str(folder / "signer"), "-keyfile", str(key), "-in", request, "-out", str(cert))
    openssl("ca", *times, *files)


def openssl(*arguments: str) -> None:
    found = shutil.which("openssl")
    if found is None:
        pytest.skip("no openssl here to make a certificate with")
    subprocess.run([found, *arguments], check=True, capture_output=True)
