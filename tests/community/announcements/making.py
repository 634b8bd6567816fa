"""What these tests make and ask."""


def numbers(announcements):
    return set(announcements.values_list("pk", flat=True))
