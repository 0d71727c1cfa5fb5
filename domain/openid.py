"""As whom we are known to the provider of the town hall's own accounts (OpenID Connect)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relying:
    """As whom we are registered at an issuer. `domains`: of e-mail that is believed; none for all.

    `name` is what people call the issuer.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str = ""
    domains: frozenset[str] = frozenset()
