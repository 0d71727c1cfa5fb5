"""What a browser gives of itself, for tests."""

ENDPOINT = "https://push.example/send/abc"
# A browser's keys as RFC 8291, 5 gives them.
P256DH = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
KEYS = {"p256dh": P256DH, "auth": AUTH}
GOOD = {"endpoint": ENDPOINT, "expirationTime": None, "keys": KEYS}
