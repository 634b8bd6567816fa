"""Subgroups under the umbrella: at most 50 active ones, at most 1,024 members each, and what a role may do in them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from groups.people.models import HUES, Surprising
from notifications.models import NoticeSettings

MAX_SUBGROUPS = 50
MAX_MEMBERS = 1024


class SubgroupQuerySet(models.QuerySet):
    def active(self):
        return self.filter(archived_at__isnull=True)


class PresentSubgroups(models.Manager.from_queryset(SubgroupQuerySet)):
    """A deleted group is in no list and at no address; only what the law keeps (books, votes, the log) names it."""

    def get_queryset(self):
        return super().get_queryset().filter(deleted_at__isnull=True)


class Subgroup(Surprising):
    """One of the association's groups. The word Group alone means Django's auth group."""

    class Kind(models.TextChoices):
        BRANCH = "branch", _("Branch")
        COMMITTEE = "committee", _("Committee")
        PROJECT = "project", _("Project")
        INTEREST = "interest", _("Interest group")
        EDITORIAL = "editorial", _("Editors")
        CONTENT = "content", _("Members' stories")
        NETWORK = "network", _("Network")
        BOARD = "board", _("Board")
        SOUNDING_BOARD = "sounding_board", _("Sounding board")

    class JoinPolicy(models.TextChoices):
        OPEN = "open", _("Everybody may join")
        REQUEST = "request", _("Ask to join")
        INVITATION = "invitation", _("By invitation")
        CLOSED = "closed", _("Closed")

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    description = models.TextField(
        _("description"), max_length=1000, help_text=_("What is this group for, and which messages belong here?")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.INTEREST)
    icon = models.CharField(_("icon"), max_length=30, default="users")
    hue = models.CharField(_("tint"), max_length=10, blank=True, choices=[(hue, hue) for hue in HUES])
    picture = models.ImageField(_("picture"), upload_to="subgroups/", blank=True)
    join_policy = models.CharField(_("joining"), max_length=12, choices=JoinPolicy, default=JoinPolicy.REQUEST)
    is_hidden = models.BooleanField(_("hidden from who is not a member"), default=False)
    push_level = models.CharField(
        _("what a push about this group shows at most"),
        max_length=5,
        choices=NoticeSettings.PushLevel,
        default=NoticeSettings.PushLevel.TEXT,
        help_text=_("A member who chose to see less sees less."),
    )
    modules = models.JSONField(_("parts that are switched on"), default=list)

    rules = models.TextField(_("house rules"), max_length=2000, blank=True)
    places = models.PositiveSmallIntegerField(
        _("places"), default=MAX_MEMBERS, help_text=_("At most 1,024. When it is full, people can wait for a place.")
    )
    # When a manager last said that the description still holds; after a year it is asked again.
    described_at = models.DateTimeField(default=timezone.now, editable=False)

    # The number of the place under the umbrella, 1 to 50; an archived subgroup has given it back.
    slot = models.PositiveSmallIntegerField(null=True, unique=True, editable=False)
    member_count = models.PositiveSmallIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PresentSubgroups()

    class Meta:
        verbose_name, verbose_name_plural = _("group"), _("groups")
        ordering = ["name"]
        permissions = [
            ("post_chat", "Post in the chat"),
            ("start_thread", "Start a discussion"),
            ("reply", "Reply in a discussion"),
            ("upload", "Add files and photos"),
            ("start_poll", "Start a poll"),
            ("open_pot", "Open a pot"),
            ("plan_event", "Plan an event"),
            ("invite", "Invite members"),
            ("announce", "Post announcements"),
            ("moderate", "Moderate"),
            ("manage_members", "Let members in and remove them"),
            ("manage_settings", "Change the group's settings"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(slot__isnull=True) | Q(slot__gte=1, slot__lte=MAX_SUBGROUPS), name="subgroup_at_most_50"
            ),
            models.CheckConstraint(
                condition=Q(slot__isnull=True, archived_at__isnull=False)
                | Q(slot__isnull=False, archived_at__isnull=True),
                name="subgroup_has_slot_while_active",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(archived_at__isnull=False, member_count=0),
                name="subgroup_deleted_is_empty",
            ),
            models.CheckConstraint(condition=Q(member_count__lte=MAX_MEMBERS), name="subgroup_at_most_1024"),
            models.CheckConstraint(condition=~Q(description=""), name="subgroup_has_description"),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=MAX_MEMBERS), name="subgroup_places_at_most_1024"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("subgroup", args=[self.slug])

    @property
    def tint(self) -> str:
        return self.hue or HUES[(self.pk or 0) % len(HUES)]

    @property
    def is_full(self) -> bool:
        return self.member_count >= self.places

    @property
    def stream(self) -> str:
        """The live stream that the members' open pages follow."""
        return f"subgroup.{self.pk}"

    noted, blanks = ("has_module", "is_hidden"), {"stream": models.CharField()}  # theme/kept.py

    def has_module(self, code: str) -> bool:
        return code in self.modules


class SubgroupGroupPermission(GroupObjectPermissionBase):
    """guardian's table “this role group may do this in this subgroup”, with a direct foreign key."""

    content_object = models.ForeignKey(Subgroup, models.CASCADE)


class SubgroupUserPermission(UserObjectPermissionBase):
    """guardian's table for the exception: one person, one subgroup, one right."""

    content_object = models.ForeignKey(Subgroup, models.CASCADE)
