"""`{% load conversations %}`: the words of a message."""

from django import template

from groups.conversations import text

register = template.Library()


@register.filter
def message_html(message):
    return text.message_html(message)


@register.filter
def excerpt(value, length=140):
    return text.excerpt(value or "", int(length))
