"""A certificate and its key, tried before the server starts: whether they fit, and how long they hold."""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MISMATCH: Final = "KEY_VALUES_MISMATCH"
_PRIVATE: Final = b"PRIVATE KEY-----"
_BEGIN: Final = b"-----BEGIN CERTIFICATE-----"
_STEPS: Final = 10


class CertificateError(ValueError):
    """What is wrong with a certificate or its key, and what to do."""

    def __init__(self, why: str, how: str) -> None:
        super().__init__(f"{why}; {how}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate chain and its key in PEM, and when the certificate ends, in seconds since 1970."""

    certificate: bytes
    key: bytes
    ends: int


def try_pair(cert: Path, certificate: bytes, key_file: Path, key: bytes) -> Pair:
    """Shake hands over a certificate and its key as a server and its client do, or raise CertificateError.

    Who trusts this very certificate is the client, so that what is seen is the pair alone: whether it fits,
    and whether its time has come and not passed.
    """
    server = _serving(cert, certificate, key_file, key)
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    client.set_ciphers("DEFAULT:@SECLEVEL=0")
    client.load_verify_locations(cadata=certificate.decode("ascii", "replace"))
    try:
        told = _shake(server, client)
    except ssl.SSLCertVerificationError as error:
        raise _refused(cert, error) from None
    ends = told.get("notAfter")
    assert isinstance(ends, str)  # INVARIANT: what was verified has its times
    return Pair(certificate, key, ssl.cert_time_to_seconds(ends))


def _serving(cert: Path, certificate: bytes, key_file: Path, key: bytes) -> ssl.SSLContext:
    if _BEGIN not in certificate:
        swapped = _PRIVATE in certificate and _BEGIN in key
        how = "the two files are swapped" if swapped else "name the file of the certificate chain"
        raise CertificateError(f"{cert} holds no certificate in PEM", how)
    if _PRIVATE not in key:
        raise CertificateError(f"{key_file} holds no private key in PEM", "name the file of the key")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(
            cadata=certificate.decode("ascii", "replace")
        )
    except (ssl.SSLError, ValueError):
        why = f"{cert} holds a certificate that cannot be read"
        raise CertificateError(why, "copy it again, whole") from None
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.set_ciphers("DEFAULT:@SECLEVEL=0")
    asked: list[bool] = []

    def password() -> str:
        asked.append(True)
        return ""

    try:
        server.load_cert_chain(cert, key_file, password)
    except (ssl.SSLError, ValueError) as error:
        if asked:
            why, how = "is locked by a password", "write it without one, readable by the server only"
        elif getattr(error, "reason", None) == _MISMATCH:
            why, how = f"is not the key of {cert}", "name the key that the certificate was made for"
        else:
            why, how = "holds a private key that cannot be read", "copy it again, whole"
        raise CertificateError(f"{key_file} {why}", how) from None
    return server


def _shake(server: ssl.SSLContext, client: ssl.SSLContext) -> dict[str, object]:
    """Let both sides speak in memory until they agree, and give what the client learned."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = (
        client.wrap_bio(back, there, server_side=False),
        server.wrap_bio(there, back, server_side=True),
    )
    for _ in range(_STEPS):
        done = True
        for side in sides:
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                done = False
        if done:
            break
    return dict(sides[0].getpeercert() or {})


def _refused(cert: Path, error: ssl.SSLCertVerificationError) -> CertificateError:
    match error.verify_code:
        case 10:  # X509_V_ERR_CERT_HAS_EXPIRED
            return CertificateError(f"the certificate {cert} has expired", "put a new one in its place")
        case 9:  # X509_V_ERR_CERT_NOT_YET_VALID
            why = f"the certificate {cert} does not hold yet"
            return CertificateError(why, "look at the clock of this machine, or wait until it does")
        case _:
            why = f"the certificate {cert} can be no server's: {error.verify_message}"
            return CertificateError(why, "put another one in its place")
