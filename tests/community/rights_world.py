"""One house with something at every address, and somebody of every role to knock on all of them."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from community.pages.models import AnnouncementPage
from community.portal.demo import load_all
from community.privacy.models import LegalHold, PrivacyRequest
from finance.bank.models import BankLine
from finance.pots.models import Expense, PaymentRequest, Pot
from finance.pots.services import claim_expense
from groups.agreements.access import texts_of_entry
from groups.agreements.queries import in_force
from groups.agreements.services import accept
from groups.albums.models import Album, Photo
from groups.albums.services import object_to
from groups.conversations.models import Conversation, Message
from groups.counter.models import Service, ServiceRequest
from groups.events.models import Event
from groups.moderation.models import Report
from groups.people.models import AssociationRole, Member, RoleGrant
from groups.people.services import grant_role
from groups.subgroups.models import SubgroupRole, SubgroupRoleGrant
from groups.subgroups.services import grant_subgroup_role
from groups.todos.models import Task
from polls.models import Poll
from tests.community.rights_objects import more_rows

GROUP = "zomertocht-friesland"
ROLES = ("stranger", "outsider", "member", "moderator", "geldchef", "treasurer", "board", "manager", "unproven")
EVENTS = {
    *("event", "edit-event", "cancel-event", "answer-event", "attend-event", "event-ics", "skip-occurrence"),
    *("event-price", "event-questions", "event-replies", "event-shifts"),
}
OPEN_TO_ALL = "x"  # what stands in the place of a part that names no row


class World:
    """The demo, with people in each of the roles: `unproven` is the manager who has not set up a second factor."""

    def __init__(self):
        club = load_all()
        self.group = club.subgroups[GROUP]
        inside = club.in_group(GROUP)
        known = {member.pk for member in club.people.values()}  # they have roles here and there
        plain = [member for member in inside if member.pk not in known]
        moderator = plain[1]
        grant_subgroup_role(subgroup=self.group, member=moderator, role=SubgroupRole.MODERATOR, by=None)
        geldchef = plain[2]
        pot = Pot.objects.filter(subgroup=self.group).first()
        grant_subgroup_role(subgroup=self.group, member=geldchef, role=SubgroupRole.GELDCHEF, by=None)
        pot.roles.create(member=geldchef, label=str(geldchef), role="co_chef", granted_by_label="test")
        outside = Member.objects.exclude(pk__in=[*known, *(each.pk for each in inside)])
        self.people = {
            "stranger": None,
            "outsider": outside.order_by("pk").first(),
            "member": plain[0],
            "moderator": moderator,
            "geldchef": geldchef,
            "treasurer": self._with(outside, 2, AssociationRole.TREASURER),
            "board": self._with(outside, 3, AssociationRole.BOARD),
            "manager": self._with(outside, 4, AssociationRole.COMMUNITY_MANAGER),
        }
        for member in filter(None, self.people.values()):
            for text in in_force(texts_of_entry()):
                accept(text=text, member=member)
        self.people["unproven"] = self.people["manager"]
        self.rows = self._rows(club, pot, plain[3])
        self.rows |= more_rows(
            group=self.group,
            pot=pot,
            other=plain[3],
            someone=plain[4],
            event=Event.objects.get(pk=self.rows["event"]),
            message=Message.objects.get(pk=self.rows["message_id"]),
            report=Report.objects.get(pk=self.rows["report_id"]),
            request=PaymentRequest.objects.get(reference=self.rows["reference"]),
        )

    def _with(self, people, place: int, role: str) -> Member:
        member = people.order_by("pk")[place]
        grant_role(member=member, role=role, by=None)
        return member

    def _rows(self, club, pot, other: Member) -> dict:
        """What stands in the place of each part of an address; the group's own wherever it has one."""
        now, message = timezone.now(), Message.objects.filter(conversation__subgroup=self.group).last()
        event = Event.objects.filter(subgroup=self.group).first()
        claim = claim_expense(
            pot=pot, by=other, purpose="Lampen", cents=30_00, spent_on=now.date() - timedelta(days=1), receipt=None
        )
        claim.receipt.save("bon.pdf", ContentFile(b"%PDF-1.4"))
        report = Report.objects.create(
            message=message, subgroup=self.group, reporter=other, category="rude", picture=ContentFile(b"x", "x.webp")
        )
        task = Task.objects.create(title="Tent", subgroup=self.group, made_by=other)
        hold = LegalHold.objects.create(reason="Zaak", asked_by=other)
        first, second = Photo.objects.filter(album__subgroup=self.group)[:2]
        asked = PrivacyRequest.objects.create(member=other, kind="access", due_on=now.date() + timedelta(days=30))
        return {
            "slug": GROUP,
            "member_id": other.pk,
            "pot_id": pot.pk,
            "poll_id": Poll.objects.filter(subgroup=self.group).first().pk,
            "thread_id": Conversation.objects.filter(subgroup=self.group, kind="thread").first().pk,
            "conversation_id": Conversation.objects.get(subgroup=self.group, kind="chat").pk,
            "message_id": message.pk,
            "reference": PaymentRequest.objects.filter(pot=pot, party__member=other).first().reference,
            "expense_id": Expense.objects.get(pk=claim.pk).pk,
            "line_id": BankLine.objects.order_by("pk").last().pk,
            "report_id": report.pk,
            "task_id": task.pk,
            "hold_id": hold.pk,
            "request_id": asked.pk,
            "grant_id": RoleGrant.objects.first().pk,
            "subgroup_grant": SubgroupRoleGrant.objects.filter(membership__subgroup=self.group).first().pk,
            "event": event.pk,
            "announcement": AnnouncementPage.objects.live().first().pk,
            "album_id": Album.objects.filter(subgroup=self.group).first().pk,
            "photo_id": first.pk,
            "objection_id": object_to(photo=second, member=other).pk,
            "service_id": Service.objects.get(title="Sleutel van het hek").pk,
            "service_request_id": ServiceRequest.objects.last().pk,
            "year": now.year,
            "step": 1,
        }

    def value(self, name: str, part: str, converter: str):
        """What to knock with: a row of the house, else a number or word that is nobody's."""
        if f"{name}:{part}" in self.rows:
            return self.rows[f"{name}:{part}"]
        if part == "pk":
            return self.rows["event" if name in EVENTS else "announcement"]
        if name == "end-subgroup-role":
            part = "subgroup_grant" if part == "grant_id" else part
        if part in self.rows:
            return self.rows[part]
        return {"IntConverter": 999_999, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}.get(
            converter, OPEN_TO_ALL
        )


def doors(patterns=None, prefix=""):
    """(name, {part: converter}) of every address of the house; the editor's and allauth's have tests of their own."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern).lstrip("^")
        if route.startswith(("cms/", "account/")):
            continue
        if isinstance(entry, URLPattern):
            if entry.name and "(" not in route:
                yield entry.name, {key: type(kind).__name__ for key, kind in entry.pattern.converters.items()}
        else:
            yield from doors(entry.url_patterns, route)
