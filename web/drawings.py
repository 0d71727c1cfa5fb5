"""Our own drawings in the place of emoji: a machine without a font for those shows boxes.

Templates and phrases name a drawing by its emoji, the one that chats show.
"""

import re
from collections.abc import Mapping

VARIATION = "\ufe0f"  # asks for an emoji in colour
RING = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18z"
LENS = "M10 4a6 6 0 1 0 0 12a6 6 0 1 0 0-12z"
SHEET = "M6 3h8l4 4v14H6z"
TRAY = "M4 14v6h16v-6"
LETTER = "M3 5h18v14H3z M3 6.5l9 7 9-7"
CALENDAR = "M4 5h16v16H4z M4 10h16 M8 2.5V7 M16 2.5V7"
CLOCK = f"{RING} M12 7v5l3.5 2"
GLASS = (
    "M6 3h12 M6 21h12 M7.5 3c0 5 4.5 5.5 4.5 9s-4.5 4-4.5 9 M16.5 3c0 5-4.5 5.5-4.5 9s4.5 4 4.5 9"
)
BELL = "M5 17h14c-2-2-2-4-2-7a5 5 0 0 0-10 0c0 3 0 5-2 7z M10 20.5h4"
PEN = "M4 20l1-5L16 4l4 4L9 19z M13.5 6.5l4 4"
TICK = f"{RING} M8 12.5l3 3 5.5-6.5"
CROSS = f"{RING} M9 9l6 6 M15 9l-6 6"
QUESTION = f"{RING} M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3q-1 .5-1 1.7 M12 16.8v.01"
ONE = "M12 11a4 4 0 1 0 0-8a4 4 0 1 0 0 8z M4 21c0-5 3-7 8-7s8 2 8 7"
BEHIND = "M16 4.5a3 3 0 0 1 0 6 M18 14q3.5 1.5 3.5 6"
TWO = f"M9 11a3.5 3.5 0 1 0 0-7a3.5 3.5 0 1 0 0 7z M2.5 20c0-4 2.5-6 6.5-6s6.5 2 6.5 6 {BEHIND}"
PAPER = "M4 4h13v16H4z M17 9h3v11h-3 M7.5 8h6 M7.5 12h6 M7.5 16h4"
STAR = "M12 3l2.6 6.1 6.6.6-5 4.3 1.5 6.5-5.7-3.4-5.7 3.4 1.5-6.5-5-4.3 6.6-.6z"
TELEPHONE = "M7 2h10v20H7z"

