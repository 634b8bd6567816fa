from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.agreements.models import AgreedText
from groups.moderation.access import may_write_guidelines
from groups.subgroups.pages import HeadLink, frame_question_registry, head_link_registry
from theme.kept import Asked
from theme.together import together


def guidelines_here(member, subgroup):
    return AgreedText.objects.filter(subgroup_id=subgroup.pk)


@frame_question_registry
def has_guidelines(questions, member, subgroup) -> None:
    questions.any("has guidelines", Asked(guidelines_here, member, subgroup))


@head_link_registry
def guidelines_of_group(request, subgroup) -> HeadLink | None:
    """The group's own guidelines, or for who may write them the way to make them."""
    if together(request)["has guidelines"]:
        return HeadLink(_("Guidelines"), "book-open", f"{reverse('guidelines')}#group-{subgroup.pk}", position=55)
    if may_write_guidelines(request.user, subgroup):
        return HeadLink(
            _("Make guidelines"), "book-open", reverse("guided-guidelines", args=[subgroup.slug]), position=55
        )
    return None
