"""Who may do what, and who may see what: two tables, asked by the actions and by nobody else.

docs/roles.md says the same as a page, and is held to it by a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.actors import Actor, Post, Proof
from domain.bodies import COUNCIL, ELECTED, Body, Role
from domain.errors import Refused
from domain.people import Person
from domain.phrasebook import Named

Roles = frozenset[Role]
NOBODY: Roles = frozenset()
PROVE_FIRST = "access.prove_first"  # they may, once it is sure that it is they


class Act(StrEnum):
    """What binds others, or concerns them. What one does with one's own things needs no right."""

    ATTEND = "attend"  # answer for oneself whether one comes
    PLAN = "plan"
    FILL_AGENDA = "fill_agenda"
    RECORD = "record"  # what was done for a session on paper, and when
    CONVENE = "convene"
    HOLD = "hold"  # call the roll, open, extend and close
    DELIBERATE = "deliberate"  # move items on in a sitting, and record their votes
    MOVE = "move"
    CANCEL = "cancel"
    ANNOUNCE = "announce"
    TELL_GROUPS = "tell_groups"  # have a group told what a body does in public
    WARN = "warn"  # announce an emergency: through quiet hours, and to those who left
    FOUND = "found"  # set up the commune, its bodies and its holidays
    IMPORT_PEOPLE = "import_people"
    LINK_OTHERS = "link_others"  # hand out codes, tie and untie the addresses of others
    CHANGE_WISHES = "change_wishes"  # those of others, as they asked at the counter
    MIND_ADDRESSES = "mind_addresses"  # stop and release addresses
    STEER = "steer"  # hold back, let go and send again
    CONNECT = "connect"  # other systems, and workspaces
    READ_PROOF = "read_proof"  # who was convened where and when
    READ_ADDRESSES = "read_addresses"  # unmasked
    READ_RECORDS = "read_records"  # the audit log and the deliveries, as tables
    EXPORT = "export"  # people, sessions and agendas, as tables
    PROPOSE = "propose"  # ask for an item on the agenda, alone or with others
    ASK_IN_WRITING = "ask_in_writing"  # put a written question to a council
    LOG_MEDIA = "log_media"
    REGISTER_MAIL = "register_mail"
    ANSWER_REQUESTS = "answer_requests"  # hand them on, answer and close them
    WRITE = "write"  # what leaves the town hall once others have agreed to it
    DECIDE = "decide"  # on a text, where its flow names one
    REVIEW_PETITIONS = "review_petitions"  # read first, check, complete, follow up
    DECIDE_PETITIONS = "decide_petitions"  # on the bureau's behalf, whether one is admissible


