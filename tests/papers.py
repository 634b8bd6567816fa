"""Reading our own PDFs back."""

from io import BytesIO

from pypdf import PdfReader


def words_on(pdf: bytes) -> str:
    """All text on its pages, in one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
