import pytest

from domain.files import LONGEST_NAME, Kept, media_type, named

SHA256 = "0f" * 32


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7 ...", "anything.exe", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "photo", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "image/png"),
        (b"PK\x03\x04", "Note.ODT", "application/vnd.oasis.opendocument.text"),
        (b"PK\x03\x04", "archive.zip", None),
        (b"MZ\x90", "report.pdf", None),
        (b"", "empty.pdf", None),
    ],
)
def test_a_file_is_what_its_bytes_say(content: bytes, name: str, kind: str | None) -> None:
    assert media_type(content, name) == kind


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\rapports\\note.pdf", "note.pdf"),
        ("note\n\x00finale.pdf", "note finale.pdf"),
        ("", "document"),
        ("محضر.pdf", "محضر.pdf"),
    ],
)
def test_a_name_is_a_name_and_no_place(name: str, safe: str) -> None:
    assert named(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    assert named("a" * 500 + ".pdf").endswith("a.pdf")
    assert len(named("a" * 500 + ".pdf")) == LONGEST_NAME


def test_a_file_is_named_in_an_answer_and_read_back() -> None:
    kept = Kept(SHA256, 12, "application/pdf", "note finale.pdf")
    assert Kept.read(kept.written) == kept


@pytest.mark.parametrize("answer", ["", "note.pdf", f"{SHA256} 0 application/pdf a", "x" * 64])
def test_what_names_no_file_is_refused(answer: str) -> None:
    with pytest.raises(ValueError, match="no file"):
        Kept.read(answer)
