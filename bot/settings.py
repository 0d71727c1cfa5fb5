"""What the operator decides, as values: every setting, its default, and what may be written."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
)

from bot.approval_settings import Approval
from bot.machine_settings import Push, Telemetry, Webhook
from bot.openid_settings import OpenIdConnect
from bot.sections import Section, needed as _needed, shaped as _shaped
from bot.slack_settings import Slack
from bot.telephone_settings import Sms, Twilio, Whatsapp
from bot.trust_settings import Trust
from domain.drafts import DRAFTS_KEPT

TOKEN_SHAPE = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
WEBHOOK_SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API, setWebhook
URL = "^https?://[^/]"
WEBHOOK = r"^(https://[^/]|http://127\.0\.0\.1[:/])"  # an emulator of this machine needs no TLS
PUBLIC = r"^(https://[^/\s]+|http://127\.0\.0\.1:[0-9]+)$"  # without a slash at the end

Port = Annotated[int, Field(ge=0, le=65535)]


class Tls(StrEnum):
    NEVER = "never"
    WHEN_OFFERED = "when_offered"
    REQUIRED = "required"
    IMPLICIT = "implicit"


class Mode(StrEnum):
    POLLING = "polling"
    WEBHOOK = "webhook"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    PLAIN = "plain"
    JSON = "json"


class Email(Section):
    """Who letters are from, and the Maildir they are laid into while no mail server is named."""

    sender: str = Field(
        default="no-reply@beffroi.example",
        pattern=r"^[!-?A-~]+@[0-9A-Za-z.-]+\.[0-9A-Za-z-]+$",
        description="an address such as council@commune.ma",
    )
    sender_name: str = Field(default="Beffroi", min_length=1, description="a name")
    folder: Path = Field(default=Path("var/mail"), description="a folder")


class Smtp(Section):
    """A mail server. `smtp2` and `smtp3` carry while those before cannot be reached."""

    host: str | None = Field(default=None, min_length=1, description="the mail server's name")
    port: Port = Field(default=587, description="a number from 0 to 65535")
    tls: Tls = Field(default=Tls.WHEN_OFFERED, description=f"one of {', '.join(Tls)}")
    ca_file: Path | None = Field(default=None, description="a file of certificates to trust")
    username: str | None = Field(default=None, description="the account's name")
    password: SecretStr | None = Field(default=None, description="the account's password")

    @field_validator("password")
    @classmethod
    def _needed_with_an_account(cls, value: Any, info: ValidationInfo) -> Any:
        return _needed(value, info, "username")


class Imap(Section):
    """The mailbox of the sender's address, where bounces arrive."""

    host: str | None = Field(default=None, min_length=1, description="the mail server's name")
    port: Port = Field(default=993, description="a number from 0 to 65535")
    tls: Literal[Tls.IMPLICIT, Tls.REQUIRED, Tls.NEVER] = Field(
        default=Tls.IMPLICIT, description="one of implicit, required, never"
    )
    ca_file: Path | None = Field(default=None, description="a file of certificates to trust")
    username: str | None = Field(
        default=None, pattern=r"^[ -~]+$", description="the mailbox's account"
    )
    password: SecretStr | None = Field(default=None, description="the account's password")
    folder: str = Field(default="INBOX", pattern=r"^[ -~]+$", description="a folder's name")

    @field_validator("username", "password")
    @classmethod
    def _needed_with_a_host(cls, value: Any, info: ValidationInfo) -> Any:
        return _needed(value, info, "host")


class Telegram(Section):
    mode: Mode = Field(default=Mode.POLLING, description=f"one of {', '.join(Mode)}")
    token: SecretStr | None = Field(
        default=None, description="the whole token that @BotFather gave, as 12345:AbC…"
    )
    webhook_url: str | None = Field(
        default=None,
        pattern=WEBHOOK,
        description="an address, https://HOST/webhooks/telegram",
    )
    secret: SecretStr | None = Field(
        default=None, description="1 to 256 letters, digits, _ or - that nobody can guess"
    )
    bot: str | None = Field(
        default=None, pattern=r"^\w{5,32}$", description="the bot's user name without @"
    )
    base_url: str = Field(
        default="https://api.telegram.org/bot", pattern=URL, description="a Bot API's address"
    )
    base_file_url: str = Field(
        default="https://api.telegram.org/file/bot",
        pattern=URL,
        description="the address of a Bot API's files",
    )

    @field_validator("token", "webhook_url", "secret")
    @classmethod
    def _needed_by_a_webhook(cls, value: Any, info: ValidationInfo) -> Any:
        return _needed(value, info, "mode", when=Mode.WEBHOOK)

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        return _shaped(value, TOKEN_SHAPE)

    @field_validator("secret")
    @classmethod
    def _is_a_secret(cls, value: SecretStr | None) -> SecretStr | None:
        return _shaped(value, WEBHOOK_SECRET_SHAPE)


class Web(Section):
    host: str = Field(default="127.0.0.1", min_length=1, description="an address to listen on")
    port: Port = Field(default=8080, description="a number from 0 to 65535")
    public_url: str | None = Field(
        default=None,
        pattern=PUBLIC,
        description="https://HOST, where people's browsers find these pages",
    )
    proxies: str = Field(
        default="127.0.0.1,::1",
        pattern=r"^[0-9A-Fa-f:./, ]*$",
        description="addresses or networks of the web servers in front, with commas between",
    )
    metrics_key: SecretStr | None = Field(
        default=None, min_length=16, description="16 characters or more that nobody can guess"
    )


class Log(Section):
    level: LogLevel = Field(default=LogLevel.INFO, description=f"one of {', '.join(LogLevel)}")
    format: LogFormat = Field(default=LogFormat.PLAIN, description=f"one of {', '.join(LogFormat)}")


class Settings(Section):
    """Every setting. `language` is the operator's; relative paths begin at the working folder."""

    database_url: SecretStr = Field(
        default=SecretStr("sqlite:///var/beffroi.db"),
        min_length=1,
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
    )
    policy: Path | None = Field(default=None, description="a TOML file of the commune's policy")
    language: Literal["fr", "ar", "en"] = Field(default="en", description="one of fr, ar, en")
    trial: bool = Field(default=False, description="true or false")
    trial_allow: str = Field(
        default="", description="addresses and person:ID, with commas between: told in earnest"
    )
    draft_days: int = Field(
        default=DRAFTS_KEPT.days, ge=1, description="days a form may be left half filled in"
    )
    turns_a_minute: int = Field(
        default=60, ge=1, description="a number from 1: what one person may say within a minute"
    )
    email: Email = Field(default_factory=Email)
    smtp: Smtp = Field(default_factory=Smtp)
    smtp2: Smtp = Field(default_factory=Smtp)
    smtp3: Smtp = Field(default_factory=Smtp)
    imap: Imap = Field(default_factory=Imap)
    telegram: Telegram = Field(default_factory=Telegram)
    twilio: Twilio = Field(default_factory=Twilio)
    sms: Sms = Field(default_factory=Sms)
    whatsapp: Whatsapp = Field(default_factory=Whatsapp)
    push: Push = Field(default_factory=Push)
    webhook: Webhook = Field(default_factory=Webhook)
    openid: OpenIdConnect = Field(default_factory=OpenIdConnect)
    slack: Slack = Field(default_factory=Slack)
    trust: Trust = Field(default_factory=Trust)
    approval: Approval = Field(default_factory=Approval)
    web: Web = Field(default_factory=Web)
    log: Log = Field(default_factory=Log)
    telemetry: Telemetry = Field(default_factory=Telemetry)
