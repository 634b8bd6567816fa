"""What a messenger may show of a pot: its title and the picture of the group. Of a surprise, not even the title."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from finance.pots.models import Pot
from theme.house import house


@dataclass(frozen=True, slots=True)
class ShareCard:
    title: str
    url: str
    picture_url: str
    has_picture: bool
    door_url: str


def share_card(pot: Pot) -> ShareCard:
    is_surprise = pot.surprised_id is not None
    has_picture = bool(pot.subgroup.picture) and not is_surprise
    picture = reverse("pot-card-picture", args=[pot.share_key]) if has_picture else house().touch_icon_url
    return ShareCard(
        title=house().name if is_surprise else pot.name,
        url=share_url(pot),
        picture_url=f"{settings.BASE_URL}{picture}",
        has_picture=has_picture,
        door_url=f"{reverse('account_login')}?next={pot.get_absolute_url()}",
    )


def share_url(pot: Pot) -> str:
    return f"{settings.BASE_URL}{reverse('pot-card', args=[pot.share_key])}"
