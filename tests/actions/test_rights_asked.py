"""Every verb that changes something asks whether they may, or says here why it need not."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
WRITES = {"insert", "update", "delete", "insert_for", "insert_on", "insert_new"}
ASKS = {"require", "require_for", "require_sure", "may"}

# Whose own it is, and who else acts: nobody else can reach these.
OWN = "what one does with one's own things binds nobody else"
CLOCK = "done by the clock, because it is time"
TOKEN = "whoever holds the token we gave them is who may"
PART = "a part of a verb that has asked"
UNASKED = {
    "people.consenting.choose_language": OWN,
    "people.linking.unlink": OWN,
    "notices.reading.archive": OWN,
    "notices.reading.bring_back": OWN,
    "notices.reading.keep_unread": OWN,
    "notices.reading.open_letter": OWN,
    "notices.reading.snooze": OWN,
    "sessions.reminding.remind_me": OWN,
    "sessions.reminding.forget": OWN,
    "people.waiting_forms.keep": OWN,
    "people.signing_in.sign_in": TOKEN,
    "people.signing_in.sign_in_by_code": TOKEN,
    "people.signing_in.sign_in_by_link": TOKEN,
    "people.signing_in.sign_out": OWN,
    "people.signing_in.prove": PART,
    "people.signing_in.sign_in_staff": TOKEN,
    "people.keeping_passkeys.challenge": OWN,
    "people.keeping_passkeys.handle": OWN,
    "people.keeping_passkeys.prove": OWN,
    "people.keeping_passkeys.remove": OWN,
    "people.keeping_passkeys.sign_in": TOKEN,
    "people.signing_in.prove_by_code": TOKEN,
    "notices.testing_ways.send_test": OWN,
    "records.cataloguing.catalogue": "an index of what is on record, made by the program",
    "people.linking.link": TOKEN,
    "people.linking.bind": PART,
    "people.linking.link_by_code": TOKEN,
    "people.confirming.confirmed": TOKEN,
    "people.confirming.send_elsewhere": OWN,
    "people.confirming.send_to": "a code goes to its owner alone, whoever asks for it",
    "sessions.reminding.remind": CLOCK,
    "sessions.catching_up.catch_up": CLOCK,
    "sessions.telling_changes.tell_settled": CLOCK,
    "duties.reminding.remind_of_duties": CLOCK,
    "agenda.papers.write_agenda": PART,
    "agenda.listing.kept": PART,
    "agenda.listing.touched": PART,
    "agenda.listing.entered": PART,
    "agenda.listing_questions.ask_again": OWN,
    "agenda.listing_questions.list_questions": CLOCK,
    "agenda.listing_questions.tell_unanswered": PART,
    "requests.requesting.answered_so": PART,
    "tasking.give": PART,
    "tasking.tell": PART,
    "agenda.telling_items.tell_of_subjects": PART,
    "duties.rereckoning.rereckon": CLOCK,
    "people.confirming.holds": TOKEN,
    "people.confirming.send_anew": "a code goes to its owner alone, whoever asks for it",
    "petitions.deciding.list_next": PART,
    "petitions.deciding.list_waiting": CLOCK,
    "petitions.deciding.mind_petitions": CLOCK,
    "people.contacts.hand_of": PART,
    "people.owning.signed": OWN,
    "following.follower_at": OWN,
    "following.follower_by": OWN,
    "agenda.moving_along.item_moved": PART,
    "moving_petitions.move": PART,
    "moving_petitions.tell_mandatary": PART,
    "moving_petitions.tell_staff": PART,
    "petitions.petitioning.begin": OWN,
    "petitions.closing.close_old": CLOCK,
    "petitions.identifying.identified": PART,
    "petitions.petitioning.mandatary_at": TOKEN,
    "petitions.petitioning.opened": PART,
    "petitions.petitioning.recount": CLOCK,
    "people.sharing_calendars.close_calendar": OWN,
    "people.sharing_calendars.open_calendar": OWN,
    "petitions.signing.sign": OWN,
    "petitions.signing.take_back": PART,
    "petitions.signing.withdraw": OWN,
    "petitions.unsigning.token": TOKEN,
    "petitions.unsigning.withdraw_by_token": TOKEN,
    "people.joining.leave": "the platform tells us that it has shut the door",
    "people.recognising.lapse": "the platform tells us that it vouches no more",
    "systems.registering_webhooks.note_answer": "what became of a call of ours",
    "systems.registering_webhooks.note_failure": "what became of a call of ours",
    "notices.settling.note_copies": "what became of a message of ours",
    "notices.settling.settle": PART,
    "records.sealing.sealing_key": "a key of ours, made once",
    "people.founding.keep": PART,
    "records.noting.note": PART,
    "sessions.reminding.plan_defaults": PART,
    "sessions.reminding.replan": PART,
    "notices.telling_followers.tell_followers": PART,
    "agenda.telling_items.tell_of_item": PART,
    "sessions.deciding.lapse": CLOCK,
    "sessions.forecasting.warn": CLOCK,
    "notices.telling_followers.tell_of_convocation": PART,
    "requests.telling_staff.tell_staff": PART,
    "publishing.agreed": PART,
    "publishing.release_due": CLOCK,
    "texts.nudging.nudge_due": CLOCK,
    "papers.keeping_minutes.send_copies": PART,
    "papers.minutes_papers.keep_correction": PART,
    "papers.minutes_papers.keep_paper": PART,
    "papers.minutes_papers.show_to": PART,
    "texts.standing_in.tell_stand_ins": CLOCK,
    "texts.telling_approvers.ask": PART,
    "texts.telling_approvers.settle_steps": PART,
    "texts.telling_approvers.tell_above": PART,
    "texts.telling_approvers.tell_author": PART,
    "texts.telling_approvers.tell_deputy": PART,
    "texts.telling_approvers.tell_done": PART,
    "texts.telling_approvers.tell_fallen": PART,
    "texts.telling_approvers.tell_open": PART,
}

Function = ast.AsyncFunctionDef | ast.FunctionDef


@cache
def _parsed(package: str) -> dict[str, ast.Module]:
    """Return the modules of a package, by their names in it: `sessions.convening`."""
    files = (ROOT / package).rglob("*.py")
    return {
        ".".join(file.relative_to(ROOT / package).with_suffix("").parts): ast.parse(
            file.read_text("utf-8")
        )
        for file in files
    }


def _called(node: ast.AST) -> set[str]:
    """Return what is called, as it is written: `name`, `owner.name`, or `unit.shelf.name`."""
    names = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            match call.func:
                case ast.Name(id=name):
                    names.add(name)
                case ast.Attribute(value=ast.Name(id=owner), attr=name):
                    names.add(f"{owner}.{name}")
                case ast.Attribute(value=ast.Attribute(value=ast.Name(id="unit"), attr=shelf)):
                    names.add(f"unit.{shelf}.{call.func.attr}")
                case _:
                    pass
    return names


@cache
def _writing_methods() -> frozenset[str]:
    """Return the names of the shelves' methods that change rows, themselves or by another."""
    methods = {
        method.name: _called(method)
        for module in _parsed("store").values()
        for shelf in module.body
        if isinstance(shelf, ast.ClassDef)
        for method in shelf.body
        if isinstance(method, ast.AsyncFunctionDef)
    }
    writing = {name for name, called in methods.items() if called & WRITES}
    while more := {
        name
        for name, called in methods.items()
        if name not in writing and {f"self.{one}" for one in writing} & called
    }:
        writing |= more
    return frozenset(writing)


