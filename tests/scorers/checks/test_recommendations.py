from collections.abc import Callable

from scorewright.rulebook.text_slots import PLACEHOLDERS
from tests.scorers.checks.books import BASE, Edits, told, told_of_each

GUARD = "only_if: { input: budget, is: true }"

TRIGGER = 'triggers: [{ id: t, when: { score: total, equals: 0 }, reason: "{x}" }]\nactions:\n'


def reason(text: str) -> Edits:
    """Give a reason for calling."""
    return {"due: same day": f'due: same day, reason: "{text}"'}


CASES: dict[str, Edits] = {
    "all placeholders": reason(" ".join(f"{{{name}}}" for name in PLACEHOLDERS)),
    "an input": reason("{inputs.budget}"),
    "a slip": reason("{top_reason}"),
    "an unknown input": reason("{inputs.bugdet}"),
    "an unknown group": reason("{groups.fit}"),
    "an expression": reason("{score + 1}"),
    "nothing in braces": reason("{}"),
    "an input without its kind": reason("{team_size}"),
    "braces twice": reason("{{score}}"),
    "half a placeholder": reason("{score"),
    "in a criterion": {"points: 20": 'points: 20, reason: "{bnad}"'},
    "in a trigger": {"actions:\n": TRIGGER},
    "a guard without a replacement": {"due: 1 week": f"due: 1 week, {GUARD}"},
    "a guard with a replacement": {"due: 1 week": f"due: 1 week, {GUARD}, otherwise: call"},
    "in place of itself": {"due: 1 week": f"due: 1 week, {GUARD}, otherwise: mail"},
    "round and round": {
        "due: 1 week": f"due: 1 week, {GUARD}, otherwise: call",
        "due: same day": f"due: same day, {GUARD}, otherwise: mail",
    },
    "no action": {"  - { id: cold, from: 0": "  - { id: warm, from: 20 }\n  - { id: cold, from: 0"},
}  # fmt: skip


def test_what_is_told_about_actions(golden: Callable[[str, str], None]) -> None:
    golden("checks/actions.out", told_of_each(CASES))


def test_no_band_needs_an_action_where_none_has_one() -> None:
    text = (
        BASE[: BASE.index("actions:\n  call")]
        .replace(", actions: [call]", "")
        .replace(", actions: [mail]", "")
    )
    assert told(text) == []
