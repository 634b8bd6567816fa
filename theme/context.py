"""What every template may use. Computed lazily, so that a fragment pays nothing for the frame."""

from django.utils.functional import SimpleLazyObject

from theme.house import house


def theme(request):
    return {"house": SimpleLazyObject(house)}
