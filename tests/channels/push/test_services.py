"""A push service that is away, or wants a pause, is left alone, and no other with it."""

from datetime import timedelta

import pytest

from channels.push.services import Services
from domain.clock import HandClock
from domain.errors import Failed, Uncertain, Undeliverable, Unreachable, Untried

ONE, SAME, OTHER = "https://one.example/a", "https://one.example/b", "https://other.example/a"
PAUSE = timedelta(seconds=17)
AWAY = Uncertain("no_answer")


@pytest.fixture
def services(clock: HandClock) -> Services:
    return Services(clock)


def ask(services: Services, endpoint: str, failure: Failed | None = None) -> bool:
    """Say whether a service was asked at all."""
    try:
        with services.asked(endpoint):
            if failure:
                raise failure
    except Untried:
        return False
    except Failed:
        return True
    return True


def test_a_service_that_is_silent_is_left_alone_and_then_tried_by_one(
    services: Services, clock: HandClock
) -> None:
    assert [ask(services, ONE, AWAY) for _ in range(4)] == [True, True, True, False]
    assert ask(services, OTHER)
    clock.move_by(timedelta(seconds=10))
    with services.asked(SAME):
        assert not ask(services, ONE)
    assert ask(services, ONE)


def test_a_pause_is_kept_by_all_of_a_services_browsers_to_the_second(
    services: Services, clock: HandClock
) -> None:
    assert ask(services, ONE, Unreachable("rate_limited", retry_after=PAUSE, is_only_here=True))
    with pytest.raises(Untried) as untried, services.asked(SAME):
        pytest.fail("it was asked")
    assert untried.value.retry_after == PAUSE
    assert ask(services, OTHER)
    clock.move_by(PAUSE)
    assert ask(services, SAME)


def test_what_one_browser_has_done_says_nothing_of_its_service(services: Services) -> None:
    gone, large = Undeliverable("http_410", is_address_dead=True), Undeliverable("too_large")
    odd = Unreachable("http_409", is_only_here=True)
    assert all(ask(services, ONE, failure) for failure in [gone, large, odd] * 3)
