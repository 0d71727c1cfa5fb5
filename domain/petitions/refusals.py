"""Why a petition is refused: codes, each with its article, and whether the petition stays shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason to refuse; its sentence is the phrase `petition.refusal_<code>`.

    A refusal by the bureau is reasoned in the bureau's own words as well (law 113-14, art. 125).
    `is_shown`: the petition stays public with its reason; one that is not may not be repeated.
    """

    code: str
    article: str = ""
    is_shown: bool = True


REFUSALS = {
    refusal.code: refusal
    for refusal in (
        Refusal("outside_powers", "121"),
        Refusal("constants", "121"),
        Refusal("signatures", "123"),
        Refusal("conditions", "123"),
        Refusal("association", "124"),
        Refusal("documents", "125"),
        Refusal("duplicate"),
        Refusal("before_court"),
        Refusal("already_done"),
        Refusal("individual"),
        Refusal("offensive", is_shown=False),
        Refusal("personal_data", is_shown=False),
        Refusal("advertising", is_shown=False),
        Refusal("other", "125"),
    )
}
