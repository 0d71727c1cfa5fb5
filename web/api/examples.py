"""What may be sent, as an example each: the description and its page show them."""

from collections.abc import Mapping
from typing import Any

HALL = {
    "fr": {"title": "Fermeture", "text": "La mairie est fermée demain."},
    "ar": {"title": "إغلاق", "text": "مقر الجماعة مغلق يوم غد."},
    "en": {"title": "Closed", "text": "The town hall is closed tomorrow."},
}
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "NewNotice": {
        "class": "informational",
        "audience": {"kind": "body", "ref": "council"},
        "content": HALL,
    },
    "NewPerson": {
        "name": "Amina Alaoui",
        "language": "ar",
        "seats": [{"body": "council", "role": "member"}],
        "declared_address": "mailto:amina.alaoui@commune.example",
        "other_addresses": ["tel:+212661234567"],
        "is_verified": False,
    },
    "Subscription": {"topic": "sessions", "is_wanted": True, "channel": "email"},
    "NewWebhook": {
        "name": "web-site",
        "url": "https://www.commune.example/hooks/council",
        "kinds": ["convocation", "session_moved", "session_cancelled"],
        "bodies": ["council"],
    },
}
"""By the name of the shape that they are of."""
