"""Numbers about so few people that they say who it is."""

SMALLEST = 5


def is_small(people: int) -> bool:
    """Whether a report must leave this number out. Nobody is not somebody."""
    return 0 < people < SMALLEST
