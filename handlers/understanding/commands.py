"""Commands: words after a slash, in three tongues."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from handlers.understanding.meaning import Intent
from handlers.understanding.wording import normal

COMMAND = re.compile(r"/([^\s@/]{1,64})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
MISSPELT_LENGTH = 5  # letters; shorter commands are too near to each other

COMMANDS: dict[Intent, str] = {
    Intent.AGENDA_QUERY: "agenda ordre odj jadwal ordredujour جدول جدول_الأعمال",
    Intent.SESSION_NEXT: "next prochaine prochain jaya القادمة المقبلة",
    Intent.SESSION_LIST: "sessions meetings calendar calendrier seances reunions dawrat الدورات",
    Intent.SESSION_DETAILS: "session seance where details lieu تفاصيل",
    Intent.AGENDA_ITEM: "item point no9ta نقطة النقطة",
    Intent.DOCUMENT_GET: "documents docs document doc pv minutes wata2i9 وثائق الوثائق",
    Intent.ATTENDANCE_CONFIRM: "come present coming attend presence viens nji حاضر حضور",
    Intent.ATTENDANCE_EXCUSE: "excuse absent absence excuses 3odr عذر غائب اعتذار",
    Intent.REMINDER_SET: "remind rappel rappeler reminder fekkerni ذكرني تذكير",
    Intent.REMINDER_LIST: "reminders rappels تذكيراتي التذكيرات",
    Intent.REMINDER_CANCEL: "unremind norappel stoprappel cancelreminder لا_تذكرني",
    Intent.NOTIFICATION_WHY: "why pourquoi 3lach لماذا علاش",
    Intent.NOTIFICATION_MISSING: "missing manquant لم_أتوصل",
    Intent.PREFS_LANGUAGE: "language langue lang logha لغة اللغة",
    Intent.PREFS_SHOW: "preferences prefs settings reglages parametres تفضيلاتي التفضيلات",
    Intent.PREFS_CHANNEL: "channels canaux channel canal قنواتي القنوات",
    Intent.PREFS_DIGEST: "digest resume resumes digests ملخص الملخص",
    Intent.PREFS_QUIET_HOURS: "quiet silence calme هدوء",
    Intent.SUBSCRIBE: "follow suivre subscribe abonner abonnement tabe3 متابعة تابع اشتراك",
    Intent.UNSUBSCRIBE: "stop unfollow unsubscribe desabonner nesuisplus 7bess توقف إيقاف ايقاف",
    Intent.LINK: "link lier relier connect rbet ربط",
    Intent.UNLINK: "unlink delier logout devices appareils فك_الربط أجهزتي",
    Intent.INBOX: "inbox messages boite notices رسائلي",
    Intent.HELP: "help aide menu commands 3awen مساعدة المساعدة",
    Intent.CANCEL: "cancel annuler lghi إلغاء الغاء",
    Intent.APPROVAL_LIST: "approvals approbations validations مصادقات المصادقات",
    Intent.APPROVAL_REQUEST: "publish publier rediger تحرير نشر",
    Intent.QUESTION_SUBMIT: "question so2al سؤال سؤال_كتابي",
    Intent.AUDIENCE_REQUEST: "audience appointment rendezvous rdv maw3id موعد استقبال",
    Intent.MEDIA_LOG: "media presse press صحافة طلب_صحفي",
    Intent.MAIL_REGISTER: "mail courrier registry brid بريد مراسلة",
    Intent.SESSION_PLAN: "plan planifier creer newsession برمجة",
    Intent.SESSION_PREPARE: "prepare preparer prepa إعداد تحضير",
    Intent.SESSION_CONVENE: "convene convoquer convocation استدعاء",
    Intent.SESSION_CANCEL: "calloff annulersession إلغاء_الدورة",
    Intent.SESSION_MINE: "mine messessions mysessions دوراتي",
    Intent.ITEM_PROPOSE: "propose proposer proposition اقتراح",
    Intent.DUTY_LIST: "due du echeances deadlines الآجال آجال",
    Intent.HUMAN_HANDOFF: "human agent contact humain موظف",
}
NAMES: dict[str, Intent] = {
    normal(name): intent for intent, names in COMMANDS.items() for name in names.split()
}
START = "start"


def commanded(text: str) -> tuple[Intent | None, str] | None:
    """Return what a command asks, with the rest of the line; None when it is no command.

    The intent is None for a command nobody knows. `/start` comes with a token when a person
    followed a link made for them (Telegram's deep links), and is a greeting when alone.
    """
    found = COMMAND.fullmatch(text)
    if not found:
        return None
    name, rest = normal(found[1]), (found[2] or "").strip()
    if name == START:
        return (Intent.LINK if rest else Intent.GREETING), rest
    return NAMES.get(name) or _nearest(name), rest


def _nearest(name: str) -> Intent | None:
    if len(name) < MISSPELT_LENGTH:
        return None
    near = process.extractOne(name, NAMES.keys(), scorer=OSA.distance, score_cutoff=1)
    return NAMES[near[0]] if near else None
