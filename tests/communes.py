"""A commune of three bodies, for tests that bring files to it."""

from domain.bodies import BodyKind
from store.connecting import Store

BODIES: tuple[tuple[str, BodyKind, dict[str, str], list[str]], ...] = (
    ("council", BodyKind.COUNCIL, {"fr": "Conseil communal", "ar": "مجلس الجماعة"}, []),
    (
        "arr:anfa",
        BodyKind.ARRONDISSEMENT_COUNCIL,
        {"fr": "Conseil de l’arrondissement Anfa", "ar": "مجلس مقاطعة أنفا"},
        ["Anfa", "مقاطعة أنفا"],
    ),
    ("com:budget", BodyKind.COMMISSION_PERMANENT, {"fr": "Commission du budget"}, []),
)


async def founded(store: Store) -> Store:
    """Set up Casablanca in an empty store."""
    async with store.unit() as unit:
        tenant_id = await unit.bodies.found(
            slug="casablanca",
            names={"fr": "Casablanca", "ar": "الدار البيضاء", "en": "Casablanca"},
            rule_pack="ma",
            zone="Africa/Casablanca",
            population=3_200_000,
        )
        for key, kind, names, aliases in BODIES:
            await unit.bodies.add(tenant_id, key=key, kind=kind, names=names, aliases=aliases)
    return store
