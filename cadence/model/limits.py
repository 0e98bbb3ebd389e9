"""The limits that every value keeps, written down once. Faces quote them; `msgspec` enforces them."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

NO_CONTROL = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e]*\Z"
"""One line of text: no control characters (U+009B moves the cursor of a terminal as ESC [ does), no line
separators, and nothing that makes the rest of a line run the other way."""
NO_CONTROL_NOR_SPACE_FIRST = r"^(?!\s)[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e]+\Z"
NO_CONTROL_BUT_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e]*\Z"

MAX_MEMBERS = 500
MAX_CHANNELS = 200
MAX_RHYTHMS = 500
MAX_POSTS = 1_000_000
MAX_PAUSES = 200
MAX_IDEAS = 100_000
MAX_COMMENTS = 500
FIRST_YEAR, LAST_YEAR = 1990, 2200

Name = Annotated[str, Meta(min_length=1, max_length=80, pattern=NO_CONTROL_NOR_SPACE_FIRST)]
Title = Annotated[str, Meta(min_length=1, max_length=200, pattern=NO_CONTROL)]
Line = Annotated[str, Meta(max_length=300, pattern=NO_CONTROL)]
Note = Annotated[str, Meta(max_length=4000, pattern=NO_CONTROL_BUT_LINES)]
Comment = Annotated[str, Meta(min_length=1, max_length=2000, pattern=NO_CONTROL_BUT_LINES)]
_URL = r"^[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20\x7f-\x9f\u202d\u202e]+\Z"
Url = Annotated[str, Meta(max_length=2000, pattern=_URL)]
RuleText = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"^[A-Za-z0-9=;,+-]+\Z")]

Id = Annotated[int, Meta(ge=1, le=2**53)]
Effort = Annotated[int, Meta(ge=1, le=2400)]
"""Minutes of work on one task: at most one working week."""
Allowance = Annotated[int, Meta(ge=0, le=7 * 24 * 60)]
"""Minutes a week."""
Tolerance = Annotated[int, Meta(ge=0, le=60 * 24 * 60)]
"""Minutes around a slot; at most 60 days."""
SilenceMinutes = Annotated[int, Meta(ge=60, le=1000 * 24 * 60)]
"""The longest allowed silence in minutes: an hour to 1,000 days."""
SpacingMinutes = Annotated[int, Meta(ge=0, le=60 * 24 * 60)]
PostsPerDay = Annotated[int, Meta(ge=1, le=100)]
PostsPerWeek = Annotated[int, Meta(ge=0, le=1000)]
"""Posts that one author writes in a week."""
SpacingDays = Annotated[int, Meta(ge=0, le=366)]
"""Days from one post of an author to the next."""
Topic = Annotated[str, Meta(min_length=1, max_length=200, pattern=NO_CONTROL_NOR_SPACE_FIRST)]
TopicOrNone = Annotated[str, Meta(max_length=200, pattern=NO_CONTROL)]
"""What a post is about; empty: nothing in particular."""
Topics = Annotated[tuple[Topic, ...], Meta(max_length=50)]
DayOffset = Annotated[int, Meta(ge=-60, le=60)]
"""Working days before (negative) or after a publication."""
Cents = Annotated[int, Meta(ge=0, le=100_000_000)]
Horizon = Annotated[int, Meta(ge=1, le=366)]
"""Days."""

Instant = Annotated[datetime, Meta(tz=True)]
"""A moment, always in UTC."""
LocalTime = Annotated[datetime, Meta(tz=False)]
"""A wall-clock date-time in the zone of its channel."""
