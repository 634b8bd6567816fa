"""The five ways to say something, practised on a robot. Nobody sees it, and nothing is kept when the session ends."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ROBOT = "Robbie"
THUMB = "👍"


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise: what to do, whether a text does it, what the robot says when it does and when it does not."""

    code: str
    title: str
    what: str
    is_done_by: Callable[[str], bool]
    praise: str
    hint: str


STEPS = [
    Step(
        "chat",
        gettext_lazy("Say something in the chat"),
        gettext_lazy("Write to the whole group, for example: Hello all."),
        lambda text: bool(text),
        gettext_lazy("I read you. In a real chat everybody in the group sees this at once, without anything ringing."),
        gettext_lazy("Write something first."),
    ),
    Step(
        "mention",
        gettext_lazy("Name somebody"),
        gettext_lazy("Put @ and a name in your message: @Robbie."),
        lambda text: f"@{ROBOT}".lower() in text.lower(),
        gettext_lazy("You named me, so I get a notice. Do this when you need an answer from one person."),
        gettext_lazy("I did not see my name. Write @Robbie in your message."),
    ),
    Step(
        "reply",
        gettext_lazy("Answer a question"),
        gettext_lazy("I ask: at what time do we leave on Saturday? Answer with a time, for example 9.30."),
        lambda text: any(letter.isdigit() for letter in text),
        gettext_lazy("Thank you. In a discussion your answer stays with the question, so that others find it back."),
        gettext_lazy("I look for a time in your answer, for example 9.30."),
    ),
    Step(
        "thumb",
        gettext_lazy("Give a thumb"),
        gettext_lazy("I write: I bring the coffee. Show that you saw it, without writing a message."),
        lambda text: text == THUMB,
        gettext_lazy("Seen. A thumb rings nowhere; it is the quietest answer there is."),
        gettext_lazy("Press the thumb."),
    ),
    Step(
        "direct",
        gettext_lazy("Write to one person"),
        gettext_lazy("Some things are not for the group. Write me something that only I may read."),
        lambda text: bool(text),
        gettext_lazy("This stays between us. Only who is in a direct conversation can read it."),
        gettext_lazy("Write something first."),
    ),
]


@dataclass(frozen=True, slots=True)
class Line:
    """What the member sent, and what the robot answered."""

    step: Step
    text: str

    @property
    def answer(self) -> str:
        return str(self.step.praise)


def lines_of(sent: list[str]) -> list[Line]:
    return [Line(step, text) for step, text in zip(STEPS, sent, strict=False)]


def next_step(sent: list[str]) -> Step | None:
    """The exercise that comes now; None when all five were done."""
    return STEPS[len(sent)] if len(sent) < len(STEPS) else None


def progress(sent: list[str]) -> str:
    return _("%(done)d of %(all)d") % {"done": len(sent), "all": len(STEPS)}
