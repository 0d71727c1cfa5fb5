"""The settings by which staff sign in with the town hall's own accounts, by OpenID Connect."""

from typing import Any

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from bot.sections import Section, needed
from domain.openid import Relying

ISSUER = r"^(https://[^/\s?#]+|http://127\.0\.0\.1:[0-9]+)(/[^\s?#]*[^/\s?#])?$"


class OpenIdConnect(Section):
    """Who vouches for staff, and as whom we are registered there. Nobody becomes known by it."""

    issuer: str | None = Field(
        default=None,
        pattern=ISSUER,
        description="the provider's issuer, as https://login.commune.ma/realms/hall",
    )
    client_id: str | None = Field(default=None, min_length=1, description="our name there")
    client_secret: SecretStr | None = Field(default=None, description="our secret there")
    name: str = Field(default="", max_length=60, description="what the button calls it")
    domains: str = Field(
        default="",
        pattern=r"^[a-z0-9.,\s-]*$",
        description="domains of e-mail addresses that are believed, with commas between",
    )

    @field_validator("client_id", "client_secret")
    @classmethod
    def _needed_with_an_issuer(cls, value: Any, info: ValidationInfo) -> Any:
        return needed(value, info, "issuer")

    def relying(self) -> Relying | None:
        """Return as whom we ask whom; None where no provider is named."""
        if self.issuer is None or self.client_id is None or self.client_secret is None:
            return None
        domains = frozenset(one.strip() for one in self.domains.split(",") if one.strip())
        secret = self.client_secret.get_secret_value()
        return Relying(self.issuer, self.client_id, secret, self.name, domains)
