"""Full and short answers, against hand-written Python and against other engines.

Every contender is first held to the reference engine, subject by subject, and only then timed.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial

from benchmarks import handwritten
from benchmarks.population import Subject, ratings, realistic
from benchmarks.rivals import CARDS, Rival, rivals
from benchmarks.rulebooks import program
from benchmarks.timing import Contender, Measured, race, table
from scorewright.program.exact_numbers import rounded
from scorewright.program.program import Program
from scorewright.results.outcome import Invalid, Score
from scorewright.scoring.scorer import Scorer

AS_OF = date(2026, 1, 31)
CHECKED = 2_000
ROUNDS = 15
FULL = "compiled, full"
SHORT = "compiled, short"
BY_HAND = {
    "by hand, full": handwritten.full,
    "by hand, short": handwritten.short,
    "by hand, unchecked": handwritten.trusting,
}


def main() -> None:
    lead = program("lead_points_100")
    subjects = realistic(lead, 2_000)
    check_handwritten(lead, realistic(lead, CHECKED))
    title = "lead_points_100: 2,000 realistic leads over and over, some answers missing"
    against = (FULL, SHORT, "by hand, full", "by hand, short")
    print(table(title, measure(lead, lambda _: subjects, BY_HAND), against))
    for rulebook, count in (("bant_20", 500), ("client_health_100", 300)):
        card = program(rulebook)
        title = f"{rulebook}: random ratings with one decimal, hardly a subject like another"
        measured = measure(card, partial(ratings, card, count), {})
        print(f"\n{table(title, measured, (FULL, SHORT))}")


def measure(
    card: Program, subjects: Callable[[int], Sequence[Subject]], by_hand: Mapping[str, Contender]
) -> dict[str, Measured]:
    """Hold every rival to the reference engine, then race them all."""
    scorer = Scorer(card)
    contenders: dict[str, Contender] = {
        FULL: lambda subject: scorer.score(subject, subject="", as_of=AS_OF),
        SHORT: lambda subject: scorer.summary(subject, as_of=AS_OF),
        **by_hand,
    }
    for name, rival in rivals(CARDS[card.id]).items():
        check(card, name, rival)
        contenders[name] = rival.run
    return race(contenders, subjects, ROUNDS)


def check(card: Program, name: str, rival: Rival) -> None:
    """Hold an engine to the reference: the same total and band for every subject of a few thousand."""
    lead = card.id == "lead_points_100"
    for subject in realistic(card, CHECKED) if lead else ratings(card, CHECKED, 0):
        outcome = _reference(card, subject).outcome
        total, band = rival.read(rival.run(subject))
        assert (rounded(total), band) == (outcome.total, outcome.band), (name, subject, total, band)


def check_handwritten(card: Program, subjects: Sequence[Subject]) -> None:
    """Hold the functions written by hand to the reference, invalid inputs included."""
    for subject in subjects:
        outcome = _reference(card, subject).outcome
        answer = handwritten.full(subject)
        assert isinstance(answer, handwritten.Answer), subject
        assert (Fraction(answer.total), answer.band) == (outcome.total, outcome.band), subject
        assert answer.points == {c.id: c.points for c in outcome.criteria}, subject
        assert answer.actions == tuple(action.id for action in outcome.actions), subject
        assert set(answer.missing) == set(outcome.missing), subject
        assert handwritten.short(subject) == handwritten.trusting(subject) == answer[:2], subject
    for wrong in WRONG:
        errors = Scorer(card, "reference").score(wrong, as_of=AS_OF)
        assert isinstance(errors, Invalid), wrong
        expected = {error.input: error.code.value for error in errors.errors}
        assert handwritten.full(wrong) == handwritten.short(wrong) == expected, wrong


WRONG: Sequence[Subject] = (
    {"budget_confirmed": 1, "decision_maker": "yes", "timeline_days": "3", "source": 1},
    {"timeline_days": 3650.5, "team_size": 0, "source": "linkedin", "industry_match": 0.0},
    {"timeline_days": float("nan"), "team_size": 2.5, "previous_agency_experience": []},
    {"timeline_days": 1.2345678901234567, "team_size": True},
)


def _reference(card: Program, subject: Subject) -> Score:
    score = Scorer(card, "reference").score(subject, as_of=AS_OF)
    assert isinstance(score, Score), subject
    return score
