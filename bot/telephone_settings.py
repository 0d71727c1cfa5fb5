"""The settings of what reaches telephones: Twilio's account, SMS and WhatsApp."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from bot.sections import Section, needed

URL = "^https?://[^/]"
NUMBER = r"\+[1-9][0-9]{6,14}"  # E.164
# Twilio: a number, a short code, a messaging service, or a name of 11 letters at most.
SMS_SENDER = re.compile(
    rf"{NUMBER}|[0-9]{{3,6}}|MG[0-9a-f]{{32}}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{{1,11}}"
)
TEMPLATE = r"^HX[0-9a-f]{32}$"
TEMPLATE_FOR = r"^[a-z_]+\.(fr|ar|en)$"


class Twilio(Section):
    """The account that carries SMS and WhatsApp."""

    account: str | None = Field(
        default=None, pattern=r"^AC[0-9a-f]{32}$", description="the account's SID, AC and 32 digits"
    )
    token: SecretStr | None = Field(default=None, description="the account's auth token")
    base_url: str = Field(
        default="https://api.twilio.com", pattern=URL, description="Twilio's address"
    )

    @field_validator("token")
    @classmethod
    def _needed_with_an_account(cls, value: Any, info: ValidationInfo) -> Any:
        return needed(value, info, "account")


class Typography(StrEnum):
    KEPT = "kept"
    PLAIN = "plain"


class Sms(Section):
    """Who SMS are from, and what one segment costs. `typography`: see channels/sms/typography."""

    sender: str | None = Field(
        default=None,
        description="a number as +212…, a short code, a service MG…, or a name of 11 letters",
    )
    price: Decimal = Field(default=Decimal(0), ge=0, description="what one segment costs, as 0.06")
    currency: str = Field(default="USD", pattern="^[A-Z]{3}$", description="three letters, as MAD")
    typography: Typography = Field(
        default=Typography.PLAIN, description=f"one of {', '.join(Typography)}"
    )

    @field_validator("sender")
    @classmethod
    def _is_a_sender(cls, value: str | None) -> str | None:
        if value is not None and not SMS_SENDER.fullmatch(value):
            raise ValueError("its shape is wrong")
        return value


class Whatsapp(Section):
    """`templates`: the ContentSid of each kind of notice and language, as `reminder.fr`."""

    sender: str | None = Field(
        default=None, pattern=f"^{NUMBER}$", description="the number, as +212…"
    )
    templates: dict[
        Annotated[str, Field(pattern=TEMPLATE_FOR)], Annotated[str, Field(pattern=TEMPLATE)]
    ] = Field(default_factory=dict, description="KIND.LANGUAGE = HX and 32 digits")