@cache
def _verbs() -> dict[str, set[str]]:
    """Return every function of the actions, with what it calls in its module's full names."""
    verbs: dict[str, set[str]] = {}
    for module, tree in _parsed("actions").items():
        functions = [node for node in tree.body if isinstance(node, Function)]
        here = {node.name: f"{module}.{node.name}" for node in functions}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and f"{node.module}.".startswith("actions."):
                there = f"{node.module}.".removeprefix("actions.")
                here |= {one.asname or one.name: f"{there}{one.name}" for one in node.names}
        for function in functions:
            called = (one.partition(".") for one in _called(function))
            verbs[here[function.name]] = {
                f"{here.get(owner, owner)}{dot}{name}" for owner, dot, name in called
            }
    return verbs


def _reaches(verb: str, wanted: frozenset[str], *, seen: frozenset[str] = frozenset()) -> bool:
    called = _verbs().get(verb, set())
    return bool(called & wanted) or any(
        _reaches(one, wanted, seen=seen | {verb}) for one in called - seen - {verb}
    )


def _changing() -> set[str]:
    """Return the public verbs that write to a shelf."""
    writes = frozenset(
        one
        for called in _verbs().values()
        for one in called
        if one.startswith("unit.") and one.split(".")[2] in _writing_methods()
    )
    return {
        verb
        for verb in _verbs()
        if not verb.rpartition(".")[2].startswith("_") and _reaches(verb, writes)
    }


def test_every_verb_that_changes_something_asks_whether_they_may() -> None:
    forgotten = {verb for verb in _changing() if not _reaches(verb, frozenset(ASKS))}
    assert forgotten == UNASKED.keys()  # a verb that asks, or is gone, needs no reason either


def test_the_walk_sees_what_a_verb_does_by_others() -> None:
    assert {
        "sessions.convening.convene",
        "sessions.attending.confirm",
        "notices.steering.pause_channel",
    } <= _changing()
    assert (
        not {"sessions.proving.proof", "notices.explaining.why", "meetings.meeting"} & _changing()
    )
