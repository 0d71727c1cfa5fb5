import pytest

from domain.devices import named, shortened

APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "browser", "system"),
    [
        (f"Mozilla/5.0 (Linux; Android 14; SM-A146P) {WEBKIT} Chrome/142.0", "Chrome", "Android"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/142.0 Edg/142.0", "Edge", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Firefox/144.0", "Firefox", "Linux"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {APPLE} Safari/604.1",
            "Safari",
            "iPhone",
        ),
        ("curl/8.5.0", "", ""),
        ("", "", ""),
    ],
)
def test_a_browser_has_the_name_its_owner_knows(user_agent: str, browser: str, system: str) -> None:
    assert named(user_agent) == (browser, system)


def test_a_browser_is_known_by_both_ends_of_what_it_says() -> None:
    edge = (
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/142.0 Safari/537.36 Edg/142.0"
    )
    kept = shortened(edge, 100)
    assert len(kept) == 100
    assert named(kept) == ("Edge", "Windows")
