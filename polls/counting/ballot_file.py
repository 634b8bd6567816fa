"""Ballots as JSON, so that anyone can count again: `manage.py count FILE`."""

import json

from polls.counting.elections import Election, Malformed, Ranking, merged
from polls.counting.methods import METHODS, count


def count_file(text: str | bytes) -> dict:
    """Count the ballots in a JSON text; returns elected, tie and rounds. Raises Malformed with one sentence."""
    content = _parsed(text)
    return count(content["method"], election_from(content)).as_json()


def election_from(content: dict) -> Election:
    options = content["options"]
    numbers = tuple(range(1, len(options) + 1))
    ballots = [_ballot(entry, place, len(options)) for place, entry in enumerate(content["ballots"], start=1)]
    lots = tuple(tuple(lot) for lot in content.get("lots", []))
    return Election(numbers, merged(ballots), content.get("seats", 1), lots)


def _parsed(text: str | bytes) -> dict:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("This file is not JSON.") from error
    if not isinstance(content, dict):
        raise Malformed("The file must hold one JSON object with method, options and ballots.")
    _check_head(content)
    return content


def _check_head(content: dict) -> None:
    method = content.get("method")
    if not isinstance(method, str) or method not in METHODS:
        raise Malformed(f"The method must be one of {', '.join(METHODS)}.")
    if not _whole(content.get("seats", 1), least=1):
        raise Malformed("The number of seats must be a whole number of at least 1.")
    options = content.get("options")
    if not isinstance(options, list) or not options or not all(isinstance(option, str) for option in options):
        raise Malformed("The options must be a list of one or more texts.")
    if not isinstance(content.get("ballots"), list):
        raise Malformed("The ballots must be a list of pairs: a number of votes and a ballot.")
    lots = content.get("lots", [])
    if not isinstance(lots, list) or not all(_is_order(lot, len(options)) for lot in lots):
        raise Malformed("The lots must be a list of drawn orders of options.")


def _ballot(entry, place: int, options: int) -> tuple[int, Ranking]:
    if not isinstance(entry, list) or len(entry) != 2:
        raise Malformed(f"Ballot {place} must be a pair: a number of votes and a ballot.")
    number, groups = entry
    if not _whole(number, least=0):
        raise Malformed(f"The number of votes of ballot {place} must be a whole number.")
    if not isinstance(groups, list) or not all(isinstance(group, list) and group for group in groups):
        raise Malformed(f"Ballot {place} must be a list of groups of option numbers, none of them empty.")
    if not _is_order([option for group in groups for option in group], options):
        raise Malformed(f"Ballot {place} may name each of the options 1 to {options} once.")
    return number, tuple(tuple(group) for group in groups)


def _is_order(numbers, options: int) -> bool:
    """Whether these are option numbers, none of them twice."""
    if not isinstance(numbers, list) or not all(_whole(number, least=1) for number in numbers):
        return False
    return len(set(numbers)) == len(numbers) and max(numbers, default=1) <= options


def _whole(value, least: int) -> bool:
    # JSON's true is an int to Python.
    return isinstance(value, int) and not isinstance(value, bool) and value >= least
