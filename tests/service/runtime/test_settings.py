"""Settings: from the environment, checked, and the token never shown."""

import pytest
from pydantic import ValidationError

from scorewright.runtime.settings import Settings, strangers


def test_the_environment_sets_what_the_caller_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOREWRIGHT_PORT", "6000")
    monkeypatch.setenv("SCOREWRIGHT_HOST", "0.0.0.0")  # noqa: S104 -- as a container would say
    settings = Settings(host="127.0.0.1")
    assert (settings.host, settings.port) == ("127.0.0.1", 6000)


def test_the_server_listens_on_loopback_unless_told() -> None:
    assert (Settings().host, Settings().port) == ("127.0.0.1", 50051)


@pytest.mark.parametrize(
    "wrong",
    [
        {"port": 70_000},
        {"port": -1},
        {"host": ""},
        {"workers": 1},
        {"engine": "fast"},
        {"max_batch": 0},
        {"max_streams": 8},
        {"workers": 4},
        {"token": ""},
        {"token": "a", "token_file": "b"},
        {"tls_cert": "a.pem"},
        {"log_level": "loud"},
        {"database": ""},
        {"sweep_seconds": -1},
        {"drain_seconds": "inf"},
        {"message_seconds": "nan"},
        {"max_watchers": 0},
        {"max_facts": 0},
        {"colour": "red"},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Settings(**wrong)  # type: ignore[arg-type]  # what is wrong with it


def test_a_token_is_never_shown() -> None:
    assert "hunter2" not in repr(Settings.model_validate({"token": "hunter2"}))


def test_a_password_of_a_database_is_never_shown() -> None:
    url = "postgresql://me:hunter2@db/scores"
    assert "hunter2" not in repr(Settings.model_validate({"database": url}))
    for wrong in ({"port": -1}, {"max_streams": 8}, {"color": "red"}):
        with pytest.raises(ValidationError) as caught:
            Settings.model_validate({"database": url, "token": "hunter2", **wrong})
        assert "hunter2" not in str(caught.value)


def test_a_misspelt_variable_is_named_with_the_one_that_is_meant() -> None:
    given = [
        "SCOREWRIGHT_TOKN",
        "scorewright_port",
        "SCOREWRIGHT_TRACEBACK",
        "PATH",
        "SCOREWRIGHT_UNHEARD_OF",
    ]
    assert list(strangers(given)) == [
        ("SCOREWRIGHT_TOKN", "SCOREWRIGHT_TOKEN"),
        ("SCOREWRIGHT_UNHEARD_OF", ""),
    ]
