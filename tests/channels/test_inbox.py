from channels.inbox.provider import InboxProvider
from channels.inbox.render import render
from domain.channel import Parcel
from domain.messages import Choice, Message


async def test_the_delivery_itself_is_the_letter() -> None:
    parcel = Parcel(12, "somebody", Message(text="Bonjour", language="fr"))
    assert [await InboxProvider().deliver(parcel) for _ in range(2)] == ["inbox:12", "inbox:12"]


def test_the_page_is_told_which_way_to_read() -> None:
    message = Message(text="مرحبا", language="ar", choices=(Choice("نعم", "yes"),))
    assert render(message) == {
        "text": "مرحبا",
        "language": "ar",
        "choices": ({"label": "نعم", "value": "yes"},),
        "direction": "rtl",
    }
