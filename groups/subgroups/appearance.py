"""The tints and icons a group can choose from, by the names that people see."""

from django.utils.translation import gettext_lazy as _

HUE_NAMES = {
    "teal": _("sea green"),
    "rose": _("rose"),
    "violet": _("violet"),
    "amber": _("amber"),
    "green": _("green"),
    "blue": _("blue"),
    "slate": _("grey"),
}

ICON_NAMES = {
    "anchor": _("anchor"),
    "ship": _("ship"),
    "sailboat": _("sailing boat"),
    "waves": _("waves"),
    "bike": _("bicycle"),
    "trophy": _("cup"),
    "flag": _("flag"),
    "users": _("people"),
    "graduation-cap": _("graduation cap"),
    "handshake": _("handshake"),
    "heart": _("heart"),
    "coffee": _("cup of coffee"),
    "party-popper": _("party"),
    "music": _("music"),
    "camera": _("camera"),
    "book-open": _("book"),
    "newspaper": _("newspaper"),
    "megaphone": _("megaphone"),
    "messages-square": _("speech bubbles"),
    "landmark": _("building with columns"),
    "scale": _("scales"),
    "shield-check": _("shield"),
    "piggy-bank": _("piggy bank"),
    "wrench": _("wrench"),
    "home": _("house"),
    "map-pin": _("place on the map"),
    "globe": _("globe"),
    "leaf": _("leaf"),
    "sun": _("sun"),
    "star": _("star"),
    "umbrella": _("umbrella"),
}
