"""Answering by mail: from the registered address into the thread, without a signature; never from somebody else."""

import io
from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.core import mail as outgoing
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from PIL import Image

from groups.conversations.mail_in.addresses import reply_address, start_address, target_of
from groups.conversations.mail_in.errors import Dropped, ForgedSender
from groups.conversations.mail_in.receiving import receive
from groups.conversations.mail_in.words import own_words
from groups.conversations.models import Conversation, Message
from groups.conversations.services import close_thread, post_message, start_thread
from groups.conversations.telling import tell_about
from groups.subgroups.services import end_membership
from notifications.mail import REPLY_LINE, compose
from notifications.models import Delivery
from tests.factories import MemberFactory, SubgroupFactory, member_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_comes_in(settings):
    settings.REPLY_ADDRESS = "reply@club.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def anneke(subgroup):
    return member_of(subgroup, first_name="Anneke", email="anneke@post.example")


@pytest.fixture
def thread(subgroup):
    return start_thread(subgroup=subgroup, by=member_of(subgroup), title="Bootwagen", text="Wie rijdt?")


def a_mail(text="Ik rijd mee!", *, to, sender="Anneke <anneke@post.example>", subject="Re: Bootwagen", **headers):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = "<1@post.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def texts(thread):
    return list(thread.messages.order_by("number").values_list("text", flat=True))


def test_a_reply_from_the_registered_address_lands_in_the_thread_without_signature(thread, anneke):
    text = (
        "Ik rijd mee!\n\nMet vriendelijke groet,\n\nAnneke Visser\n06 12345678\n\n"
        f"Op vr 28 nov. 2026 om 10:42 schreef De Club <{reply_address(anneke, thread)}>:\n> {REPLY_LINE}\n> Hallo\n"
    )

    message = receive(a_mail(text, to=reply_address(anneke, thread)).as_bytes())

    assert (message.author, message.conversation, message.text) == (anneke, thread, "Ik rijd mee!")


@pytest.mark.parametrize("sender", ["Anneke <iemand@anders.example>", "", "a@b.example, anneke@post.example"])
def test_a_forged_sender_is_refused_and_hears_nothing(thread, anneke, sender):
    with pytest.raises(ForgedSender):
        receive(a_mail(to=reply_address(anneke, thread), sender=sender or "<>").as_bytes())

    assert texts(thread) == ["Wie rijdt?"]
    assert outgoing.outbox == []


def test_an_address_that_was_tampered_with_is_not_ours(thread, anneke):
    other = member_of(thread.subgroup)
    forged = reply_address(anneke, thread).replace(f"+{anneke.pk}-", f"+{other.pk}-")

    with pytest.raises(Dropped):
        receive(a_mail(to=forged, sender=other.email).as_bytes())
    assert target_of(forged) is None


@pytest.mark.parametrize(
    ("results", "accepted"),
    [
        (["mx.club.example; dmarc=pass header.from=post.example"], True),
        (["mx.club.example; dmarc=fail header.from=post.example"], False),
        (["mx.club.example; dmarc=fail", "mx.club.example; dmarc=pass"], False),
        (["mx.evil.example; dmarc=pass"], False),
        ([], False),
    ],
)
def test_with_a_checking_mail_server_the_domain_must_vouch_for_the_sender(thread, anneke, settings, results, accepted):
    settings.MAIL_AUTHENTICATED_BY = "mx.club.example"
    mail = a_mail(to=reply_address(anneke, thread))
    for value in results:
        mail["Authentication-Results"] = value

    if accepted:
        assert receive(mail.as_bytes())
    else:
        with pytest.raises(ForgedSender):
            receive(mail.as_bytes())
    assert thread.messages.count() == (2 if accepted else 1)


@pytest.mark.parametrize("header", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}])
def test_an_automatic_mail_is_dropped(thread, anneke, header):
    with pytest.raises(Dropped):
        receive(a_mail("Ik ben op vakantie", to=reply_address(anneke, thread), **header).as_bytes())
    assert outgoing.outbox == []


def test_the_same_mail_twice_is_posted_once(thread, anneke):
    raw = a_mail(to=reply_address(anneke, thread)).as_bytes()

    assert receive(raw) == receive(raw)
    assert thread.messages.count() == 2


def test_who_left_the_group_is_told_that_it_was_not_posted(thread, anneke):
    end_membership(subgroup=thread.subgroup, member=anneke)

    assert receive(a_mail(to=reply_address(anneke, thread)).as_bytes()) is None

    assert texts(thread) == ["Wie rijdt?"]
    assert [mail.to for mail in outgoing.outbox] == [["anneke@post.example"]]
    assert "Ik rijd mee!" in outgoing.outbox[0].body
    assert "Wie rijdt?" not in outgoing.outbox[0].body


@pytest.mark.parametrize("text", ["", "a" * 6000])
def test_what_cannot_be_posted_comes_back_to_the_sender(thread, anneke, text):
    assert receive(a_mail(text, to=reply_address(anneke, thread)).as_bytes()) is None

    assert len(outgoing.outbox) == 1
    assert thread.messages.count() == 1


def test_a_closed_discussion_takes_no_mail(thread, anneke):
    close_thread(conversation=thread, by=None, on=True)

    assert receive(a_mail(to=reply_address(anneke, thread)).as_bytes()) is None
    assert len(outgoing.outbox) == 1


def test_an_attached_photo_comes_along_made_anew(thread, anneke):
    photo = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(photo, "JPEG")
    mail = a_mail(to=reply_address(anneke, thread))
    mail.add_attachment(photo.getvalue(), maintype="image", subtype="jpeg", filename="sluis.jpg")

    message = receive(mail.as_bytes())

    assert [file.content_type for file in message.attachments.all()] == ["image/webp"]


