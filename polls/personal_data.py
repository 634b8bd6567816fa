"""What personal data polls hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

register(
    PersonalData(
        "polls.Elector",
        owner="member",
        label=_("Polls in which you may vote, and your votes that are not secret"),
        purpose=_("One vote for everybody who may vote, and none for anybody else."),
        kept=_("As long as the decision counts; at least seven years."),
        seen_by=_("With an open vote everybody who may see the poll; with a secret vote nobody."),
        fields=("poll", "voted", "answer"),
        impersonal=("sealed",),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=_("a result from which votes disappear is no result"),
    )
)
register_traces("polls.Poll", "created_by", "closed_by", "question", "explanation", "stored_rules")
