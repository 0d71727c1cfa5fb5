"""How the demonstration is told: headings, sentences and what people read, on a terminal."""

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from channels.console.render import render
from domain.messages import Message
from domain.phrasebook import phrasebook

MARGIN = (0, 0, 0, 4)
LINES_SHOWN = 14


class Teller:
    """Tells in the operator's language; what people read is shown in theirs."""

    def __init__(self, console: Console, language: str) -> None:
        self.language = language
        self._console = console

    def say(self, key: str, /, **facts: object) -> str:
        return phrasebook().say(f"demo.{key}", self.language, **facts)

    def heading(self, key: str, /, **facts: object) -> None:
        self._console.print()
        self._console.rule(Text(self.say(key, **facts), style="bold"), align="left")

    def tell(self, key: str, /, **facts: object) -> None:
        self.line(self.say(key, **facts))

    def line(self, text: str) -> None:
        self._console.print(Text(text))

    def command(self, text: str) -> None:
        """Show what can be copied and run: on a line of its own, as it is typed, and never cut."""
        self._console.print(Text(f"    {text}", style="bold"), soft_wrap=True)

    def show(self, title: str, message: Message) -> None:
        """Show what somebody reads, cut where it is long."""
        lines = render(message).strip().split("\n")
        if len(lines) > LINES_SHOWN:
            lines = [*lines[: LINES_SHOWN - 4], "…", *lines[-3:]]
        panel = Panel(Text("\n".join(lines)), title=Text(title), title_align="left", width=96)
        self._console.print(Padding(panel, MARGIN))

    def spoken(self, name: str, text: str) -> None:
        self._console.print(Text(f"{name}: ", style="bold").append(text, style="not bold cyan"))
