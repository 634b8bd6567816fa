import pytest

from groups.subgroups.models import SubgroupRole
from tests.factories import SubgroupFactory, member_of


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def starter(subgroup):
    return member_of(subgroup, first_name="Anneke")


@pytest.fixture
def moderator(subgroup):
    return member_of(subgroup, SubgroupRole.MODERATOR, first_name="Mo")
