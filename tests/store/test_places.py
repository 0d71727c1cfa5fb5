from domain.addresses import Channel
from domain.bodies import BodyKind
from domain.messages import Message
from domain.notices import Audience, AudienceKind, NoticeClass, NoticeKind
from store.connecting import Store
from store.unit import Unit

TELEGRAM = Channel.TELEGRAM


async def _founded(unit: Unit) -> tuple[int, dict[str, int]]:
    tenant_id = await unit.bodies.found(
        slug="casa", names={"fr": "Casa"}, rule_pack="ma", zone="Africa/Casablanca", population=1
    )
    ids = {
        key: await unit.bodies.add(
            tenant_id, key=key, kind=BodyKind.COMMISSION_PERMANENT, names={"fr": key}, seats=1
        )
        for key in ("com:budget", "com:parks")
    }
    return tenant_id, ids


async def test_a_group_that_moves_onto_another_keeps_what_both_followed(store: Store) -> None:
    async with store.unit() as unit:
        _, ids = await _founded(unit)
        places = unit.places
        assert await places.follow(TELEGRAM, "-1", ids["com:budget"], language="fr")
        assert not await places.follow(TELEGRAM, "-1", ids["com:budget"], language="ar")
        await places.follow(TELEGRAM, "-1", ids["com:parks"], language="fr")
        await places.follow(TELEGRAM, "-1001", ids["com:parks"], language="fr")
        await places.move(TELEGRAM, "-1", "-1001")
        assert await places.followed(TELEGRAM, "-1001") == ["com:budget", "com:parks"]
        assert await places.followed(TELEGRAM, "-1") == []
        assert await places.unfollow(TELEGRAM, "-1001") == 2
        assert not await places.follow_any("com:budget")


async def test_only_what_is_for_followers_is_put_for_groups(store: Store) -> None:
    async with store.unit() as unit:
        tenant_id, ids = await _founded(unit)
        await unit.places.follow(TELEGRAM, "-1", ids["com:budget"], language="fr")
        await unit.places.follow(Channel.SLACK, "T1:C1", ids["com:budget"], language="en")
        told = {}
        for kind in (AudienceKind.FOLLOWERS, AudienceKind.BODY):
            notice_id = await unit.notices.publish(
                tenant_id,
                notice_class=NoticeClass.INFORMATIONAL,
                kind=NoticeKind.SESSION_NEWS,
                audience=Audience(kind, "com:budget"),
                content={"fr": Message("…", "fr")},
                created_by="clerk",
            )
            notice = await unit.notices.by_id(notice_id or 0)
            assert notice
            told[kind] = await unit.places.tell(notice)
        assert told == {AudienceKind.FOLLOWERS: 2, AudienceKind.BODY: 0}
        assert {one.channel for one in unit.ready} == {TELEGRAM, Channel.SLACK}
