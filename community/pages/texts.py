"""The words in a page's blocks, without pictures and buttons."""

from html import unescape

from django.utils.html import strip_tags

WORDED = ("message", "text", "quote")


def plain_text_of(body) -> str:
    """The words of a StreamField value, a blank line between the blocks."""
    return "\n\n".join(_words(block) for block in body if block.block_type in WORDED)


def whole_text_of(page) -> str:
    """Title, introduction and words of a page or of one of its versions."""
    return "\n\n".join([page.title, page.intro, plain_text_of(page.body)])


def _words(block) -> str:
    if block.block_type == "message":
        return str(block.value)
    if block.block_type == "quote":
        return block.value["text"]
    # A space between tags, so that words of two paragraphs do not grow together.
    return unescape(strip_tags(str(block).replace(">", "> ")))
