from django import template

from groups.events import words

register = template.Library()
register.filter("when", words.when)
