from datetime import UTC, datetime

from channels.webhook.signing import signature

NOW = datetime(2026, 1, 28, 9, 0, tzinfo=UTC)


def test_the_instant_and_the_body_are_signed() -> None:
    # printf '1769590800.{}' | openssl dgst -sha256 -hmac secret
    assert signature(("secret",), NOW, b"{}") == (
        "t=1769590800,v1=a61dc05a058dd06769c512f3183ad90f5718f8b8d27de7f94e8f738e7ae1d8fc"
    )


def test_another_body_instant_or_secret_signs_otherwise() -> None:
    later = NOW.replace(minute=1)
    proofs = {
        signature(*of).partition("v1=")[2]
        for of in (
            (("secret",), NOW, b"{}"),
            (("secret",), NOW, b"{ }"),
            (("secret",), later, b"{}"),
            (("other",), NOW, b"{}"),
        )
    }
    assert len(proofs) == 4


def test_while_a_secret_is_changed_both_sign_the_newer_first() -> None:
    alone = [signature((one,), NOW, b"{}").partition(",")[2] for one in ("new", "old")]
    assert signature(("new", "old"), NOW, b"{}") == f"t=1769590800,{','.join(alone)}"
