"""What notices are reckoned with before anything is sent: who carries them, and at what price."""

from actions.notices.rehearsing import Means
from bot.wiring import Program
from domain.costs import Price


def means(program: Program) -> Means:
    sms = program.settings.sms
    return Means(program.providers, program.policy, Price(sms.price, sms.currency))
