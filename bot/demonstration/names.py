"""Invented people: names in French and Arabic letters, drawn from lists of our own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

from domain.folding import folded

# Everyday given names, and family names made of rivers, trees, trades and mountains: no list of
# elected people was read for them.
GIVEN = (
    ("Amina", "أمينة"), ("Yassine", "ياسين"), ("Salma", "سلمى"), ("Rachid", "رشيد"),
    ("Hind", "هند"), ("Karim", "كريم"), ("Latifa", "لطيفة"), ("Hamza", "حمزة"),
    ("Nadia", "نادية"), ("Tarik", "طارق"), ("Zineb", "زينب"), ("Adil", "عادل"),
    ("Meryem", "مريم"), ("Jamal", "جمال"), ("Ghita", "غيثة"), ("Mourad", "مراد"),
    ("Souad", "سعاد"), ("Anas", "أنس"), ("Fatima-Zahra", "فاطمة الزهراء"), ("Khalid", "خالد"),
    ("Houda", "هدى"), ("Reda", "رضا"), ("Laïla", "ليلى"), ("Saïd", "سعيد"),
    ("Imane", "إيمان"), ("Brahim", "إبراهيم"), ("Asmae", "أسماء"), ("Othmane", "عثمان"),
    ("Khadija", "خديجة"), ("Mehdi", "مهدي"), ("Sanae", "سناء"), ("Driss", "إدريس"),
)  # fmt: skip
FAMILY = (
    ("Toubkali", "التوبقالي"), ("Ben Zaytoun", "بن زيتون"), ("Moulouyi", "الملوي"),
    ("El Yasmini", "الياسميني"), ("Tensifti", "التانسيفتي"), ("Ben Rommane", "بن الرمان"),
    ("Sebouki", "السبوكي"), ("El Argani", "الأركاني"), ("Draoui", "الدراوي"),
    ("Ben Nakhla", "بن نخلة"), ("El Marsaoui", "المرساوي"), ("Zellaji", "الزلايجي"),
    ("Ourikaoui", "الأوريكاوي"), ("El Warraq", "الوراق"), ("Ben Louz", "بن لوز"),
    ("El Fanari", "الفناري"), ("Sanoubri", "الصنوبري"), ("El Bahhari", "البحاري"),
    ("Ben Sakia", "بن ساقية"), ("Nassaji", "النساجي"), ("El Qantari", "القنطري"),
    ("Ben Hadiqa", "بن حديقة"), ("Najjari", "النجاري"), ("El Aïni", "العيني"),
    ("Ben Warda", "بن وردة"), ("Rayhani", "الريحاني"), ("El Karmi", "الكرمي"),
    ("Ben Kharroub", "بن خروب"), ("Saqqaï", "السقاي"), ("El Jabli", "الجبلي"),
)  # fmt: skip
NOT_IN_AN_ADDRESS = re.compile(r"[^a-z]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One name in both scripts."""

    latin: str
    arabic: str

    def written(self, language: str) -> str:
        """Return the name as its bearer writes it in this language."""
        return self.arabic if language in {"ar", "ary"} else self.latin

    @property
    def mailbox(self) -> str:
        """Return the part before the @: `amina.benzaytoun`."""
        given, _, family = folded(self.latin.replace("Fatima-Zahra", "Fatimazahra")).partition(" ")
        return f"{given}.{NOT_IN_AN_ADDRESS.sub('', family)}"


def names(chance: Random) -> Iterator[Name]:
    """Return names in an order of chance, none of them twice."""
    pairs = list(product(GIVEN, FAMILY))
    chance.shuffle(pairs)
    return (
        Name(f"{given} {family}", f"{first} {last}") for (given, first), (family, last) in pairs
    )
