import pytest
from django.utils import timezone


@pytest.fixture(autouse=True)
def moving_clock(time_machine):
    time_machine.move_to(timezone.now())
