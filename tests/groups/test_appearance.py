"""A group chooses its tint and icon from names that people know."""

import re
from pathlib import Path

import pytest

from groups.people.models import HUES
from groups.subgroups.appearance import HUE_NAMES, ICON_NAMES
from groups.subgroups.forms import SubgroupForm
from tests.factories import SubgroupFactory


def test_every_tint_has_a_name_and_every_icon_a_picture():
    sprite = Path("theme/static/theme/icons.svg").read_text()

    assert list(HUE_NAMES) == HUES
    assert set(ICON_NAMES) <= set(re.findall(r'id="([a-z0-9-]+)"', sprite))


@pytest.mark.django_db
def test_an_icon_that_does_not_exist_is_refused_and_the_present_one_stays_possible():
    subgroup = SubgroupFactory(icon="vote")

    assert "icon" in SubgroupForm({"icon": "nonsense"}, instance=subgroup).errors
    assert "icon" not in SubgroupForm({"icon": "vote"}, instance=SubgroupFactory(icon="vote")).errors
    assert "icon" not in SubgroupForm({"icon": "anchor"}, instance=SubgroupFactory()).errors
