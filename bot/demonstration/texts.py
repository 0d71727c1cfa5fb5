"""Texts of the town hall for the demonstration: two that are out, and one that waits for a word."""

from actions.approving import decide
from actions.texts.manuscripts import someone
from actions.texts.submitting import Begun, begin, submit
from bot.demonstration.bodies import VICE_PRESIDENTS
from bot.demonstration.town import Town
from domain.actors import Actor, Proof
from domain.addresses import Channel
from domain.approvals import Verdict
from domain.notices import Audience, AudienceKind
from domain.publications import PublicationKind, Text, Texts
from store.unit import Unit

# One reader is enough for an invented town; she has time, as whoever tries it out may have.
FLOW = (
    "demonstration",
    """
names = { fr = "Secrétariat", ar = "الكتابة", en = "Secretariat" }
expires_after = "P90D"

[[steps]]
key = "secretariat"
names = { fr = "Secrétariat du conseil", ar = "كتابة المجلس", en = "Council secretariat" }
roles = ["council_secretariat"]
within = "P30D"
""",
)
READERS = Audience(AudienceKind.FOLLOWERS, "council")
POOLS: Texts = {
    "fr": Text(
        "Trois piscines de quartier ouvrent au printemps",
        """La commune ouvre **trois piscines** après deux ans de travaux :

- Sidi Moumen
- Aïn Sebaâ
- Hay Hassani

## Tarifs

Gratuit pour les moins de douze ans, **10 dirhams** pour les autres.
Les inscriptions se font à l’arrondissement, du lundi au vendredi.""",
    ),
    "ar": Text(
        "ثلاثة مسابح للأحياء تفتح في الربيع",
        """تفتح الجماعة **ثلاثة مسابح** بعد سنتين من الأشغال:

- سيدي مومن
- عين السبع
- الحي الحسني

## الأثمنة

مجانا لمن هم دون الثانية عشرة، و**10 دراهم** لغيرهم.
التسجيل في المقاطعة من الاثنين إلى الجمعة.""",
    ),
    "en": Text(
        "Three neighbourhood pools open in spring",
        """The commune opens **three pools** after two years of works:

- Sidi Moumen
- Aïn Sebaâ
- Hay Hassani

## Prices

Free under the age of twelve, **10 dirhams** for everybody else.
Register at the district, Monday to Friday.""",
    ),
}
MARKET: Texts = {
    "fr": Text(
        "Le marché de Derb Ghallef ferme deux lundis",
        "Les allées sont refaites. Le marché reste **ouvert les autres jours**.",
    ),
    "ar": Text(
        "إغلاق سوق درب غلف يومي اثنين",
        "تُجدَّد الممرات. يبقى السوق **مفتوحا في سائر الأيام**.",
    ),
}
GREEN: Texts = {
    "fr": Text(
        "Mille arbres de plus sur les boulevards",
        "On commence *boulevard Zerktouni*. Chaque riverain peut **parrainer un arbre**.",
    ),
}
OUT = ((PublicationKind.NOTICE, MARKET), (PublicationKind.PRESS_RELEASE, POOLS))


async def fill_texts(unit: Unit, town: Town) -> None:
    """Have the council's secretary write, and its secretariat agree to all but the last."""
    writer = await _hand(unit, town.councillor_ids[1 + VICE_PRESIDENTS])
    clerk = await _hand(unit, town.clerk_id)
    for kind, texts in OUT:
        number, content = await _submitted(unit, writer, kind, texts)
        await decide(unit, clerk, number, Verdict.APPROVE, shown=content)
    await _submitted(unit, writer, PublicationKind.POST, GREEN)


async def _submitted(
    unit: Unit, writer: Actor, kind: PublicationKind, texts: Texts
) -> tuple[int, str]:
    begun = await begin(unit, writer, Begun(kind, FLOW, texts, audience=READERS))
    await submit(unit, writer, begun.id)
    return begun.id, begun.content


async def _hand(unit: Unit, person_id: int) -> Actor:
    return Actor.of(await someone(unit, person_id), Channel.CONSOLE, proof=Proof.FRESH)
