"""Who may reach the server and how: its token, its certificate, both where others can call."""

import os
import stat
import time
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from scorewright.program.fact import time_of
from scorewright.runtime.certificates import CertificateError, Pair, try_pair
from scorewright.runtime.logs import LOGGER, line
from scorewright.runtime.settings import Settings

SOON: Final = 14
"""Days before its end from which on a certificate is warned of."""

_DAY: Final = 86_400
_MOST: Final = 1_048_576  # bytes of a file with a token, a certificate or a key


class StartError(Exception):
    """The server cannot start; says why, for a person."""


def read_token(settings: Settings) -> str | None:
    """Return the token that callers must send, None where none is wanted, or raise StartError."""
    if settings.token is not None:
        token, of = settings.token.get_secret_value(), "the token"
    elif settings.token_file is None:
        return None
    else:
        token = _read(settings.token_file, "the token file").decode("latin-1").strip()
        of = f"the token file {settings.token_file}"
    if not token:
        raise StartError(f"{of} holds no token; write one into it, in one line")
    lines = token.splitlines()
    if len(lines) > 1:
        raise StartError(f"{of} holds {len(lines)} lines, and a token is one line; leave one")
    if not all(" " <= character <= "~" for character in token):
        raise StartError(f"{of} holds what no header can carry; write a token in visible ASCII characters")
    return token


def read_pair(settings: Settings) -> Pair | None:
    """Return the certificate and its key, None where there are none, or raise StartError."""
    cert, key = settings.tls_cert, settings.tls_key
    if cert is None or key is None:
        return None
    try:
        pair = try_pair(cert, _read(cert, "the certificate"), key, _read(key, "the key"))
    except CertificateError as error:
        raise StartError(str(error)) from None
    days = (pair.ends - time.time()) / _DAY
    if days < SOON:
        ends = time_of(pair.ends * 1_000_000).isoformat()
        LOGGER.warning(line("certificate_ends", file=cert, ends=ends, days=int(days)))
    return pair


def demand_guarded(settings: Settings, address: str) -> None:
    """Raise StartError where others reach the server without a token and TLS, unless that is meant."""
    token, tls = (settings.token or settings.token_file) is not None, settings.tls_cert is not None
    if (token and tls) or _is_loopback(settings.host):
        return
    missing = " and ".join(([] if token else ["a token"]) + ([] if tls else ["TLS"]))
    if not settings.insecure:
        how = " and ".join(
            ([] if token else ["--token-file"]) + ([] if tls else ["--tls-cert with --tls-key"])
        )
        raise StartError(
            f"others can reach {address}, and it has not {missing}; set {how}, or --insecure if that is meant"
        )
    LOGGER.warning(line("open_to_the_network", address=address, token=token, tls=tls))


def _read(path: Path, what: str) -> bytes:
    """Read a small file whole; a pipe or a device, which may never end, is none."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            if not stat.S_ISREG(os.fstat(file).st_mode):
                raise StartError(f"cannot read {what} {path}: it is no plain file")
            found = b""
            while (part := os.read(file, _MOST)) and len(found) <= _MOST:
                found += part
        finally:
            os.close(file)
    except OSError as error:
        why = (error.strerror or "unreadable").lower()
        raise StartError(f"cannot read {what} {path}: {why}") from None
    if len(found) > _MOST:
        raise StartError(f"cannot read {what} {path}: it has more than {_MOST} bytes")
    return found


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
