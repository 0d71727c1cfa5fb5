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
    "consenting.choose_language": OWN,
    "linking.unlink": OWN,
    "reading.archive": OWN,
    "reading.bring_back": OWN,
    "reading.keep_unread": OWN,
    "reading.open_letter": OWN,
    "reading.snooze": OWN,
    "reminding.remind_me": OWN,
    "reminding.forget": OWN,
    "waiting_forms.keep": OWN,
    "signing_in.sign_in": TOKEN,
    "signing_in.sign_in_by_code": TOKEN,
    "signing_in.sign_in_by_link": TOKEN,
    "signing_in.sign_out": OWN,
    "signing_in.prove": PART,
    "signing_in.sign_in_staff": TOKEN,
    "keeping_passkeys.challenge": OWN,
    "keeping_passkeys.handle": OWN,
    "keeping_passkeys.prove": OWN,
    "keeping_passkeys.remove": OWN,
    "keeping_passkeys.sign_in": TOKEN,
    "signing_in.prove_by_code": TOKEN,
    "testing_ways.send_test": OWN,
    "cataloguing.catalogue": "an index of what is on record, made by the program",
    "linking.link": TOKEN,
    "linking.bind": PART,
    "linking.link_by_code": TOKEN,
    "confirming.confirmed": TOKEN,
    "confirming.send_elsewhere": OWN,
    "confirming.send_to": "a code goes to its owner alone, whoever asks for it",
    "reminding.remind": CLOCK,
    "catching_up.catch_up": CLOCK,
    "telling_changes.tell_settled": CLOCK,
    "reminding_duties.remind_of_duties": CLOCK,
    "agenda_papers.write_agenda": PART,
    "listing.kept": PART,
    "listing.touched": PART,
    "listing.entered": PART,
    "listing_questions.ask_again": OWN,
    "listing_questions.list_questions": CLOCK,
    "listing_questions.tell_unanswered": PART,
    "requesting.answered_so": PART,
    "tasking.give": PART,
    "tasking.tell": PART,
    "telling_items.tell_of_subjects": PART,
    "rereckoning.rereckon": CLOCK,
    "confirming.holds": TOKEN,
    "confirming.send_anew": "a code goes to its owner alone, whoever asks for it",
    "deciding_petitions.list_next": PART,
    "deciding_petitions.list_waiting": CLOCK,
    "deciding_petitions.mind_petitions": CLOCK,
    "contacts.hand_of": PART,
    "owning.signed": OWN,
    "following.follower_at": OWN,
    "following.follower_by": OWN,
    "following_items.item_moved": PART,
    "moving_petitions.move": PART,
    "moving_petitions.tell_mandatary": PART,
    "moving_petitions.tell_staff": PART,
    "petitioning.begin": OWN,
    "closing_petitions.close_old": CLOCK,
    "identifying.identified": PART,
    "petitioning.mandatary_at": TOKEN,
    "petitioning.opened": PART,
    "petitioning.recount": CLOCK,
    "sharing_calendars.close_calendar": OWN,
    "sharing_calendars.open_calendar": OWN,
    "signing.sign": OWN,
    "signing.take_back": PART,
    "signing.withdraw": OWN,
    "unsigning.token": TOKEN,
    "unsigning.withdraw_by_token": TOKEN,
    "joining.leave": "the platform tells us that it has shut the door",
    "recognising.lapse": "the platform tells us that it vouches no more",
    "registering_webhooks.note_answer": "what became of a call of ours",
    "registering_webhooks.note_failure": "what became of a call of ours",
    "settling.note_copies": "what became of a message of ours",
    "settling.settle": PART,
    "sealing.sealing_key": "a key of ours, made once",
    "founding.keep": PART,
    "noting.note": PART,
    "reminding.plan_defaults": PART,
    "reminding.replan": PART,
    "telling_followers.tell_followers": PART,
    "telling_items.tell_of_item": PART,
    "deciding.lapse": CLOCK,
    "forecasting.warn": CLOCK,
    "telling_followers.tell_of_convocation": PART,
    "telling_staff.tell_staff": PART,
    "publishing.agreed": PART,
    "publishing.release_due": CLOCK,
    "nudging.nudge_due": CLOCK,
    "keeping_minutes.send_copies": PART,
    "minutes_papers.keep_correction": PART,
    "minutes_papers.keep_paper": PART,
    "minutes_papers.show_to": PART,
    "standing_in.tell_stand_ins": CLOCK,
    "telling_approvers.ask": PART,
    "telling_approvers.settle_steps": PART,
    "telling_approvers.tell_above": PART,
    "telling_approvers.tell_author": PART,
    "telling_approvers.tell_deputy": PART,
    "telling_approvers.tell_done": PART,
    "telling_approvers.tell_fallen": PART,
    "telling_approvers.tell_open": PART,
}

Function = ast.AsyncFunctionDef | ast.FunctionDef


def _parsed(room: str) -> dict[str, ast.Module]:
    files = (ROOT / room).glob("*.py")
    return {file.stem: ast.parse(file.read_text("utf-8")) for file in files}


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
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("actions."):
                there = str(node.module).removeprefix("actions.")
                here |= {one.asname or one.name: f"{there}.{one.name}" for one in node.names}
        for function in functions:
            verbs[here[function.name]] = {here.get(one, one) for one in _called(function)}
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
        if not verb.split(".")[1].startswith("_") and _reaches(verb, writes)
    }


def test_every_verb_that_changes_something_asks_whether_they_may() -> None:
    forgotten = {verb for verb in _changing() if not _reaches(verb, frozenset(ASKS))}
    assert forgotten == UNASKED.keys()  # a verb that asks, or is gone, needs no reason either


def test_the_walk_sees_what_a_verb_does_by_others() -> None:
    assert {"convening.convene", "attending.confirm", "steering.pause_channel"} <= _changing()
    assert not {"proving.proof", "explaining.why", "meetings.meeting"} & _changing()
