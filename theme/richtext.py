"""Plain text of members → safe HTML: paragraphs, line breaks, lists, links and **heads**, and nothing else."""

import re
from itertools import groupby

import nh3
from django.utils.html import escape, urlize
from django.utils.safestring import SafeString, mark_safe

TAGS = {"a", "p", "br", "b", "i", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre"}
BULLET = re.compile(r"^\s*[-*•]\s+(?=\S)")
HEAD = re.compile(r"^\*\*([^*]+)\*\*$", re.MULTILINE)  # a line of its own
NUMBER = re.compile(r"^\s*\d{1,3}[.)]\s+(?=\S)")


# One line without anything that could be a tag, an address, a list or an escape: most of what people say.
PLAIN_LINE = re.compile(r"(?:[^\W_]|[ ,!?;()]|[.](?= |$))+")


def to_html(text: str) -> SafeString:
    if PLAIN_LINE.fullmatch(text) and _kind(text) == "p":
        return mark_safe(f"<p>{text.strip()}</p>")
    blocks = (_block(kind, list(lines)) for kind, lines in groupby(text.splitlines(), key=_kind))
    return clean("".join(blocks))


def clean(html: str) -> SafeString:
    """Only these tags, only these addresses, and links that give nothing away; the last word on member HTML."""
    return mark_safe(
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href", "title"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener nofollow ugc",
        )
    )


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    if BULLET.match(line):
        return "ul"
    return "ol" if NUMBER.match(line) else "p"


def _block(kind: str, lines: list[str]) -> str:
    if kind == "blank":
        return ""
    if kind == "p":
        return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"
    marker = BULLET if kind == "ul" else NUMBER
    items = "".join(f"<li>{_inline(marker.sub('', line))}</li>" for line in lines)
    return f"<{kind}>{items}</{kind}>"


def _inline(line: str) -> str:
    if head := HEAD.match(line.strip()):
        return f"<strong>{escape(head[1].strip())}</strong>"
    return urlize(escape(line.strip()), autoescape=False)


def heads_apart(text: str) -> str:
    """The text with each head as a paragraph of its own, without its signs; for comparing and for plain text."""
    return HEAD.sub(r"\1\n", text)
