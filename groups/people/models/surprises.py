"""What a group, discussion, event or pot carries when it is a surprise for one member, and who it is absent for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from theme.kept import today


class Surprising(models.Model):
    """May be kept from one named member until a day, on which it appears; without a day until somebody says so."""

    hidden_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("a surprise for"),
    )
    hidden_until = models.DateField(_("appears on"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def surprised_id(self) -> int | None:
        """Whom it is kept from today."""
        is_over = self.hidden_until is not None and self.hidden_until <= timezone.localdate()
        return None if is_over else self.hidden_from_id


def kept_from(member, path: str = "") -> Q:
    """Rows that are a surprise for this member today, for `exclude`; `path` leads to what is hidden (“subgroup__”).

    Who is not logged in may be anybody. Whoever looks along with a member brings their own surprises.
    """
    if not member.is_authenticated:
        return kept_from_somebody(path)
    for_them = [(f"{path}hidden_from", pk) for pk in member.surprisable_ids]
    return Q(*for_them, _connector=Q.OR) & _running(path)


def kept_from_somebody(path: str = "") -> Q:
    """Rows that are a surprise for anybody today."""
    return Q(**{f"{path}hidden_from__isnull": False}) & _running(path)


def _running(path: str) -> Q:
    no_end = Q(**{f"{path}hidden_until__isnull": True})
    return no_end | Q(**{f"{path}hidden_until__gt": today()})
