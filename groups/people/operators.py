"""Who looks after the machinery: community managers see how the house is running, and what they decide is kept."""

from groups.people.access import may_for_association
from groups.people.audit import record
from notifications.access import judged_registry, operator_registry


@operator_registry
def looks_after_the_house(member) -> bool:
    return may_for_association(member, "manage_house")


@judged_registry
def keep_judgement(*, by, act: str, about, number: int) -> None:
    record(by=by, act=act, about=about, details={"number": number})
