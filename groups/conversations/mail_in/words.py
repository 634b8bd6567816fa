"""What somebody newly wrote in a mail: without the mail it answers, and without a signature."""

import re
from email.message import EmailMessage
from html.parser import HTMLParser

from notifications.mail import REPLY_LINE

ENDS = [  # from such a line on nothing is new
    re.compile(rf"[>\s]*{re.escape(REPLY_LINE)}"),
    re.compile(r"[>\s]*-{2,}\s*(oorspronkelijk bericht|original message|doorgestuurd bericht|forwarded message)", re.I),
    re.compile(r"_{10,}\s*$"),
    re.compile(r"--\s?$"),
    re.compile(r"(verstuurd|verzonden) (vanaf|met|via) (mijn |outlook)|sent from (my |outlook)|get outlook for", re.I),
]
# “Op vr 28 nov 2026 om 10:42 schreef Club <a@b>:” may run over two or three lines.
HEADS = re.compile(
    r"^[>\s]*(?:(?:op|on)\s(?=[^\n]*\d)(?:[^\n]*\n){0,2}[^\n]*(?:schreef|geschreven|wrote)[^\n]*:?\s*$)"
    r"|^[>\s*]*(?:van|from)\s?:\*?[^\n]*\n(?:[^\n]*\n){0,2}?[>\s*]*(?:verzonden|datum|sent|date|aan|to)\s?:",
    re.IGNORECASE | re.MULTILINE,
)
GREETINGS = re.compile(
    r"^(met (vriendelijke|hartelijke|sportieve) groet(en)?|(hartelijke|vriendelijke|veel|lieve) groet(en|jes)?"
    r"|groet(en|jes)?|mvg|kind regards|best regards|best wishes|regards|cheers)[,.!]?(\s+\w{1,20})?$",
    re.IGNORECASE,
)
SIGNATURE_LINES = 8


def own_words(mail: EmailMessage) -> str:
    """The new text of a mail; empty when it has none."""
    return without_signature(_before_the_old(plain_text(mail)))


def plain_text(mail: EmailMessage) -> str:
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, UnicodeDecodeError):
        content = part.get_payload(decode=True).decode("utf-8", "replace")
    content = content.replace("\r\n", "\n").replace("\u00a0", " ")
    return _without_tags(content) if part.get_content_subtype() == "html" else content


def _before_the_old(text: str) -> str:
    head = HEADS.search(text)
    kept = []
    for line in (text[: head.start()] if head else text).split("\n"):
        if any(end.match(line) for end in ENDS):
            break
        kept.append(line)
    while kept and (not kept[-1].strip() or kept[-1].startswith(">")):
        kept.pop()
    return "\n".join(kept).strip()


def without_signature(text: str) -> str:
    """A greeting near the end and what follows it go; a greeting that is all there is stays."""
    lines = text.split("\n")
    for place in range(max(1, len(lines) - SIGNATURE_LINES), len(lines)):
        if GREETINGS.match(lines[place].strip()):
            return "\n".join(lines[:place]).strip() or text
    return text


class _Words(HTMLParser):
    BLOCKS = ("p", "div", "br", "li", "tr", "h1", "h2", "h3")

    def __init__(self):
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag, attrs):
        if tag in ("style", "script", "head", "blockquote"):
            self.hidden += 1
        elif tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        if tag in ("style", "script", "head", "blockquote"):
            self.hidden = max(0, self.hidden - 1)

    def handle_data(self, data):
        if not self.hidden:
            self.parts.append(data.replace("\n", " "))


def _without_tags(html: str) -> str:
    words = _Words()
    words.feed(html)
    lines = (" ".join(line.split()) for line in "".join(words.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
