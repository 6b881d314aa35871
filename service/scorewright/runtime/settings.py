"""Settings of the server, from `SCOREWRIGHT_*` in the environment or from the caller."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from scorewright.diagnostics.suggest import nearest

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
    """What the server is told at its start; every field has its variable, `SCOREWRIGHT_PORT` for `port`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True
    )

    host: str = Field("127.0.0.1", min_length=1)
    port: int = Field(50051, ge=0, le=65535)  # 0: any free one
    rules: File = Path("rules")
    engine: Literal["compiled", "reference", "durable"] = "compiled"
    engine_processes: int = Field(2, ge=1, le=64)  # for `durable`, whose rules fire apart from the server

    database: str = Field(DATABASE, min_length=1, repr=False)  # or `none`; it may hold a password
    background: bool = True  # False: accounts are evaluated by calls only
    sweep_seconds: Seconds = 3600  # 0: never
    max_watchers: int = Field(16, ge=1, le=1_000)
    max_facts: Count = 100_000

    workers: int = Field(8, ge=2, le=256)
    max_streams: Count = 4  # each holds a worker, so that fewer of them leave the others to single calls
    max_calls: Count = 1_000  # running and waiting, together
    max_message_bytes: int = Field(16 * 1024 * 1024, ge=1024, le=256 * 1024 * 1024)
    max_answer_bytes: int = Field(64 * 1024 * 1024, ge=1024, le=1024 * 1024 * 1024)
    max_batch: Count = 10_000
    max_inputs: Count = 1_000
    max_rulebooks: Count = 20
    max_wait_seconds: Seconds = Field(1, gt=0)  # for a thread, unless it is large or asks the database
    message_seconds: Seconds = Field(5, gt=0)
    max_connection_seconds: Seconds = Field(300, le=1_000_000)  # 0: never ended
    stream_idle_seconds: Seconds = Field(60, gt=0)
    drain_wait_seconds: Seconds = 5
    drain_seconds: Seconds = 10
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    token: SecretStr | None = None
    token_file: File | None = None
    tls_cert: File | None = None
    tls_key: File | None = None
    insecure: bool = False  # True: others may reach it without a token or TLS

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
