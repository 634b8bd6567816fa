"""The blocks that a page's text is made of. Stored by name: rename one only together with a data migration."""

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from community.pages.cards import event_choices, film_address, find_card, items_for, poll_choices, pot_choices

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


class FilmBlock(blocks.StructBlock):
    """A film elsewhere. Nothing is asked of that site before the reader presses the button."""

    title = blocks.CharBlock(label=_("What it shows"), max_length=120)
    address = blocks.URLBlock(
        label=_("Address"), validators=[film_address], help_text=_("YouTube, Vimeo or PeerTube of SURF.")
    )

    class Meta:
        template = "pages/blocks/film.html"
        icon = "media"
        label = _("Film")

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context), "host": urlsplit(value["address"]).hostname}


class CardBlock(blocks.StructBlock):
    """One thing of another room, as a card for who may see it and nothing at all for who may not."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        request = (parent_context or {}).get("request")
        member = getattr(request, "user", None)
        may_ask = member is not None and member.is_authenticated and value[self.meta.code]
        return {**context, "found": find_card(self.meta.code, member, value[self.meta.code]) if may_ask else None}

    class Meta:
        template = "pages/blocks/card.html"
        code = ""


class EventCard(CardBlock):
    event = blocks.ChoiceBlock(label=_("Event"), choices=event_choices)

    class Meta:
        icon = "date"
        label = _("Event")
        code = "event"


class PollCard(CardBlock):
    poll = blocks.ChoiceBlock(label=_("Poll"), choices=poll_choices)

    class Meta:
        icon = "list-ol"
        label = _("Poll")
        code = "poll"


class PotCard(CardBlock):
    pot = blocks.ChoiceBlock(label=_("Pot"), choices=pot_choices)

    class Meta:
        icon = "pick"
        label = _("Pot")
        code = "pot"


class ItemsBlock(blocks.ListBlock):
    """Announcements, news and pages to read on; each reader sees those that are meant for them."""

    def __init__(self, **kwargs):
        super().__init__(blocks.PageChooserBlock(label=_("Page")), **kwargs)

    def get_context(self, value, parent_context=None):
        request = (parent_context or {}).get("request")
        member = getattr(request, "user", None)
        found = items_for(member, value) if member is not None else []
        return {**super().get_context(value, parent_context), "items": found}

    class Meta:
        template = "pages/blocks/items.html"
        icon = "list-ul"
        label = _("Items of a newsletter")


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
    event = EventCard()
    poll = PollCard()
    pot = PotCard()
    film = FilmBlock()
    items = ItemsBlock()

    class Meta:
        template = "pages/blocks/body.html"
