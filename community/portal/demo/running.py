"""What running De Waterhoen left behind: settings that were changed, help that was given, a phone that was lost."""

from datetime import timedelta

from community.portal.demo.cast import Club
from community.portal.models import HouseSettings
from community.privacy.breaches import enter_breach, save_breach
from community.privacy.models import DeviceLoss
from community.privacy.reach import reach_of
from community.privacy.retention import set_term
from groups.people.history.kept import settings_change
from groups.people.services.support import end_support, grant_support, note_page, open_support
from groups.subgroups.services import change_subgroup, switch_right
from theme.retention import retention_rule


def load(club: Club) -> None:
    _settings(club)
    _help(club)
    _lost_phone(club)


def _settings(club: Club) -> None:
    manager, officer = club.people["beheer"], club.people["pieter"]
    house = HouseSettings.load()
    with settings_change("house", house, by=manager, act="settings.changed"):
        HouseSettings.objects.update(tagline="Roeien op de plassen, sinds 1904")
    group = club.subgroups["toerroeien"]
    change_subgroup(subgroup=group, by=manager, rules="Wie meegaat, vaart een keer de volgboot.")
    switch_right(subgroup=group, role="member", right="invite", on=True, by=manager)
    set_term(by=officer, rule=retention_rule("notices"), days=60)


def _help(club: Club) -> None:
    """Anneke let the community manager look along for half an hour, and ended it."""
    member, helper = club.people["anneke"], club.people["beheer"]
    access = open_support(access=grant_support(member=member, helper=helper, minutes=30, with_direct=False), by=helper)
    note_page(access=access, path="/agenda/")
    end_support(access=access, by=member)


def _lost_phone(club: Club) -> None:
    member, officer = club.people["thijs"], club.people["pieter"]
    logged_in = club.now - timedelta(days=9)
    loss = DeviceLoss.objects.create(
        member=member,
        device="Safari · iPhone",
        logged_in_at=logged_in,
        told_at=club.now - timedelta(days=6),
        reach=reach_of(member, logged_in).as_counts(),
    )
    breach = enter_breach(
        by=officer,
        title="Telefoon kwijt in de trein",
        story="Een lid liet zijn telefoon zonder code in de trein liggen. Hij was nog ingelogd.",
        discovered_at=club.now - timedelta(days=6),
        subgroups=[],
        kinds=["people.Member", "conversations.Message"],
        loss=loss,
    )
    save_breach(
        by=officer,
        breach=breach,
        closes=True,
        not_reported_because="De telefoon is binnen een uur uitgelogd en de volgende dag teruggevonden.",
        told_at=club.now - timedelta(days=5),
    )
