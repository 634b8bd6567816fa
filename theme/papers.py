"""Paper: the one kind of PDF of this house, in letters that most names of members are written in."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from theme.house import house

FONTS = Path(__file__).parent / "fonts"
FAMILY = "House"
FILES = {"": FONTS / "dejavu-condensed.ttf", "B": FONTS / "dejavu-condensed-bold.ttf"}


class Paper(FPDF):
    """An A4 that writes Latin, Greek and Cyrillic letters; the fonts of PDF readers know those of Western Europe only.

    `write_line` writes at the left edge and goes on below; it is all that most papers need.
    """

    def __init__(self, title: str):
        super().__init__()
        for style, file in FILES.items():
            self.add_font(FAMILY, style, str(file))
        self.set_title(title)
        self.set_margins(22, 20)
        self.set_auto_page_break(True, 20)
        self.letter(11)

    def letter(self, size: float, *, bold: bool = False) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)

    def write_line(self, text: str, size: float = 11, *, bold: bool = False, height: float | None = None) -> None:
        self.letter(size, bold=bold)
        self.multi_cell(0, height or size * 0.5, printable(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)


class NumberedPaper(Paper):
    """With the association's name and the title on top, and page numbers below."""

    def __init__(self, title: str):
        super().__init__(title)
        self.add_page()
        self.line_of(house().name, size=10)
        self.heading(title)

    def footer(self):
        self.set_y(-15)
        self.letter(9)
        self.cell(0, 8, str(self.page_no()), align="R")

    def heading(self, text: str, size: int = 18) -> None:
        self.ln(2)
        self.write_line(text, size, bold=True, height=size * 0.45)
        self.ln(2)

    def line_of(self, text: str, size: int = 11) -> None:
        self.write_line(text, size)

    def rows(self, rows, widths=(110, 28, 28)) -> None:
        """A table of a wide first column and figures; the first row is its head."""
        self.letter(11)
        with self.table(
            col_widths=widths, text_align=("LEFT", "RIGHT", "RIGHT"), borders_layout="HORIZONTAL_LINES"
        ) as table:
            for row in rows:
                line = table.row()
                for cell in row:
                    line.cell(printable(str(cell)))


@cache
def _known() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(TTFont(file).getBestCmap()) for file in FILES.values())) | {9, 10, 13}


def printable(text: str) -> str:
    """The text with a question mark for what the fonts lack (an emoji, a script from further away)."""
    return "".join(letter if ord(letter) in _known() else "?" for letter in text)