class Sight(StrEnum):
    """What is not everybody's to see."""

    DRAFTS = "drafts"  # sessions that are not convened, agendas and items that are being written
    CLOSED_ITEMS = "closed_items"  # what is debated behind closed doors (law 113-14, art. 48)
    STAFF_PAPERS = "staff_papers"
    FORECAST = "forecast"  # of the quorum: what the members' answers come to


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may, by their roles or from one of these `posts`.

    Roles `here` are held in the very body, those `below` in it or in the body it comes from.
    `proof`: how sure it must be that it is they.
    """

    here: Roles = NOBODY
    below: Roles = NOBODY
    posts: frozenset[Post] = frozenset({Post.OPERATOR})
    proof: Proof = Proof.LINKED


CHAIRS = frozenset({Role.PRESIDENT, Role.COMMISSION_CHAIR})
# The president draws the agenda up with the bureau (art. 38), a chair with their deputy.
BUREAU = CHAIRS | {
    Role.VICE_PRESIDENT,
    Role.COMMISSION_VICE_CHAIR,
    Role.SECRETARY,
    Role.DEPUTY_SECRETARY,
    Role.RAPPORTEUR_BUDGET,
}
DIRECTION = frozenset({Role.DIRECTOR_GENERAL})
SECRETARIAT = DIRECTION | {Role.COUNCIL_SECRETARIAT}
OFFICE = SECRETARIAT | {Role.CLERK}
HEADS = DIRECTION | {Role.CABINET, Role.DIVISION_HEAD}
TECHNICAL = frozenset({Role.ADMIN})
REVIEW = frozenset({Role.AUDITOR})
ARCHIVES = frozenset({Role.ARCHIVIST})
EITHER = frozenset({Post.OPERATOR, Post.PROGRAM})

RIGHTS: Mapping[Act, Rule] = {
    # Echoed and confirmed; a false answer harms nobody but the member, who may change it.
    Act.ATTEND: Rule(here=ELECTED, posts=frozenset()),
    Act.PLAN: Rule(here=BUREAU, below=OFFICE),
    Act.FILL_AGENDA: Rule(here=BUREAU, below=OFFICE),
    Act.RECORD: Rule(here=BUREAU, below=OFFICE),
    Act.CONVENE: Rule(here=CHAIRS, below=SECRETARIAT, proof=Proof.FRESH),  # art. 35
    Act.HOLD: Rule(here=BUREAU, below=OFFICE, proof=Proof.FRESH),  # arts 34, 42
    Act.DELIBERATE: Rule(here=BUREAU, below=OFFICE, proof=Proof.FRESH),  # art. 43
    Act.MOVE: Rule(here=CHAIRS, below=SECRETARIAT, proof=Proof.FRESH),
    Act.CANCEL: Rule(here=CHAIRS, below=SECRETARIAT, proof=Proof.FRESH),
    Act.ANNOUNCE: Rule(here=CHAIRS, below=SECRETARIAT | HEADS, proof=Proof.FRESH),
    Act.TELL_GROUPS: Rule(here=BUREAU, below=OFFICE),
    Act.WARN: Rule(
        here=frozenset({Role.PRESIDENT}),
        below=DIRECTION | {Role.CABINET},
        proof=Proof.FRESH,
    ),
    Act.FOUND: Rule(below=TECHNICAL, proof=Proof.FRESH),
    Act.IMPORT_PEOPLE: Rule(below=SECRETARIAT | TECHNICAL, proof=Proof.FRESH),
    Act.LINK_OTHERS: Rule(below=SECRETARIAT | TECHNICAL, posts=EITHER, proof=Proof.FRESH),
    Act.CHANGE_WISHES: Rule(below=OFFICE | {Role.REGISTRY_AGENT}, proof=Proof.FRESH),
    Act.MIND_ADDRESSES: Rule(below=SECRETARIAT | TECHNICAL, proof=Proof.FRESH),
    Act.STEER: Rule(below=DIRECTION | TECHNICAL, proof=Proof.FRESH),
    Act.CONNECT: Rule(below=TECHNICAL, posts=EITHER, proof=Proof.FRESH),
    Act.READ_PROOF: Rule(
        here=frozenset({Role.PRESIDENT}),
        below=SECRETARIAT | REVIEW | ARCHIVES,
        proof=Proof.FRESH,
    ),
    Act.READ_ADDRESSES: Rule(below=SECRETARIAT | TECHNICAL, proof=Proof.FRESH),
    Act.READ_RECORDS: Rule(below=SECRETARIAT | TECHNICAL | REVIEW | ARCHIVES),
    Act.EXPORT: Rule(below=SECRETARIAT | TECHNICAL),
    Act.PROPOSE: Rule(here=ELECTED, posts=frozenset()),  # art. 40
    Act.ASK_IN_WRITING: Rule(here=ELECTED, posts=frozenset()),  # art. 46
    Act.LOG_MEDIA: Rule(below=HEADS | {Role.COMMUNICATION_WRITER}),
    Act.REGISTER_MAIL: Rule(below=OFFICE | {Role.REGISTRY_AGENT}),
    Act.ANSWER_REQUESTS: Rule(
        below=OFFICE | HEADS | {Role.COMMUNICATION_WRITER, Role.REGISTRY_AGENT}
    ),
    Act.WRITE: Rule(here=BUREAU, below=OFFICE | HEADS | {Role.COMMUNICATION_WRITER}),
    # Which of them decides which step of which text, the flow says; nobody does so for them.
    Act.DECIDE: Rule(below=frozenset(Role), posts=frozenset(), proof=Proof.FRESH),
    Act.REVIEW_PETITIONS: Rule(below=OFFICE | {Role.REGISTRY_AGENT}),
    Act.DECIDE_PETITIONS: Rule(  # art. 125
        here=frozenset({Role.PRESIDENT, Role.VICE_PRESIDENT}), proof=Proof.FRESH
    ),
}

SIGHTS: Mapping[Sight, Rule] = {
    Sight.DRAFTS: Rule(here=BUREAU, below=OFFICE | {Role.CABINET}),
    Sight.CLOSED_ITEMS: Rule(here=ELECTED, below=OFFICE | ARCHIVES | {Role.CABINET}),
    Sight.STAFF_PAPERS: Rule(below=OFFICE | ARCHIVES | HEADS),
    Sight.FORECAST: Rule(here=BUREAU, below=OFFICE | {Role.CABINET}),
}


def require(actor: Actor, act: Act, body: Body | None = None) -> None:
    """Raise Refused unless `actor` may do this in a body; None is the commune as a whole.

    The commune's own acts take a role held in the council. Refused as `access.not_allowed` when
    they may not, as PROVE_FIRST when they may and it is not sure enough that it is they.
    """
    if not may(actor, act, body):
        raise Refused("access.not_allowed", act=Named(f"access.act_{act}"))
    if actor.proof < RIGHTS[act].proof and actor.person is not None:
        raise Refused(PROVE_FIRST, act=Named(f"access.act_{act}"))


def may(actor: Actor, act: Act, body: Body | None = None) -> bool:
    """Say whether this is theirs to do, however sure it is that it is they."""
    if actor.acts is not None and act not in actor.acts:
        return False
    return actor.post in RIGHTS[act].posts or has_right(actor.person, RIGHTS[act], body)


def require_for(actor: Actor, person_id: int, act: Act) -> None:
    """Raise Refused unless `actor` is this person, or may do this for others.

    A token is nobody: what it does, it does for others.
    """
    if actor.person is None or actor.person.id != person_id or actor.acts is not None:
        require(actor, act)


def has_right(person: Person | None, rule: Rule, body: Body | None = None) -> bool:
    """Say whether a person's roles in force fit a rule, in a body or in the commune as a whole."""
    if person is None:
        return False
    here = body.key if body else COUNCIL
    above = {here, (body.parent_key if body else None) or COUNCIL}
    return any(
        (held.role in rule.here and held.body_key == here)
        or (held.role in rule.below and held.body_key in above)
        for held in person.memberships
    )


def sees(person: Person | None, sight: Sight, body: Body | None = None) -> bool:
    """Say whether a person may see what is not everybody's, in a body."""
    return has_right(person, SIGHTS[sight], body)
