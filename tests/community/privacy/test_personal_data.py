"""The register of personal data is complete: a field that can hold some and is not registered fails here."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from groups.people.models import Member
from theme.personal_data import Erasure, all_personal_data, traces_in

ROOT = Path(__file__).resolve().parents[3]
FREE = (models.TextField, models.CharField, models.JSONField, models.FileField, models.GenericIPAddressField)
ALWAYS_PERSONAL = (models.EmailField, models.GenericIPAddressField)
REGISTERED = {data.model: data for data in all_personal_data()}
# Free text that no person writes: numbers, codes and fingerprints that the program makes.
MADE_BY_THE_PROGRAM = {"slug", "token_hash", "digest", "key", "kind", "state", "code"}


def our_models():
    for model in apps.get_models(include_auto_created=False):
        if Path(apps.get_app_config(model._meta.app_label).path).is_relative_to(ROOT) and "/.venv/" not in str(
            apps.get_app_config(model._meta.app_label).path
        ):
            yield model


def points_at_a_member(field) -> bool:
    return field.is_relation and field.related_model is Member and not field.auto_created


def may_hold_personal_data(model) -> list[str]:
    """Fields that point at a member; and on a model with such a field, everything somebody can type."""
    fields = [field for field in model._meta.get_fields() if not field.auto_created and field.name != "id"]
    about_people = model is Member or any(points_at_a_member(field) for field in fields)
    return [
        field.name
        for field in fields
        if points_at_a_member(field)
        or isinstance(field, ALWAYS_PERSONAL)
        or (about_people and isinstance(field, FREE) and not field.choices and field.name not in MADE_BY_THE_PROGRAM)
    ]


@pytest.mark.parametrize("model", sorted(our_models(), key=lambda m: m._meta.label), ids=lambda m: m._meta.label)
def test_every_field_that_may_hold_personal_data_is_registered(model):
    data = REGISTERED.get(model._meta.label)
    known = {data.owner.split("__")[0], *data.fields, *data.acted, *data.impersonal} if data else set()
    unknown = [name for name in may_hold_personal_data(model) if name not in known | set(traces_in(model._meta.label))]

    assert unknown == [], f"say in personal_data.py of {model._meta.app_label} what these hold: {unknown}"


@pytest.mark.parametrize("data", all_personal_data(), ids=lambda data: data.model)
def test_a_registration_speaks_of_fields_that_exist(data):
    model = apps.get_model(data.model)

    for name in (*data.fields, *data.acted, *data.impersonal, *dict(data.emptied)):
        assert model._meta.get_field(name)


@pytest.mark.parametrize("data", all_personal_data(), ids=lambda data: data.model)
def test_what_stays_after_erasure_says_why(data):
    assert data.erasure not in (Erasure.KEEP, Erasure.UNNAME) or data.stays_because


@pytest.mark.django_db
@pytest.mark.parametrize("data", all_personal_data(), ids=lambda data: data.model)
def test_rows_of_a_member_can_be_found(data):
    assert list(data.rows_of(Member(pk=1))[:1]) == []
