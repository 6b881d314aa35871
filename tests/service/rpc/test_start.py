"""What keeps a server from starting is said in its own words, with what to do."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import grpc
import pytest

from scorewright.rpc.server import start
from scorewright.runtime.access import StartError
from scorewright.runtime.settings import Settings
from tests.service.certificates import make_pair, sign_again
from tests.service.conftest import RULES, serving, store_of
from tests.service.rpc.test_serve import process, run

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- what it is about


def refusal(**settings: object) -> str:
    """Give why a server does not start."""
    told = Settings(port=0, database="none", **settings)  # type: ignore[arg-type]  # pydantic checks them
    with pytest.raises(StartError) as caught:
        start(store_of(), told)
    return str(caught.value)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    monkeypatch.setattr(logging.getLogger("scorewright"), "propagate", True)
    return caplog


def swap(cert: Path, key: Path) -> None:
    kept = cert.read_bytes()
    cert.write_bytes(key.read_bytes())
    key.write_bytes(kept)


def cut(file: Path) -> None:
    """Leave the lines that begin and end it, and half of what is between."""
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[: len(lines) // 2], lines[-1], ""]))


def another(cert: Path, key: Path) -> None:
    key.write_bytes(make_pair(cert.parent, "other-")[1].read_bytes())


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (another, "{key} is not the key of {cert}; name the key that the certificate was made for"),
        (swap, "{cert} holds no certificate in PEM; the two files are swapped"),
        (
            lambda cert, key: cert.write_text("garbage"),
            "{cert} holds no certificate in PEM; name the file of the certificate chain",
        ),
        (
            lambda cert, key: key.write_bytes(b"\xff\0garbage"),
            "{key} holds no private key in PEM; name the file of the key",
        ),
        (lambda cert, key: cut(cert), "{cert} holds a certificate that cannot be read; copy it again, whole"),
        (lambda cert, key: cut(key), "{key} holds a private key that cannot be read; copy it again, whole"),
        (lambda cert, key: cert.unlink(), "cannot read the certificate {cert}: no such file or directory"),
        (lambda cert, key: key.unlink(), "cannot read the key {key}: no such file or directory"),
    ],
    ids=["other", "swapped", "no-cert", "no-key", "half-cert", "half-key", "cert-gone", "key-gone"],
)
def test_a_certificate_and_a_key_that_cannot_serve(
    tmp_path: Path, spoil: Callable[[Path, Path], object], said: str
) -> None:
    cert, key = make_pair(tmp_path)
    spoil(cert, key)
    assert refusal(tls_cert=cert, tls_key=key) == said.format(cert=cert, key=key)


def test_a_certificate_that_has_expired(tmp_path: Path) -> None:
    cert, key = make_pair(tmp_path)
    sign_again(cert, key, "20200101000000Z", "20210101000000Z")
    assert refusal(tls_cert=cert, tls_key=key) == (
        f"the certificate {cert} has expired; put a new one in its place"
    )


def test_a_certificate_whose_time_has_not_come(tmp_path: Path) -> None:
    cert, key = make_pair(tmp_path)
    sign_again(cert, key, "20900101000000Z", "20910101000000Z")
    assert "does not hold yet; look at the clock" in refusal(tls_cert=cert, tls_key=key)


def test_a_key_with_a_password_is_not_asked_for(tmp_path: Path) -> None:
    cert, key = make_pair(tmp_path, "", "-passout", "pass:hunter2")
    assert refusal(tls_cert=cert, tls_key=key) == (
        f"{key} is locked by a password; write it without one, readable by the server only"
    )


@pytest.mark.parametrize(("days", "warned"), [(13, True), (15, False)])
def test_a_certificate_that_ends_soon_is_warned_of(
    tmp_path: Path, logged: pytest.LogCaptureFixture, days: int, warned: bool
) -> None:
    cert, key = make_pair(tmp_path, days=days)
    with serving(tls_cert=cert, tls_key=key):
        pass
    assert (f"event=certificate_ends file={cert} ends=" in logged.text) is warned


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no token; write one into it, in one line"),
        (b" \n\n", "holds no token; write one into it, in one line"),
        (b"first\nsecond\n", "holds 2 lines, and a token is one line; leave one"),
        (b"first\r\n\r\nthird", "holds 3 lines, and a token is one line; leave one"),
        (b"\xff\xfe", "holds what no header can carry; write a token in visible ASCII characters"),
        ("schlüssel".encode(), "holds what no header can carry; write a token in visible ASCII characters"),
        (b"a\tb", "holds what no header can carry; write a token in visible ASCII characters"),
    ],
)
def test_a_token_file_that_holds_none(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    assert refusal(token_file=file) == f"the token file {file} {said}"


def test_a_token_that_no_header_can_carry() -> None:
    told = refusal(token="a\nb")  # noqa: S106 -- made up
    assert told == "the token holds 2 lines, and a token is one line; leave one"


@pytest.mark.parametrize("setting", ["token_file", "tls_cert", "tls_key"])
def test_a_pipe_or_a_device_is_no_file_to_read(tmp_path: Path, setting: str) -> None:
    cert, key = make_pair(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    pair = {"tls_cert": cert, "tls_key": key} if setting.startswith("tls") else {}
    for odd in (pipe, Path("/dev/zero"), tmp_path):
        assert refusal(**{**pair, setting: odd}).endswith(f"{odd}: it is no plain file")


@pytest.mark.parametrize(
    ("has", "said"),
    [
        ((), "it has not a token and TLS; set --token-file and --tls-cert with --tls-key"),
        (("token",), "it has not TLS; set --tls-cert with --tls-key"),
        (("tls",), "it has not a token; set --token-file"),
    ],
)
@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.7", "scores.example.test"])
def test_an_address_that_others_reach_wants_a_token_and_tls(
    tmp_path: Path, host: str, has: tuple[str, ...], said: str
) -> None:
    given: dict[str, object] = {"token": "secret"} if "token" in has else {}
    if "tls" in has:
        given["tls_cert"], given["tls_key"] = make_pair(tmp_path)
    told = refusal(host=host, **given)
    assert told.startswith("others can reach ")
    assert said in told
    assert told.endswith(", or --insecure if that is meant")


def test_with_both_it_starts_and_says_nothing_of_it(tmp_path: Path, logged: pytest.LogCaptureFixture) -> None:
    cert, key = make_pair(tmp_path)
    with serving(host=EVERYWHERE, token="secret", tls_cert=cert, tls_key=key):  # noqa: S106 -- made up
        pass
    assert "open_to_the_network" not in logged.text


def test_what_is_said_to_be_meant_starts_and_is_warned_of() -> None:
    code, out, err = run(Settings(rules=RULES, port=0, host=EVERYWHERE))
    assert (code, out) == (2, "")
    assert err.startswith("error: others can reach 0.0.0.0:0, ")
    with process(HOST=EVERYWHERE, INSECURE="true") as (started, address):
        port = address.rpartition(":")[2]
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            grpc.channel_ready_future(channel).result(timeout=10)
        started.terminate()
        _, err = started.communicate(timeout=20)
    assert f"event=open_to_the_network address={EVERYWHERE}:0 token=False tls=False" in err


def test_tests_whose_rulebook_is_not_there_keep_the_server_from_starting(tmp_path: Path) -> None:
    for file in ("bant_20.yaml", "lead_points_100.tests.yaml"):
        (tmp_path / file).write_bytes((RULES / file).read_bytes())
    code, out, err = run(Settings(rules=tmp_path, port=0))
    assert (code, out) == (1, "")
    assert "lead_points_100.tests.yaml:1:1: error[tests-without-rulebook]" in err
    assert "there is no `lead_points_100.yaml` beside these tests" in err
