"""Conversations, their numbered messages, and how far each member has read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models import Surprising
from groups.subgroups.models import Subgroup

MAX_TEXT = 5000


class Conversation(Surprising):
    """A place where messages follow each other in time: the chat of a subgroup, or a thread in it.

    `last_number` is the number of its newest message; the next one is given under a lock on this row, so that
    numbers have no gap and no double, and unread is a subtraction instead of a count.
    """

    class Kind(models.TextChoices):
        CHAT = "chat", _("chat")
        THREAD = "thread", _("discussion")
        DIRECT = "direct", _("direct message")

    kind = models.CharField(max_length=8, choices=Kind)
    subgroup = models.ForeignKey(Subgroup, models.CASCADE, null=True, related_name="conversations")
    title = models.CharField(_("subject"), max_length=120, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    last_number = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    # Of a discussion: the reply that is the answer.
    answer = models.ForeignKey("Message", models.SET_NULL, null=True, blank=True, related_name="+")
    # Of a direct conversation: the ids of who take part, so that the same people come back to the same one.
    circle = models.CharField(max_length=120, null=True, blank=True, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = _("conversation"), _("conversations")
        constraints = [
            models.UniqueConstraint(fields=["subgroup"], condition=Q(kind="chat"), name="conversation_one_chat"),
            models.CheckConstraint(
                condition=(Q(kind="thread") & ~Q(title="")) | (~Q(kind="thread") & Q(title="")),
                name="conversation_thread_has_title",
            ),
            models.CheckConstraint(
                condition=Q(kind="direct", subgroup__isnull=True, circle__isnull=False)
                | (~Q(kind="direct") & Q(subgroup__isnull=False, circle__isnull=True)),
                name="conversation_direct_or_in_subgroup",
            ),
        ]
        indexes = [models.Index(fields=["subgroup", "-last_at"], name="conversation_latest_first")]

    noted = ("kind",)  # theme/kept.py

    def __str__(self):
        if self.kind == self.Kind.DIRECT:
            return str(_("Direct message"))
        return self.title or str(self.subgroup)

    def get_absolute_url(self):
        if self.kind == self.Kind.CHAT:
            return reverse("chat", args=[self.subgroup.slug])
        if self.kind == self.Kind.DIRECT:
            return reverse("direct", args=[self.pk])
        return reverse("thread", args=[self.subgroup.slug, self.pk])

    @property
    def stream(self) -> str:
        """The live stream that carries its facts: that of its subgroup, or its own when it is direct or a surprise."""
        is_shared = self.subgroup_id and not self.hidden_from_id
        return f"subgroup.{self.subgroup_id}" if is_shared else f"conversation.{self.pk}"

    @property
    def notice_keys(self) -> list[str]:
        """The notices that reading this conversation makes read."""
        return [f"conversation:{self.pk}", f"mention:{self.pk}", f"direct:{self.pk}"]


class MessageQuerySet(models.QuerySet):
    def present(self):
        """Neither removed nor hidden."""
        return self.filter(removed_at__isnull=True, hidden_at__isnull=True)

    def shown(self):
        """With everything a page shows of a message, in a fixed number of queries."""
        return self.select_related(
            "author__status_text", "quotes__author", "conversation", "moved_to__conversation__subgroup"
        ).prefetch_related("mentions__member", "reactions", "attachments", "given__answer")


class Message(models.Model):
    """One post in a conversation. Its number never changes; removing it empties the text and keeps the place."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="messages")
    text = models.TextField(blank=True)
    quotes = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="quoted_by")
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_at = models.DateTimeField(null=True, blank=True, help_text="Out of sight by a moderator; can be undone")
    # Chosen by the page that sends it: sending again after a dropped line gives the first message back.
    key = models.UUIDField(null=True, blank=True)
    # Of a pointer, which stands in the place of a message that was moved: where that message is now.
    moved_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="pointers")
    told_at = models.DateTimeField(null=True, blank=True, help_text="When mentions and followers were told")

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("message"), _("messages")
        ordering = ["conversation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="message_number_once"),
            models.UniqueConstraint(
                fields=["conversation", "author", "key"], condition=Q(key__isnull=False), name="message_sent_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="message_number_from_one"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(text=""), name="message_removed_has_no_text"
            ),
            models.CheckConstraint(
                condition=Q(moved_to__isnull=True) | Q(removed_at__isnull=False), name="message_pointer_is_empty"
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "created_at"], name="message_by_time"),
            models.Index(fields=["author", "-created_at"], name="message_by_author"),
            # A search for a common word walks back from the newest message until it has found enough.
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
            models.Index(fields=["id"], condition=Q(told_at__isnull=True), name="message_untold"),
        ]

    def __str__(self):
        return f"{self.conversation_id}/{self.number}"

    def get_absolute_url(self):
        return reverse("message", args=[self.pk])

    @property
    def is_gone(self) -> bool:
        """Nothing of it may be shown: removed, or hidden by a moderator."""
        return self.removed_at is not None or self.hidden_at is not None

    @property
    def is_answer(self) -> bool:
        return self.conversation.answer_id == self.pk


class Mention(models.Model):
    """Somebody is named in a message with an @."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")

    class Meta:
        verbose_name, verbose_name_plural = _("mention"), _("mentions")
        constraints = [models.UniqueConstraint(fields=["message", "member"], name="mention_once")]

    def __str__(self):
        return f"{self.message} @ {self.member}"


class ReadPosition(models.Model):
    """How far one member has read one conversation, and whether they follow it. One row, however long it gets."""

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="positions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="read_positions")
    number = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(default=timezone.now)
    is_following = models.BooleanField(null=True, help_text="None: not chosen; writing in it makes it true")

    class Meta:
        verbose_name, verbose_name_plural = _("read position"), _("read positions")
        constraints = [models.UniqueConstraint(fields=["member", "conversation"], name="read_position_once")]
        indexes = [
            models.Index(fields=["conversation"], condition=Q(is_following=True), name="read_position_followers")
        ]

    def __str__(self):
        return f"{self.member_id} · {self.conversation_id} · {self.number}"
