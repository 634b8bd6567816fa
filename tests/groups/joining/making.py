"""What these tests make and ask."""

from groups.subgroups.models import Subgroup

OPEN = Subgroup.JoinPolicy.OPEN
