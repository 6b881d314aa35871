"""Settings of the server, from `SCOREWRIGHT_*` in the environment or from the caller."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from scorewright.diagnostics import nearest

PREFIX: Final = "SCOREWRIGHT_"

Count = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


def _named(path: object) -> object:
    """Refuse an empty text for a path, which would be the folder that the server was started in."""
    if path == "":
        raise ValueError("the path is empty")
    return path


File = Annotated[Path, BeforeValidator(_named)]

DATABASE: Final = "sqlite:///scorewright.db"
"""Where the server keeps what happened to accounts, unless it is told otherwise."""

NONE: Final = "none"
"""The setting `database` of a server that keeps nothing."""


class Settings(BaseSettings):
    """What the server is told at its start; every field has its variable, `SCOREWRIGHT_PORT` for `port`.

    What stands below a field is its line in the reference, `docs/reference/settings.md`.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    host: str = Field("127.0.0.1", min_length=1)
    """the address to listen on"""
    port: int = Field(50051, ge=0, le=65535)
    """the port to listen on; 0 is any free one"""
    rules: File = Path("rules")
    """the folder of rulebooks, loaded once at the start"""
    engine: Literal["compiled", "reference", "durable"] = "compiled"
    """which engine answers; all answer alike"""
    engine_processes: int = Field(2, ge=1, le=64)
    """processes in which the rules of `durable` fire, apart from the server"""

    database: str = Field(DATABASE, min_length=1, repr=False)
    """where events and the ledger are kept: `sqlite:///file.db`, `postgresql://user:password@host/name` (with
    the extra `postgres`), or `none`"""
    background: bool = True
    """whether accounts are evaluated by themselves; off, only calls do it"""
    sweep_seconds: Seconds = 3600
    """how often all accounts are evaluated, by one server of those on a database, counted from its start; 0
    for never"""
    max_watchers: int = Field(16, ge=1, le=1_000)
    """watchers of actions at a time, each in a thread apart from `workers`"""
    max_facts: Count = 100_000
    """facts of an account that one evaluation reads"""

    workers: int = Field(8, ge=2, le=256)
    """threads of the engine `durable`; an engine in the server's own process has two, since one computes at a
    time; half of this many ask the database"""
    max_streams: Count = 4
    """streams at a time, reflection among them, each in a thread of its own; fewer than `workers`"""
    max_calls: Count = 1_000
    """calls of one lane, running and waiting together"""
    max_message_bytes: int = Field(16 * 1024 * 1024, ge=1024, le=256 * 1024 * 1024)
    """bytes of a request; above four times that gRPC cuts off without details"""
    max_answer_bytes: int = Field(64 * 1024 * 1024, ge=1024, le=1024 * 1024 * 1024)
    """bytes of a batch's answer"""
    max_batch: Count = 10_000
    """subjects of a batch"""
    max_inputs: Count = 1_000
    """inputs of a subject; each at most 8 levels deep and 20,000 values"""
    max_rulebooks: Count = 20
    """rulebooks of a request"""
    max_wait_seconds: Seconds = Field(1, gt=0)
    """how long a call, a stream or a watcher waits for a thread before it is refused; large calls and those
    about accounts wait until shortly before their deadline"""
    message_seconds: Seconds = Field(5, gt=0)
    """a call whose first message does not come so long is ended, CANCELLED"""
    max_connection_seconds: Seconds = Field(300, le=1_000_000)
    """a connection that lives so long, more or less, is ended once its calls are done; 0 for never"""
    stream_idle_seconds: Seconds = Field(60, gt=0)
    """a stream that neither sends nor reads so long is ended, CANCELLED"""
    drain_wait_seconds: Seconds = 5
    """how long it goes on after SIGTERM and says NOT_SERVING, so that callers leave"""
    drain_seconds: Seconds = 10
    """how long calls may go on after that, or after SIGINT; a second signal ends at once"""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """from which level on lines are logged; `debug` writes one for every call; none ever holds an input or a
    token"""

    token: SecretStr | None = None
    """the bearer token that callers must send; health alone needs none"""
    token_file: File | None = None
    """a file with that token, instead of it"""
    tls_cert: File | None = None
    """a certificate chain in PEM, with `tls_key`; without them the server speaks plain text"""
    tls_key: File | None = None
    """the private key of `tls_cert`, in PEM"""
    insecure: bool = False
    """whether it may start on an address that others reach without both a token and TLS"""

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.max_streams >= self.workers:
            raise ValueError(
                "max_streams must be less than workers, or streams would keep single calls waiting"
            )
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("tls_cert and tls_key go together")
        if self.token is not None and self.token_file is not None:
            raise ValueError("token and token_file exclude each other")
        if self.token is not None and not self.token.get_secret_value():
            raise ValueError("token is empty")
        return self


def strangers(variables: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Name variables that look like settings and are none, each with the one that may be meant, or ""."""
    known = {PREFIX + name.upper() for name in (*Settings.model_fields, "traceback")}
    for name in sorted(variables):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            yield name, nearest(name.upper(), known) or ""
