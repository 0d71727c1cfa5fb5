"""What the clock does besides carrying messages."""

from datetime import timedelta

from actions.publishing import release_due
from actions.texts.nudging import nudge_due
from scheduler.timetable import Deed

DEEDS = (
    Deed("releases", timedelta(seconds=1), release_due),
    Deed("approvals", timedelta(seconds=30), nudge_due),
)
