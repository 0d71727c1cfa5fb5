"""E-mail addresses as the wire carries them."""

from domain.addresses import EMAIL_LENGTH, EMAIL_SHAPE
from domain.errors import Undeliverable

LOCAL_PART_BYTES = 64  # RFC 5321, 4.5.3.1.1


def routable(value: str) -> str:
    """Return an address with its host in ASCII; ASCII throughout when its name allows.

    Raises Undeliverable for what is no address, and so for anything that could add a header or
    an SMTP command.
    """
    if not value.isprintable() or not EMAIL_SHAPE.fullmatch(value):
        raise Undeliverable("not_an_address", is_address_dead=True)
    name, _, host = value.rpartition("@")
    try:
        address = f"{name}@{host.encode('idna').decode('ascii')}"
        length = len(address.encode())
    except UnicodeError:
        raise Undeliverable("not_an_address", is_address_dead=True) from None
    if length > EMAIL_LENGTH or len(name.encode()) > LOCAL_PART_BYTES:
        raise Undeliverable("not_an_address", is_address_dead=True)
    return address
