"""The blocks that a page's text is made of. Stored by name: rename one only together with a data migration."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link"]


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quote"))
    source = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        template = "pages/blocks/quote.html"
        icon = "openquote"
        label = _("Quote")


class ButtonBlock(blocks.StructBlock):
    """A call to action: one button to a page of ours or elsewhere."""

    label = blocks.CharBlock(label=_("Text on the button"), max_length=40)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.URLBlock(label=_("Or an address"), required=False)

    class Meta:
        template = "pages/blocks/button.html"
        icon = "link"
        label = _("Button")


class Body(blocks.StreamBlock):
    """The text of announcements, news and pages."""

    message = blocks.TextBlock(
        label=_("Plain text"),
        help_text=_("A blank line starts a new paragraph, a line with - in front becomes a list."),
        icon="pilcrow",
        template="pages/blocks/message.html",
    )
    text = blocks.RichTextBlock(label=_("Text"), features=FEATURES, icon="edit")
    picture = ImageBlock(label=_("Picture"), template="pages/blocks/picture.html")
    file = DocumentChooserBlock(label=_("File"), template="pages/blocks/file.html")
    quote = QuoteBlock()
    button = ButtonBlock()

    class Meta:
        template = "pages/blocks/body.html"
