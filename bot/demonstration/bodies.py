"""The bodies of a commune shaped like Casablanca, with what people call them, Darija too."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.bodies import BodyKind


@dataclass(frozen=True, slots=True)
class District:
    """An arrondissement. `seats`: the communal councillors elected there.

    Law 113-14, art. 218: the arrondissement's own councillors are twice as many, between 10 and
    20, so `seats` lies between 5 and 10; the sixteen add up to 147, and with their own to 441.
    """

    slug: str
    french: str
    arabic: str
    seats: int
    aliases: tuple[str, ...] = ()

    @property
    def own_seats(self) -> int:
        return 2 * self.seats

    @property
    def key(self) -> str:
        return f"arr:{self.slug}"


@dataclass(frozen=True, slots=True)
class NewBody:
    key: str
    kind: BodyKind
    names: dict[str, str]
    seats: int
    aliases: tuple[str, ...]


DISTRICTS = (
    District("ain-chock", "Aïn Chock", "عين الشق", 10, ("Ain Chok", "3in chok", "3ayn cho9")),
    District("ain-sebaa", "Aïn Sebaâ", "عين السبع", 10, ("Ain Sebaa", "3in sba3")),
    District("hay-mohammadi", "Hay Mohammadi", "الحي المحمدي", 9, ("l7ay lmohammadi",)),
    District(
        "roches-noires",
        "Roches Noires",
        "الصخور السوداء",
        9,
        ("Assoukhour Assawda", "Essoukhour Essaouda", "roch nwar"),
    ),
    District("al-fida", "Al Fida", "الفداء", 9, ("El Fida", "lfida")),
    District("mers-sultan", "Mers Sultan", "مرس السلطان", 9, ("mers soltan",)),
    District("ben-msick", "Ben M'sick", "بن مسيك", 8, ("Ben Msik", "ben msik")),
    District("sbata", "Sbata", "سباتة", 8, ("sbata", "Sebata")),
    District("anfa", "Anfa", "أنفا", 8, ("anfa",)),
    District("maarif", "Maârif", "المعاريف", 9, ("lm3arif", "Maarif")),
    District("sidi-belyout", "Sidi Belyout", "سيدي بليوط", 9, ("sidi belyot",)),
    District("hay-hassani", "Hay Hassani", "الحي الحسني", 10, ("l7ay l7assani",)),
    District("moulay-rachid", "Moulay Rachid", "مولاي رشيد", 10, ("moulay rchid",)),
    District("sidi-othmane", "Sidi Othmane", "سيدي عثمان", 10, ("sidi 3otman",)),
    District("sidi-bernoussi", "Sidi Bernoussi", "سيدي البرنوصي", 9, ("lbernoussi",)),
    District("sidi-moumen", "Sidi Moumen", "سيدي مومن", 10, ("sidi moumn",)),
)

COUNCILLORS = sum(district.seats for district in DISTRICTS)
ELECTED = sum(district.seats + district.own_seats for district in DISTRICTS)

COUNCIL = NewBody(
    "council",
    BodyKind.COUNCIL,
    {"fr": "Conseil communal", "ar": "مجلس الجماعة", "en": "Municipal council"},
    COUNCILLORS,
    (
        "conseil", "conseil municipal", "conseil de la ville", "mairie", "commune", "council",
        "city council", "المجلس الجماعي", "المجلس", "الجماعة", "lmajliss", "majliss lmdina",
        "majliss", "ljama3a", "lmajlis",
    ),
)  # fmt: skip
VICE_PRESIDENTS = 10
BUREAU = NewBody(
    "bureau",
    BodyKind.BUREAU,
    {"fr": "Bureau du conseil", "ar": "مكتب المجلس", "en": "Council bureau"},
    1 + VICE_PRESIDENTS,
    ("bureau", "المكتب", "lmaktab", "maktab lmajliss", "executive board"),
)
COMMISSION_SEATS = 25
COMMISSIONS = (
    NewBody(
        "com:budget",
        BodyKind.COMMISSION_PERMANENT,
        {
            "fr": "Commission du budget, des finances et de la programmation",
            "ar": "لجنة الميزانية والشؤون المالية والبرمجة",
            "en": "Budget, finance and programming committee",
        },
        COMMISSION_SEATS,
        ("commission du budget", "commission des finances", "budget", "لجنة الميزانية",
         "budget commission", "budget committee", "lajnat lmizaniya", "lmizaniya"),
    ),
    NewBody(
        "com:services-publics",
        BodyKind.COMMISSION_PERMANENT,
        {
            "fr": "Commission des services publics et des prestations",
            "ar": "لجنة المرافق العمومية والخدمات",
            "en": "Public services committee",
        },
        COMMISSION_SEATS,
        ("commission des services publics", "services publics", "لجنة المرافق العمومية",
         "lajnat lmarafi9", "lajnat lkhadamat"),
    ),
    NewBody(
        "com:urbanisme",
        BodyKind.COMMISSION_PERMANENT,
        {
            "fr": "Commission de l’urbanisme, de l’aménagement et de l’environnement",
            "ar": "لجنة التعمير وإعداد التراب والبيئة",
            "en": "Planning and environment committee",
        },
        COMMISSION_SEATS,
        ("commission de l’urbanisme", "urbanisme", "لجنة التعمير", "lajnat ta3mir",
         "planning committee"),
    ),
    NewBody(
        "com:affaires-sociales",
        BodyKind.COMMISSION_PERMANENT,
        {
            "fr": "Commission des affaires sociales, culturelles et sportives",
            "ar": "لجنة الشؤون الاجتماعية والثقافية والرياضية",
            "en": "Social, cultural and sports committee",
        },
        COMMISSION_SEATS,
        ("commission des affaires sociales", "affaires sociales", "لجنة الشؤون الاجتماعية",
         "commission culture et sport", "lajnat lijtima3iya", "social committee"),
    ),
    NewBody(
        "com:cooperation",
        BodyKind.COMMISSION_PERMANENT,
        {
            "fr": "Commission du partenariat et de la coopération",
            "ar": "لجنة الشراكة والتعاون",
            "en": "Partnership and cooperation committee",
        },
        COMMISSION_SEATS,
        ("commission de la coopération", "coopération", "لجنة التعاون", "lajnat chiraka"),
    ),
)  # fmt: skip


def bodies() -> Iterator[NewBody]:
    """Return every body, the council first."""
    yield COUNCIL
    yield BUREAU
    for district in DISTRICTS:
        yield NewBody(
            district.key,
            BodyKind.ARRONDISSEMENT_COUNCIL,
            {
                "fr": f"Conseil de l’arrondissement {district.french}",
                "ar": f"مجلس مقاطعة {district.arabic}",
                "en": f"{district.french} district council",
            },
            district.seats + district.own_seats,
            (
                district.french,
                district.arabic,
                f"arrondissement {district.french}",
                f"مقاطعة {district.arabic}",
                *district.aliases,
            ),
        )
    yield from COMMISSIONS