# Paths on a square of 24, drawn by a line of 2.
DRAWINGS: Mapping[str, str] = {
    "✅": TICK,
    "☑": "M4 4h16v16H4z M8 12.5l3 3 5.5-6.5",
    "❌": CROSS,
    "⛔": f"{RING} M8 12h8",
    "🚫": f"{RING} M6 6l12 12",
    "⚠": "M12 3.5L2.5 20h19z M12 10v4 M12 17v.01",
    "✋": "M8 3h8l5 5v8l-5 5H8l-5-5V8z M12 7.5v5 M12 16v.01",
    "❓": QUESTION,
    "❔": QUESTION,
    "🟢": f"{RING} M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6z",
    "🟡": f"{RING} M12 3v18",
    "🔴": f"{RING} M12 7.5v5 M12 16v.01",
    "⚪": RING,
    "⭘": RING,
    "▫": "M8 8h8v8H8z",
    "🥉": f"{RING} M10 8h4.5l-2.5 3.5a2.3 2.3 0 1 1-2.3 3",
    "➕": "M12 5v14 M5 12h14",
    "➖": "M5 12h14",
    "✕": "M6 6l12 12 M18 6L6 18",
    "☰": "M4 6h16 M4 12h16 M4 18h16",
    "🔒": "M5 11h14v10H5z M8 11V7a4 4 0 0 1 8 0v4",
    "🔓": "M5 11h14v10H5z M8 11V7a4 4 0 0 1 7.5-2",
    "🔑": "M8 11a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z M11.2 12.3L20 3.5 M16 7.5l3 3",
    "🚪": "M6 21V3h12v18 M3 21h18 M14 12v.01",
    "🏛": "M3 9l9-6 9 6z M5 9v9 M10 9v9 M14 9v9 M19 9v9 M3 21h18",
    "📍": "M12 21c-5-6-7-8-7-11a7 7 0 0 1 14 0c0 3-2 5-7 11z M12 10v.01",
    "📅": CALENDAR,
    "🗓": CALENDAR,
    "⏰": CLOCK,
    "🕓": CLOCK,
    "🕰": CLOCK,
    "⏳": GLASS,
    "⌛": GLASS,
    "🌙": "M20 14a8 8 0 1 1-10-10 7 7 0 0 0 10 10z",
    "⏸": "M8 5v14 M16 5v14",
    "💤": "M4 6h7l-7 8h7 M15 12h5l-5 6h5",
    "🔁": "M4 11a7 7 0 0 1 12-5l3 3 M19 4v5h-5 M20 13a7 7 0 0 1-12 5l-3-3 M5 20v-5h5",
    "↩": "M9 6L4 11l5 5 M4 11h11a4.5 4.5 0 0 1 0 9h-3",
    "↪": "M15 6l5 5-5 5 M20 11H9a4.5 4.5 0 0 0 0 9h3",
    "🏁": "M5 21V4h13l-3 4.5 3 4.5H5",
    "🎯": f"{RING} M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8z M12 12v.01",
    "🔔": BELL,
    "🔕": f"{BELL} M4 3l16 18",
    "📣": "M4 10v4h3l9 5V5l-9 5z M19 9q2 3 0 6",
    "💬": "M4 5h16v11H11l-5 4v-4H4z",
    "📨": LETTER,
    "📩": LETTER,
    "📬": f"{LETTER} M9 16.5h6",
    "📥": f"{TRAY} M12 3v11 M8 10l4 4 4-4",
    "📤": f"{TRAY} M12 14V3 M8 7l4-4 4 4",
    "📲": f"{TELEPHONE} M12 7v7 M9 11l3 3 3-3",
    "📴": f"{TELEPHONE} M3 4l18 16",
    "📎": "M19 11l-8 8a4.5 4.5 0 0 1-6.5-6.5L13 4a3 3 0 0 1 4.5 4.5L9 17a1.5 1.5 0 0 1-2-2l7-7",
    "🔗": "M10 14a4 4 0 0 1 0-6l3-3a4 4 0 0 1 6 6l-2 2 M14 10a4 4 0 0 1 0 6l-3 3a4 4 0 0 1-6-6l2-2",
    "📄": f"{SHEET} M14 3v4h4",
    "📝": f"{SHEET} M9 11h6 M9 15h6",
    "📜": f"{SHEET} M9 9h6 M9 13h6 M9 17h3",
    "🧾": "M5 3h14v18l-3-2-2 2-2-2-2 2-2-2-3 2z M9 8h6 M9 12h6",
    "📋": "M5 5h14v16H5z M9 3h6v4H9z M9 12h6 M9 16h6",
    "📰": PAPER,
    "🗞": PAPER,
    "📖": "M12 6C9 4 6 4 3 4v14c3 0 6 0 9 2 3-2 6-2 9-2V4c-3 0-6 0-9 2z M12 6v14",
    "📌": "M12 15v6 M8 3h8l-1 6 3 6H6l3-6z",
    "🗄": "M4 3h16v9H4z M4 12h16v9H4z M10 7.5h4 M10 16.5h4",
    "🗳": "M4 12h16v9H4z M8 12V3h8v9 M10 7.5l1.5 1.5L14 6",
    "✏": PEN,
    "🖋": PEN,
    "✍": "M4 17L14 7l4 4L8 21H4z M14 21h7 M16 5l2-2 4 4-2 2",
    "⚖": "M12 3v18 M7 21h10 M4 7h16 M5 7l-3 7h6z M19 7l-3 7h6z",
    "🛠": "M20 6l-3.5 3.5-2.5-2.5L17.5 3.5a5 5 0 0 0-6 6.5L4 17.5 6.5 20l7.5-7.5a5 5 0 0 0 6-6.5z",
    "🔍": f"{LENS} M14.5 14.5L21 21",
    "👀": "M2 12q4-7 10-7t10 7q-4 7-10 7T2 12z M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6z",
    "💡": "M9 17c0-2-3-3.5-3-7.5a6 6 0 0 1 12 0c0 4-3 5.5-3 7.5z M10 21h4",
    "🧪": "M9 3h6 M10 3v6L4 20h16L14 9V3 M7 15h10",
    "🩹": "M4.5 13.5l9-9a4 4 0 0 1 6 6l-9 9a4 4 0 0 1-6-6z M9 9l6 6 M12 12v.01",
    "👤": ONE,
    "🙋": ONE,
    "👥": TWO,
    "🤝": TWO,
    "🙏": TICK,
    "🆕": STAR,
    "🎉": STAR,
}
TURNS = frozenset("↩↪📣")  # with the direction of the script
FIRST_ARROW = "\u2190"  # no emoji of ours comes earlier, and every letter of our languages does
SIGN = re.compile(f"([^\0-{FIRST_ARROW}]){VARIATION}?")  # twenty times as fast as a list of them
WORDS_ONLY = ("<textarea", "<title", "<option")  # where a browser takes markup for words


def drawn(html: str) -> str:
    """Return a page with its emoji drawn, but for those in attributes and where only words go."""

    def replaced(found: re.Match[str]) -> str:
        if found[1] not in DRAWINGS:
            return found[0]
        before = found.start()
        tag = html.rfind("<", 0, before)
        is_within = tag > html.rfind(">", 0, before) or html.startswith(WORDS_ONLY, tag)
        return found[0] if is_within else _drawing(found[1])

    return SIGN.sub(replaced, html)


def _drawing(emoji: str) -> str:
    kind = "icon turns" if emoji in TURNS else "icon"
    size = 'width="20" height="20" viewBox="0 0 24 24"'
    return f'<svg class="{kind}" {size} aria-hidden="true"><path d="{DRAWINGS[emoji]}"/></svg>'
