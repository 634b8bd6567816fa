"""What members type, made harmless: the same words, without characters that hide, reverse or overflow."""

import re
import unicodedata

from django import forms

# Control characters but tab and line feed; direction overrides; invisible fillers; lone surrogates; tag characters.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
STACK = 3  # combining marks on one letter; no living language needs more once the text is composed
BLANK_LINES = re.compile(r"\n{4,}")


def clean_text(text: str) -> str:
    """The text composed (NFC), with line feeds, at most three marks on a letter, without hidden characters."""
    text = UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text)
    if not text.isascii():
        text = _unstacked(text)
    return BLANK_LINES.sub("\n\n\n", text).strip()


def clean_line(text: str) -> str:
    """As `clean_text`, on one line: for titles and names."""
    return " ".join(clean_text(text).split())


def _unstacked(text: str) -> str:
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= STACK:
            kept.append(character)
    return "".join(kept)


class PlainTextField(forms.CharField):
    """A form field for what people write: cleaned before it is validated, so that a stray NUL costs nobody a text."""

    def __init__(self, *, one_line: bool = False, **options):
        self.one_line = one_line
        options.setdefault("widget", forms.TextInput if one_line else forms.Textarea)
        super().__init__(strip=False, **options)

    def to_python(self, value):
        if value in self.empty_values:
            return super().to_python(value)
        return (clean_line if self.one_line else clean_text)(str(value)) or self.empty_value
