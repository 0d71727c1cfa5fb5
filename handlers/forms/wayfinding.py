"""The few words that are no answer to a question of a form, but a way around in it."""

from enum import StrEnum

from handlers.understanding.wording import norms


class Word(StrEnum):
    BACK = "back"
    SKIP = "skip"
    LATER = "later"
    CANCEL = "cancel"
    HELP = "help"
    CORRECT = "correct"


# Whole messages, and nothing else: in a longer text the same words are an answer.
SAID = {
    Word.BACK: """
        retour | précédent | précédente | revenir | revenir en arrière | question précédente
        | back | go back | previous | رجوع | السابق | عودة | ارجع | رجع | rje3 | lor
    """,
    Word.SKIP: """
        passer | passe | je passe | suivant | suivante | rien | aucun | aucune | skip | next | none
        | تجاوز | تخطي | التالي | لا شيء | بلا | dowez | douz | foto | walo
    """,
    Word.LATER: """
        plus tard | pas maintenant | on verra plus tard | later | not now | do it later
        | فيما بعد | لاحقا | ليس الآن | من بعد | mn ba3d | men be3d
    """,
    Word.CANCEL: """
        annuler | annule | annulez | abandonner | laisse tomber | cancel | abort | never mind
        | nevermind | إلغاء | ألغ | تراجع | لغي | lghi | annuli
    """,
    Word.HELP: "aide | help | مساعدة | عاونوني | 3awnouni | ?",
    Word.CORRECT: """
        corriger | modifier | changer | correct | edit | change | تصحيح | تعديل | بدل | bedel
    """,
}
MEANT = {
    norms(saying): word
    for word, sayings in SAID.items()
    for saying in sayings.split("|")
    if norms(saying)
}
LONGEST = 40  # characters; whoever says more answers


def word(text: str) -> Word | None:
    """Return the way somebody wants to go, when they said that and no more."""
    if text.strip() in {"?", "؟"}:
        return Word.HELP
    return MEANT.get(norms(text)) if len(text) <= LONGEST else None
