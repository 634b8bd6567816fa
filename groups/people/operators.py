"""Who looks after the machinery: community managers see how the house is running."""

from groups.people.access import may_for_association
from notifications.access import operator_registry


@operator_registry
def looks_after_the_house(member) -> bool:
    return may_for_association(member, "manage_house")
