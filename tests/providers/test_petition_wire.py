"""A citizen petitions in Darija on an emulated Telegram, and proves who they are by e-mail."""

from tests.providers.telegram_town import TelegramTown
from tests.providers.test_telegram_proving import EMAIL, code_in_the_last_letter

CHAT = 77
ANSWERS = ("إيه", "لا", "لا", "لا", "إيه", "إيه", "إيه")
WORDS = ("كيطيحو فيه الناس.", "المجلس يصبغ الممر.", "سلمى بناني", EMAIL, "بلا")


async def test_a_petition_is_checked_written_proved_and_published(chats: TelegramTown) -> None:
    async def press(label: str) -> str:
        told = await chats.after(chats.telegram.press(CHAT, label))
        return "\n".join(one.text for one in told if one.chat_id == CHAT)

    assert "شكون كيقدم" in await chats.says(CHAT, "بغيت ندير عريضة", language_code="ar")
    await press("مواطنين")
    for said in ("ممر الراجلين فزنقة طرفاية", *ANSWERS):
        checked = await chats.says(CHAT, said, language_code="ar")
    checked = await press("صيفط")
    assert "✅" in checked
    await press("كتب العريضة")
    for said in WORDS:
        await chats.says(CHAT, said, language_code="ar")
    assert EMAIL in await press("صيفط")
    done = await chats.says(CHAT, code_in_the_last_letter(chats), language_code="ar")
    assert "تنشرات العريضة" in done
    assert "PET-2026-0001" in done
