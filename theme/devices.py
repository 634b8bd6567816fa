"""A browser's name for itself, in words that its owner knows: "Firefox · Windows"."""

from django.utils.translation import gettext

# In this order: Edge and Opera also call themselves Chrome, and Chrome also calls itself Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)
PHONES = ("iPhone", "Mobile")


def device_name(user_agent: str) -> str:
    parts = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    return " · ".join(part for part in parts if part) or gettext("Unknown device")


def is_phone(user_agent: str) -> bool:
    return any(word in user_agent for word in PHONES)


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for word, name in names if word in user_agent), "")
