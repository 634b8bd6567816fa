"""`{% load conversations %}`: the words of a message."""

from django import template

from groups.conversations import text
from groups.conversations.reactions import tallies

register = template.Library()


@register.filter
def message_html(message):
    return text.message_html(message)


@register.filter
def excerpt(value, length=140):
    return text.excerpt(value or "", int(length))


@register.filter
def weekday_clock(moment):
    """“today 14.00”, “tomorrow 9.00”, or the day of the week."""
    return text.weekday_clock(moment)


@register.inclusion_tag("conversations/reactions.html")
def reactions(message, member=None):
    """The reactions under a message, as this member may know them; without a member the public ones."""
    given = list(message.reactions.all())
    for reaction in given:
        reaction.message = message
    public, private = tallies(given, member)
    return {"message": message, "public": public, "private": private}
