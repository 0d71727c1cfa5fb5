"""What Slack can do, and how fast it may be asked, as data."""

from datetime import timedelta

from domain.channel import Capabilities, Limit, Scope

SECTION = 3000  # characters of a section's text (docs.slack.dev, blocks/section-block)
HEADER = 150  # characters (blocks/header-block)
BUTTON = 75  # characters of a button's label (block-elements/button-element)
VALUE = 2000  # characters of a button's value
ACTIONS = 25  # buttons of one actions block (blocks/actions-block)
BLOCKS = 50  # of one message (blocks)
HOME_BLOCKS = 100  # of the App Home, and of a window (surfaces/app-home, surfaces/modals)
WINDOW_TITLE = 24  # characters of a window's title and of its two buttons (views)
LABEL = 2000  # characters over a question (blocks/input-block)
HINT = 2000  # characters under it
INPUT = 3000  # characters that can be filled in (block-elements/plain-text-input-element)
OPTION = 75  # characters of an option (composition-objects/option-object)
OPTION_VALUE = 75
OPTIONS = 100  # of one list to choose from (block-elements/select-menu-element)
# Sections of one message. Slack refuses messages that are long in all (msg_blocks_too_long)
# without saying from where on; 12,000 characters is the one sum it does name (markdown-block).
SECTIONS = 4
TEXT = SECTION * SECTIONS
FALLBACK = 3000  # characters beside the blocks; 4,000 are recommended (chat.postMessage)
BUTTONS = 100  # four blocks; whoever has to read more is better asked something else
FILE_BYTES = 1024**3  # of one file (files.getUploadURLExternal: 1 GB)

# docs.slack.dev, apis/web-api/rate-limits: chat.postMessage, one a second in each channel. There
# is a limit of a whole workspace, too, that is not published; a 429 has the last word.
LIMITS = (Limit(Scope.ADDRESS, 1, timedelta(seconds=1)),)

SLACK = Capabilities(
    text_length=TEXT,
    buttons=True,
    edit=True,
    attachments=True,
    in_flight=16,
    limits=LIMITS,
)
