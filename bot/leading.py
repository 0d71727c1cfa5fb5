"""The links by which people come to us, as the settings allow."""

from functools import partial

from bot.settings import Settings
from channels.telegram import starting
from handlers.turn import Links, nowhere


def links(settings: Settings) -> Links:
    """Return what makes the link that says a payload to our bot; it leads nowhere without a bot."""
    bot = settings.telegram.bot
    return partial(starting.deep_link, bot) if bot else nowhere
