"""Settings: where they come from, and how mistakes in them are told."""

from pathlib import Path

import pytest

from bot.configuring import PREFIX, fields, found_settings
from bot.settings import Settings, Smtp
from domain.errors import Misconfigured

TOKEN = "123456:AAE-secret_secret"


pytestmark = pytest.mark.usefixtures("folder")


def test_everything_has_a_default() -> None:
    assert found_settings().model_dump() == Settings().model_dump()


def test_the_environment_goes_before_dotenv_and_dotenv_before_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path("beffroi.toml").write_text(
        'language = "fr"\n[web]\nhost = "::1"\nport = 1\n[smtp]\nhost = "toml"\n', "utf-8"
    )
    Path(".env").write_text(
        "OTHERS_SETTING=1\nBEFFROI_WEB_PORT=2\nBEFFROI_SMTP_HOST=dotenv\n", "utf-8"
    )
    monkeypatch.setenv("BEFFROI_SMTP_HOST", "environment")
    settings = found_settings()
    assert (settings.language, settings.web.host) == ("fr", "::1")
    assert settings.web.port == 2
    assert settings.smtp.host == "environment"


def test_a_name_of_several_words_is_found_in_its_section(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEFFROI_EMAIL_SENDER_NAME", "Commune de Casablanca")
    assert found_settings().email.sender_name == "Commune de Casablanca"


def test_every_mistake_is_named_at_once_with_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("beffroi.toml").write_text('langage = "fr"\n[web]\nport = "many"\n', "utf-8")
    Path(".env").write_text("BEFFROI_SMTP_HOTS=mail\n", "utf-8")
    monkeypatch.setenv("BEFFROI_LOG_LEVEL", "loud")
    monkeypatch.setenv("BEFFROI_DATABSE_URL", "sqlite:///x")
    monkeypatch.setenv("BEFFROI_TELEGRAM_MODE", "webhook")
    with pytest.raises(Misconfigured) as told:
        found_settings()
    assert str(told.value).splitlines() == [
        "The settings have mistakes:",
        "  BEFFROI_DATABSE_URL is no setting: did you mean BEFFROI_DATABASE_URL?",
        "  BEFFROI_SMTP_HOTS is no setting: did you mean BEFFROI_SMTP_HOST?",
        (
            "  BEFFROI_TELEGRAM_TOKEN is missing, and BEFFROI_TELEGRAM_MODE needs it: "
            "write the whole token that @BotFather gave, as 12345:AbC…."
        ),
        (
            "  BEFFROI_TELEGRAM_WEBHOOK_URL is missing, and BEFFROI_TELEGRAM_MODE needs it: "
            "write an address, https://HOST/webhooks/telegram."
        ),
        (
            "  BEFFROI_TELEGRAM_SECRET is missing, and BEFFROI_TELEGRAM_MODE needs it: "
            "write 1 to 256 letters, digits, _ or - that nobody can guess."
        ),
        "  BEFFROI_WEB_PORT cannot be 'many': write a number from 0 to 65535.",
        "  BEFFROI_LOG_LEVEL cannot be 'loud': write one of debug, info, warning, error.",
        "  BEFFROI_LANGAGE is no setting: did you mean BEFFROI_LANGUAGE?",
    ]


@pytest.mark.parametrize("text", ["[web", 'a = "\\q"', "\x00"])
def test_a_file_that_is_no_toml_is_told_by_its_name(text: str) -> None:
    Path("beffroi.toml").write_text(text, "utf-8")
    with pytest.raises(Misconfigured, match=r"beffroi\.toml"):
        found_settings()


def test_a_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEFFROI_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("BEFFROI_DATABASE_URL", "postgresql://town:hidden@host/town")
    shown = repr(found_settings()) + str(found_settings())
    assert TOKEN not in shown
    assert "hidden" not in shown


def test_a_secret_that_is_wrong_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEFFROI_TELEGRAM_TOKEN", "half a secret")
    with pytest.raises(Misconfigured) as told:
        found_settings()
    assert "half a secret" not in str(told.value)


def test_a_mail_account_needs_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BEFFROI_SMTP_USERNAME", "town")
    with pytest.raises(Misconfigured, match="BEFFROI_SMTP_PASSWORD is missing"):
        found_settings()
    assert Smtp(host="mail", port=25).password is None


def test_every_setting_says_what_to_write() -> None:
    assert all(field.description for field in fields().values())
    assert all(name.startswith(PREFIX) for name in fields())
