"""`python -m bot` is `beffroi`."""

from bot.cli import main

main()
