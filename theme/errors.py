"""What a member may hear when something cannot be done."""


class Refusal(Exception):
    """A rule said no. `message` is a translatable, friendly sentence; subclasses set it.

    Where something can be done about it, `way_on` is the name of that page and `way_words` the words of the link.

    Views turn a refusal into an error on the form or into a page with status 422, never into a 500.
    """

    message = ""
    way_on = way_words = ""

    def __init__(self, message=None):
        if message is not None:
            self.message = message
        super().__init__(self.message)

    def __str__(self):
        return str(self.message)
