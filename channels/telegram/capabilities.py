"""What Telegram can do, and how fast it may be asked, as data."""

from datetime import timedelta

from domain.channel import Capabilities, Limit, Scope

TEXT_UNITS = 4096  # UTF-16 code units of one message (Bot API, sendMessage)
CAPTION_UNITS = 1024  # of the words under a document (Bot API, sendDocument)
BUTTONS = 100  # of one message; more is refused (telegram.constants.InlineKeyboardMarkupLimit)
BUTTONS_A_ROW = 8
FILE_BYTES = 50 * 1024 * 1024  # a bot's upload (Bot API, "Sending files")

# Bot API, FAQ, "My bot is hitting limits": about 30 a second over all, one a second in one chat,
# 20 a minute in one group. The true limits are not published; a 429 has the last word.
LIMITS = (
    Limit(Scope.PROVIDER, 30, timedelta(seconds=1)),
    Limit(Scope.ADDRESS, 1, timedelta(seconds=1)),
    Limit(Scope.GROUP, 20, timedelta(minutes=1)),
)

TELEGRAM = Capabilities(
    text_length=TEXT_UNITS,
    buttons=True,
    edit=True,
    attachments=True,
    in_flight=30,
    limits=LIMITS,
    group_prefix="-",  # Bot API, Chat: the ids of groups and supergroups are negative
)
