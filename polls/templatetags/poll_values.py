"""`{% load poll_values %}`."""

from django import template

register = template.Library()


@register.filter
def at(values: dict | None, key) -> str:
    """What stands under `key`, or nothing."""
    return (values or {}).get(key, "")
