import pytest

from domain.errors import Refused
from domain.outgoing import checked, is_public, may_be_called, networks, origin


@pytest.mark.parametrize(
    "url",
    [
        "https://fcm.googleapis.com/fcm/send/dK:APA91b-_x",
        "https://gis.commune.ma:8443/hooks?from=beffroi",
        "https://[2606:4700::1111]/push",
        "http://127.0.0.1:8080/notify/7",  # an emulator; whether it is called is decided elsewhere
    ],
)
def test_an_address_by_https_can_be_kept(url: str) -> None:
    assert checked(f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://",
        "https:///path",
        "http://gis.commune.ma/",
        "http://localhost/",
        "http://127.0.0.1.evil.example/",
        "ftp://gis.commune.ma/",
        "file:///etc/passwd",
        "https://name:password@gis.commune.ma/",
        "https://gis.commune.ma:99999/",
        "https://gis.commune.ma:0/",
        "https://gis.commune.ma/#part",
        "https://gis.commune.ma/\r\nHost: other",
        "https://gis.commune.ma\\@10.0.0.1/",
        "https://gis commune.ma/",
        "https://[::1/",
        "https://é.ma/",
        "https://gis.commune.ma/" + "a" * 2000,
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        checked(url)


@pytest.mark.parametrize("host", ["8.8.8.8", "196.200.131.1", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_of_the_open_network_is_public(host: str) -> None:
    assert is_public(host)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # where clouds keep their keys
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::",
    ],
)
def test_an_address_of_our_own_network_is_not_in_whatever_clothes(host: str) -> None:
    assert not is_public(host)
    assert not may_be_called(host, networks("203.0.113.0/24"))


def test_the_operator_may_allow_a_network_and_nothing_beside_it() -> None:
    allowed = networks("10.20.0.0/16, fd00::/8")
    assert may_be_called("10.20.3.4", allowed)
    assert may_be_called("fd00::7", allowed)
    assert not may_be_called("10.21.0.1", allowed)
    assert networks("") == ()


@pytest.mark.parametrize("text", ["10.20.0.1/16", "gis.commune.ma", "10.0.0.0/33"])
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"network|host|address|bits"):
        networks(text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://updates.push.services.mozilla.com/wpush/v2/x",
            "https://updates.push.services.mozilla.com",
        ),
        ("https://Push.Example:443/x?y", "https://push.example"),
        ("https://push.example:8443/x", "https://push.example:8443"),
        ("http://127.0.0.1:4110/x", "http://127.0.0.1:4110"),
        ("https://[2606:4700::1111]:8443/x", "https://[2606:4700::1111]:8443"),
    ],
)
def test_an_origin_names_a_port_that_is_not_the_usual_one(url: str, expected: str) -> None:
    assert origin(url) == expected
