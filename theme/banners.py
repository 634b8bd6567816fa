"""One quiet line above every page, for what a member should know before it counts."""

from dataclasses import dataclass

from theme.registry import Registry


@dataclass(frozen=True, slots=True)
class Banner:
    """With `ends` it is loud and stays in sight, and its button ends what it is about: `url` takes a POST."""

    text: str
    url: str
    label: str
    icon: str
    ends: bool = False


banner_registry = Registry("What is said above this page? function(request) -> Banner or None; it must cost no query")


def banners(request) -> list[Banner]:
    return [banner for ask in banner_registry if (banner := ask(request))]
