"""How somebody leaves by a letter's own header, in one click (RFC 2369, RFC 8058)."""

from dataclasses import dataclass

from domain.addresses import Channel
from domain.channel import Parcel
from domain.leaving import Leaver
from domain.notices import NoticeClass

LINE_END = "\r\n"


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Where one leaves: on `page`, with the token at its end, or by a letter to `mailbox`."""

    page: str
    mailbox: str | None = None

    def headers(self, parcel: Parcel, key: bytes) -> str:
        """Return the header lines of a letter; none where there is nothing that one may leave."""
        if parcel.notice_class is not NoticeClass.INFORMATIONAL or parcel.person_id is None:
            return ""
        token = Leaver(parcel.person_id, Channel.EMAIL).token(key)
        ways = [f"<{self.page}{token}>"]
        if self.mailbox:
            ways.append(f"<mailto:{self.mailbox}?subject=unsubscribe%20{token}>")
        return (
            f"List-Unsubscribe: {f',{LINE_END} '.join(ways)}{LINE_END}"
            f"List-Unsubscribe-Post: List-Unsubscribe=One-Click{LINE_END}"
        )
