"""Questions that pages ask again and again: their SQL is worked out once, and filled in for who is looking.

Building and compiling a query took three fifths of a page's time, the same at every page. So while a question is
worked out, a stand-in takes the place of the member (`StandIn`):

- what differs between members and leaves the question the same (the own id, the ids of the groups they are in, the
  moment) becomes a `Blank`, filled in at every use with what holds then;
- what changes the question (roles, kinds, whether there is a group at all) is noted, and the SQL is used again only
  where every note still holds;
- whatever else is touched, a query asked on the way, or a moment that slipped in as a value, raises `NotKept`, and the
  question is asked in the plain way. So nothing of one member can stay behind in the question of another.

Only the text of the SQL is kept, never an answer: a right that ends is gone at the next page.
"""

from theme.kept.blanks import NotKept, now, today
from theme.kept.questions import Asked, forget, kept_rows
from theme.kept.stand_ins import ids, noted

__all__ = ["Asked", "NotKept", "forget", "ids", "kept_rows", "noted", "now", "today"]
