"""The three ways in which sending goes wrong."""


class NotSent(Exception):
    """Nothing left the house: it may be tried again."""


class Refused(Exception):
    """It will never arrive there. `is_expected` when we knew, as with an address whose mail comes back."""

    def __init__(self, reason: str, *, is_expected: bool = False):
        self.is_expected = is_expected
        super().__init__(reason)


class Uncertain(Exception):
    """The line broke while it was being handed over: a person has to judge, as sending twice is worse."""