def test_an_attached_program_is_refused_with_the_text_returned(thread, anneke):
    mail = a_mail(to=reply_address(anneke, thread))
    mail.add_attachment(b"MZ\x90\x00" + b"\x00" * 100, maintype="image", subtype="jpeg", filename="foto.jpg")

    assert receive(mail.as_bytes()) is None
    assert "Ik rijd mee!" in outgoing.outbox[0].body


def test_a_mail_to_a_group_starts_a_discussion(subgroup, anneke):
    address = start_address(anneke, subgroup)

    receive(a_mail("Wie komt?", to=address, subject="Fwd: Re: Zaterdag schoonmaken").as_bytes())
    assert receive(a_mail("Zonder titel", to=address, subject=" ", Date="x").as_bytes()) is None

    thread = Conversation.objects.get(kind="thread")
    assert (thread.title, thread.started_by, texts(thread)) == ("Zaterdag schoonmaken", anneke, ["Wie komt?"])


def test_a_stranger_with_an_own_address_cannot_write_in_the_group(thread):
    stranger = MemberFactory(email="vreemd@post.example")

    assert receive(a_mail(to=reply_address(stranger, thread), sender="vreemd@post.example").as_bytes()) is None
    assert thread.messages.count() == 1


def test_the_mail_about_a_reply_can_be_answered(thread, anneke):
    message = post_message(conversation=thread, by=member_of(thread.subgroup), text="Dag @Anneke, ga je mee?")
    tell_about(message.pk)
    delivery = Delivery.objects.get(member=anneke, channel="mail")

    mail = compose(anneke, [delivery])

    assert mail.extra_headers["Reply-To"] == reply_address(anneke, thread)
    assert REPLY_LINE in mail.body


def test_without_an_address_for_mail_nothing_is_promised(thread, anneke, settings):
    settings.REPLY_ADDRESS = ""
    message = post_message(conversation=thread, by=member_of(thread.subgroup), text="Dag @Anneke, ga je mee?")
    tell_about(message.pk)

    mail = compose(anneke, [Delivery.objects.get(member=anneke, channel="mail")])

    assert "Reply-To" not in mail.extra_headers
    assert REPLY_LINE not in mail.body


def test_the_page_of_a_new_discussion_names_the_address(client, subgroup, anneke):
    client.force_login(anneke)

    page = client.get(reverse("new-thread", args=[subgroup.slug])).content.decode()

    assert start_address(anneke, subgroup) in page


def test_the_command_takes_in_standard_input_and_a_maildir(thread, anneke, tmp_path, monkeypatch, capsys):
    raw = a_mail(to=reply_address(anneke, thread)).as_bytes()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    call_command("receive_mail")
    for folder in ("new", "cur"):
        (tmp_path / "mail" / folder).mkdir(parents=True)
    (tmp_path / "mail/new/1").write_bytes(raw.replace(b"<1@post", b"<2@post"))
    (tmp_path / "mail/new/2").write_bytes(b"From: spam@example\n\nkoop nu")
    call_command("receive_mail", folder=str(tmp_path / "mail"))

    assert capsys.readouterr().out.splitlines() == [
        "1 posted, 0 refused, 0 dropped",
        "1 posted, 0 refused, 1 dropped",
    ]
    assert len(list((tmp_path / "mail/cur").iterdir())) == 2
    assert Message.objects.filter(author=anneke).count() == 2
    with pytest.raises(CommandError):
        call_command("receive_mail", folder=str(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Prima\n\n-- \nAnneke Visser\n06 1", "Prima"),
        ("Ja hoor\n\nVerstuurd vanaf mijn iPhone\n\n> Op 28 nov heeft Club het volgende geschreven:\n> x", "Ja hoor"),
        ("Ja\n\n> Op 28 nov 2026 om 10:42 heeft Club <a@b.nl> het\n> volgende geschreven:\n> x", "Ja"),
        ("Yes\n\nOn Fri, 28 Nov 2026 at 10:42, The Club\n<reply+1@b.nl> wrote:\n\n> hi", "Yes"),
        ("Akkoord\n\nVan: Club <a@b.nl>\nVerzonden: vrijdag\nAan: Anneke\nOnderwerp: x\n\nHallo", "Akkoord"),
        ("Boven\n> oud\nen onder", "Boven\n> oud\nen onder"),
        ("- een\n- twee\n\ndat is alles", "- een\n- twee\n\ndat is alles"),
        ("Op zaterdag kan ik wel.\nJij?", "Op zaterdag kan ik wel.\nJij?"),
        ("Groeten", "Groeten"),
        ("Tot dan\n\nGroetjes Anneke", "Tot dan"),
        (f"Kort\n\n{REPLY_LINE}\nHallo Anneke", "Kort"),
        (f"> {REPLY_LINE}\n> Hallo", ""),
    ],
)
def test_only_new_words_are_posted(text, words):
    mail = EmailMessage()
    mail.set_content(text)

    assert own_words(mail) == words


def test_a_mail_of_html_only_becomes_plain_words():
    mail = EmailMessage()
    mail.set_content(
        "<style>p{color:red}</style><p>Ik <b>kom</b></p><script>alert(1)</script><blockquote>oud</blockquote>",
        subtype="html",
    )

    assert own_words(mail) == "Ik kom"


def test_a_mail_in_an_unknown_alphabet_is_no_fault(thread, anneke):
    raw = a_mail(to=reply_address(anneke, thread)).as_bytes().replace(b'charset="utf-8"', b'charset="x-klingon"')

    assert receive(raw).text == "Ik rijd mee!"
