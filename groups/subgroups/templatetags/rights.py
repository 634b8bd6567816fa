from django import template

from groups.subgroups.rights import RIGHT_LABELS

register = template.Library()


@register.filter
def right_label(code: str):
    return RIGHT_LABELS.get(code, code)
