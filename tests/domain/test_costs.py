"""What a notice costs, by the parts of what each reader is told."""

from decimal import Decimal

from domain.addresses import Channel
from domain.costs import Price, costs
from domain.messages import Message
from tests.scheduler.networks import Network

SMS = Channel.SMS
CONTENT = {"fr": Message("Bonjour", "fr"), "ar": Message("مرحبا", "ar")}


class ByTheLetter(Network):
    """A network that is paid by the letter."""

    def parts(self, message: Message) -> int:
        return len(message.text)


def test_who_reads_a_language_without_words_of_its_own_costs_what_they_are_told() -> None:
    provider = ByTheLetter(channel=SMS)
    going = {(SMS, "ary"): 2, (SMS, "en"): 1, (SMS, "fr"): 1}
    [cost] = costs({SMS: provider}, going, CONTENT, Price(Decimal("0.1"), "MAD"))
    assert (cost.messages, cost.parts, cost.total) == (4, 5 * 2 + 7 + 7, Decimal("2.4"))
