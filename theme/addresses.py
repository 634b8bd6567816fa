"""Addresses that stand on a page thirty times: the pattern is looked up once per process, the number filled in."""

from functools import lru_cache

from django.urls import get_script_prefix, get_urlconf, reverse

NUMBER = 9_999_999_999


def address(url_name: str, number: int) -> str:
    """As `reverse(url_name, args=[number])`, for a page whose address holds one number."""
    before, after = _around(url_name, get_urlconf(), get_script_prefix())
    return f"{before}{int(number)}{after}"


@lru_cache(maxsize=256)
def _around(url_name: str, urlconf, prefix: str) -> tuple[str, str]:
    before, _, after = reverse(url_name, args=[NUMBER]).partition(str(NUMBER))
    return before, after
