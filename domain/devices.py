"""What a browser calls itself, in words that its owner knows it by."""

# The first that fits is it: browsers name their ancestors, too, and Edge says that it is Chrome.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)

HEAD = 40  # characters: a browser says first what it runs on, and last what it is


def shortened(user_agent: str, longest: int) -> str:
    """Return what a browser calls itself without its middle, where that is too long to keep."""
    if len(user_agent) <= longest:
        return user_agent
    return user_agent[:HEAD] + user_agent[HEAD - longest :]


def named(user_agent: str) -> tuple[str, str]:
    """Return a browser and what it runs on by their names; empty where it does not say."""
    return _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in names if mark in user_agent), "")
