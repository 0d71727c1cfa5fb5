"""Bodies as a town's store would name them."""

from handlers.understanding import KnownBody

ARRONDISSEMENTS = (
    ("ain-chock", "Aïn Chock", "عين الشق"),
    ("ain-sebaa", "Aïn Sebaâ", "عين السبع"),
    ("hay-mohammadi", "Hay Mohammadi", "الحي المحمدي"),
    ("roches-noires", "Roches Noires", "الصخور السوداء"),
    ("al-fida", "Al Fida", "الفداء"),
    ("mers-sultan", "Mers Sultan", "مرس السلطان"),
    ("ben-msick", "Ben M'sick", "بن مسيك"),
    ("sbata", "Sbata", "سباتة"),
    ("anfa", "Anfa", "أنفا"),
    ("maarif", "Maârif", "المعاريف"),
    ("sidi-belyout", "Sidi Belyout", "سيدي بليوط"),
    ("hay-hassani", "Hay Hassani", "الحي الحسني"),
    ("moulay-rachid", "Moulay Rachid", "مولاي رشيد"),
    ("sidi-othmane", "Sidi Othmane", "سيدي عثمان"),
    ("sidi-bernoussi", "Sidi Bernoussi", "سيدي البرنوصي"),
    ("sidi-moumen", "Sidi Moumen", "سيدي مومن"),
)
BODIES = (
    KnownBody("council", ("Conseil communal de Casablanca", "مجلس جماعة الدار البيضاء")),
    KnownBody("bureau", ("Bureau du conseil", "مكتب المجلس")),
    KnownBody(
        "com:budget",
        (
            "Commission du budget, des finances et de la programmation",
            "لجنة الميزانية والشؤون المالية والبرمجة",
        ),
    ),
    KnownBody(
        "com:services-publics",
        ("Commission des services publics", "لجنة المرافق العمومية والخدمات"),
    ),
    *(
        KnownBody(f"arr:{key}", (f"Conseil d'arrondissement {french}", f"مجلس مقاطعة {arabic}"))
        for key, french, arabic in ARRONDISSEMENTS
    ),
)
