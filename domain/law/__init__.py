"""The law: rule packs as data, three ways to count days, deadlines by name."""

from domain.law.deadlines import Deadline, convocation_latest, deadline
from domain.law.duties import Duty, duties
from domain.law.loading import pack, pack_keys
from domain.law.quorum import has_quorum, quorum, quorum_free_meeting
from domain.law.rules import DeadlineRule, DutyOf, Reading, Rule, RulePack
from domain.law.seasons import is_in_season, ordinary_season
from domain.law.workdays import HolidayEdits, public_holidays

__all__ = [
    "Deadline",
    "DeadlineRule",
    "Duty",
    "DutyOf",
    "HolidayEdits",
    "Reading",
    "Rule",
    "RulePack",
    "convocation_latest",
    "deadline",
    "duties",
    "has_quorum",
    "is_in_season",
    "ordinary_season",
    "pack",
    "pack_keys",
    "public_holidays",
    "quorum",
    "quorum_free_meeting",
]
