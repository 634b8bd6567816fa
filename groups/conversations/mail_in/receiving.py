"""From a mail to a message: is it really from this member, may they write there, and what did they newly say?"""

import email.policy
import io
import logging
import re
import uuid
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import getaddresses

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.mail import EmailMessage as Outgoing
from django.utils import translation
from django.utils.translation import gettext as _

from groups.conversations.access import may_post, may_upload, visible_conversations
from groups.conversations.mail_in.addresses import CONVERSATION, Target, target_of
from groups.conversations.mail_in.errors import Dropped, ForgedSender, PlaceGone, SubjectNeeded
from groups.conversations.mail_in.words import own_words
from groups.conversations.models import Message
from groups.conversations.services import post_message, start_thread
from groups.people.models import Member
from groups.subgroups.access import entered_subgroups, may, with_module
from theme.errors import Refusal
from theme.uploads import take_in

logger = logging.getLogger(__name__)
MOST_FILES = 10
RECEIVED_FOR = ("delivered-to", "x-original-to", "to", "cc")


def receive(raw: bytes) -> Message | None:
    """Post what a mail says; the same mail again posts nothing more.

    Returns the message, or None when the member was answered by mail why it could not be posted. Raises Dropped for
    what nobody should be answered about.
    """
    mail = message_from_bytes(raw, policy=email.policy.default)
    target = _target(mail)
    member = _sender(mail, target)
    with translation.override(member.language or settings.LANGUAGE_CODE):
        try:
            return _post(mail, target, member)
        except Refusal as refusal:
            logger.info("a mail of member %s was not posted: %s", member.pk, type(refusal).__name__)
            _answer(mail, member, str(refusal.message))
            return None


def _target(mail: EmailMessage) -> Target:
    addresses = getaddresses([str(value) for name in RECEIVED_FOR for value in mail.get_all(name, [])])
    found = [target for _, address in addresses if (target := target_of(address))]
    if not found:
        raise Dropped("no address of ours")
    if mail.get("Auto-Submitted", "no").lower() != "no" or mail.get("Precedence", "").lower() in ("bulk", "junk"):
        raise Dropped("an automatic mail")
    return found[0]


def _sender(mail: EmailMessage, target: Target) -> Member:
    """The member for whom the address was made, when the mail comes from their registered address."""
    member = Member.objects.filter(pk=target.member_id, is_active=True).first()
    senders = getaddresses([str(value) for value in mail.get_all("from", [])])
    if member is None or not member.email or [address.lower() for _, address in senders] != [member.email]:
        raise ForgedSender("not from the registered address")
    if settings.MAIL_AUTHENTICATED_BY and not _is_authenticated(mail):
        raise ForgedSender("the sender's domain does not vouch for it")
    return member


def _is_authenticated(mail: EmailMessage) -> bool:
    """Whether our own mail server (its name stands first in the header, RFC 8601) found DMARC in order.

    Only the uppermost header of our own server counts: everything below it the sender may have written.
    """
    for value in mail.get_all("Authentication-Results", []):
        server, _, results = str(value).partition(";")
        if server.split()[:1] == [settings.MAIL_AUTHENTICATED_BY]:
            return re.search(r"\bdmarc=pass\b", results) is not None
    return False


def _post(mail: EmailMessage, target: Target, member: Member) -> Message:
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{target}:{mail.get('Message-ID', '')}:{mail.get('Date', '')}")
    if target.kind == CONVERSATION:
        return _reply(mail, target.pk, member, key)
    return _start(mail, target.pk, member, key)


def _reply(mail: EmailMessage, conversation_id: int, member: Member, key) -> Message:
    found = visible_conversations(member).select_related("subgroup")
    conversation = found.filter(pk=conversation_id).first()
    if conversation is None or not may_post(member, conversation):
        raise PlaceGone
    files = _files(mail) if may_upload(member, conversation) else []
    return post_message(conversation=conversation, by=member, text=own_words(mail), key=key, files=files)


def _start(mail: EmailMessage, subgroup_id: int, member: Member, key) -> Message:
    subgroup = with_module(entered_subgroups(member), "threads").filter(pk=subgroup_id).first()
    if subgroup is None or not may(member, "start_thread", subgroup):
        raise PlaceGone
    title = re.sub(r"^((re|fwd?|antw|doorst)\s*:\s*)+", "", str(mail.get("Subject", "")), flags=re.IGNORECASE)
    if not title.strip():
        raise SubjectNeeded
    thread = start_thread(subgroup=subgroup, by=member, title=title, text=own_words(mail), key=key)
    return thread.messages.get(number=1)


def _files(mail: EmailMessage) -> list:
    """What was attached, each judged by its content as any upload; pictures inside the text are left out."""
    parts = [part for part in mail.iter_attachments() if part.get_content_disposition() == "attachment"]
    return [take_in(_as_upload(part)) for part in parts[:MOST_FILES]]


def _as_upload(part) -> InMemoryUploadedFile:
    content = part.get_payload(decode=True) or b""
    name, kind = part.get_filename() or "", part.get_content_type()
    return InMemoryUploadedFile(io.BytesIO(content), None, name, kind, len(content), None)


def _answer(mail: EmailMessage, member: Member, reason: str) -> None:
    body = "\n\n".join(
        [
            _("Hello %(name)s,") % {"name": member.first_name},
            _("Your mail was not posted. %(reason)s") % {"reason": reason},
            _("This is what you wrote:"),
            own_words(mail)[:5000],
        ]
    )
    subject = _("Not posted: %(subject)s") % {"subject": " ".join(str(mail.get("Subject", "")).split())[:100]}
    headers = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    Outgoing(subject, body, to=[member.email], headers=headers).send(fail_silently=True)
