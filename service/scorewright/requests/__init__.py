"""From the bytes of a request to the question it asks."""

from scorewright.requests.account_question import AccountQuestion, AccountRequests, clock
from scorewright.requests.event_reader import MAX_ID, EventReader, read_name
from scorewright.requests.score_question import MAX_SUBJECT_ID, Question, ScoreRequests

__all__ = (
    "MAX_ID",
    "MAX_SUBJECT_ID",
    "AccountQuestion",
    "AccountRequests",
    "EventReader",
    "Question",
    "ScoreRequests",
    "clock",
    "read_name",
)
