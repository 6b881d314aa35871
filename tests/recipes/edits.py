"""What the recipes add, by file: a comparison, a way to earn, a check and a room."""

from collections.abc import Mapping, Sequence

COMPARISON: Mapping[str, Sequence[tuple[str, str]]] = {
    "scorers/scorewright/program/operators.py": [
        (
            '    CONTAINS = "contains",',
            """    LONGER_THAN = (
        "longer_than",
        Operator((Type.TEXT,), Operand.NUMBER, lambda left, right: len(left) > right,
            "is longer than {} letters", "the answer has more letters than this"),
    )  # fmt: skip
""",
        )
    ],
    "tests/properties/oracle.py": [
        ('    "contains": lambda left', '    "longer_than": lambda left, right: bool(len(left) > right),\n')
    ],
    "tests/scorers/semantics/test_conditions.py": [
        (
            '        ({"contains": "gov"},',
            '        ({"longer_than": 3}, ["gov.", "gov.uk", "    "], ["gov", "go", "g"]),\n',
        )
    ],
    "tests/data/everything.yaml": [
        ("  - id: partner_renews\n", "  - { id: wordy, when: { input: account_manager, longer_than: 40 } }\n")
    ],
    "docs/rulebook.md": [("`contains` (large and", "`longer_than`, ")],
}

EARNING: Mapping[str, Sequence[tuple[str, str]]] = {
    "scorers/scorewright/program/earning_by_value.py": [
        (
            "def _age(day: date, as_of: date) -> int:\n",
            '''@dataclass(frozen=True, slots=True)
class Squared(OfInput):
    """`times` the square of the answer."""

    input: str
    times: Fraction

    def earned(self, value: Any, as_of: date) -> Fraction:
        """Return the points of the square."""
        points: Fraction = self.times * value * value
        return points

    def extremes(self, item: "Input") -> Ends:
        """Return the points at the ends of the range, and at 0 between them."""
        low, high = (end for end in (item.minimum, item.maximum) if isinstance(end, Fraction))
        between = [ZERO] if low < 0 < high else []
        return ends_of([self.earned(end, date.min) for end in (low, high, *between)])


''',
        )
    ],
    "scorers/scorewright/rulebook/model/earnings.py": [
        (
            "def _in_order(",
            """def _by_square(criterion: "Written", item: Input) -> OfInput:
    return Squared(item.name, criterion.squared or ZERO)


""",
        ),
        ('    "decay": EarningForm(', '    "squared": EarningForm(Type.NUMBER, _by_square),\n'),
        ("\n\nif TYPE_CHECKING:", "\nfrom scorewright.program.earning_by_value import Squared"),
    ],
    "scorers/scorewright/rulebook/model/criterion.py": [
        ("    decay: Decay | None = None\n", "    squared: Number | None = None\n")
    ],
    "scorers/scorewright/rulebook/schema/key_descriptions.py": [
        ('    "steps": "', '    "squared": "so many points times the square of the answer",\n')
    ],
    "tests/scorers/program/test_earnings.py": [
        ('    "decay": [(', '    "squared": [(NUMBER, {"squared": 0.5}, [0, 0.1, 3, 9.9, 10])],\n')
    ],
    "tests/properties/oracle.py": [
        ('    "decay": lambda c, value', '    "squared": lambda c, value, *_: c["squared"] * value**2,\n')
    ],
    "tests/properties/criteria.py": [
        (
            '    "decay": lambda block: block',
            '    "squared": lambda block: has_ends(block, ("min", "max")),\n',
        ),
        (
            '    "decay": _decay,\n',
            '    "squared": lambda _: st.just({"squared": Fraction(1, 2)}),\n',
        ),
    ],
    "tests/data/everything.yaml": [
        (
            "  - id: complaints\n",
            "  - { id: squares, label: Squares, group: engagement, input: event_points, squared: 0.0001 }\n",
        )
    ],
    "docs/rulebook.md": [
        (
            "  # A rating by table:",
            "  # The square of an answer, times so many points.\n"
            "  - { id: seats, group: interest, input: pricing_visits, squared: 0.5 }\n",
        )
    ],
}

RULEBOOK = """\
rulebook: { id: example, name: NAME, version: 1.0.0, owner: sales }

inputs:
  budget: { type: boolean }
  team_size: { type: integer, min: 1, max: 1000 }

score: { out_of: 30, if_missing: no_points }

criteria:
  - { id: budget, when: { input: budget, is: true }, points: 20 }
  - { id: team, when: { input: team_size, at_least: 5 }, points: 10 }

bands:
  - { id: hot, from: 30, actions: [call] }
  - { id: cold, from: 0, actions: [mail] }

actions:
  call: { do: Call, owner: sales, due: same day }
  mail: { do: Send mail, owner: sales, due: 1 week }
"""
BOOK = f"```yaml\n{RULEBOOK}```\n"
PAGE = """# name-ends-in-stop

N014, warning: the name of a rulebook ends in a full stop.

## Why it matters

It stands within sentences.

## Example

{before}
## Mended

{mended}"""
TITLE = "the name of a rulebook ends in a full stop"

CHECK: Mapping[str, Sequence[tuple[str, str]]] = {
    "scorers/scorewright/diagnostics/codes.py": [
        (
            '    Code(\n        "comparison-does-not',
            f'    Code("name-ends-in-stop", "N014", W, "{TITLE}"),\n',
        )
    ],
    "scorers/scorewright/checks/declared_names.py": [
        (
            "CHECKS: tuple[Check[Document], ...] = (\n",
            '''def names_with_stop(document: Document) -> Findings:
    """Find a rulebook whose name ends in a full stop."""
    find = Finder(document, "name-ends-in-stop")
    name = document.rulebook.rulebook.name
    if name.endswith("."):
        message = f"{quoted(name)} ends in a full stop"
        yield find.at(("rulebook", "name"), message, "a name is no sentence: leave it out")


''',
        ),
        ('    Check("duplicate-id", duplicate_ids),\n', '    Check("name-ends-in-stop", names_with_stop),\n'),
    ],
    "docs/diagnostics/name-ends-in-stop.md": [
        (
            "",
            PAGE.format(before=BOOK.replace("NAME", "Example."), mended=BOOK.replace("NAME", "Example")),
        )
    ],
}

ROOM: Mapping[str, Sequence[tuple[str, str]]] = {
    "scorers/scorewright/impact/__init__.py": [
        ("", '"""What a change of a rulebook does to its subjects."""\n')
    ],
    "pyproject.toml": [
        ('    "suites",\n    "scoring | records",', '    "impact",\n'),
        ('    "scorewright.partition",\n', '    "scorewright.impact",\n'),
    ],
    "ARCHITECTURE.md": [("  checks              one family", "  impact              what a change does\n")],
}

COLOUR: Mapping[str, Sequence[tuple[str, str]]] = {
    "scorers/scorewright/rulebook/model/rulebook.py": [
        ("    qualified: bool | None = None\n", "    colour: Text | None = None\n")
    ],
    "scorers/scorewright/rulebook/schema/key_descriptions.py": [
        ('    "columns": "', '    "colour": "the colour in which the band is shown",\n')
    ],
    "scorers/scorewright/program/program.py": [
        ("    condition: Condition | None = None\n", "    colour: str | None = None\n")
    ],
    "scorers/scorewright/compiler/lower_tables.py": [
        ("        condition=lower_condition(given.when, inputs) if", "        colour=given.colour,\n")
    ],
    "scorers/scorewright/results/outcome_json.py": [
        (", **edge}", ', **({"colour": band.colour} if band.colour else {})')
    ],
    "proto/scorewright/v1/scorewright.proto": [
        (
            "}\n\n// What is still possible once the missing inputs are known",
            "  // As the rulebook says; empty where it says nothing.\n  string colour = 4;\n",
        ),
        ("}\n\nmessage DisqualifierDefinition {", "  string colour = 9;\n"),
    ],
    "tests/data/everything.yaml": [(", qualified: true, actions: [propose_upgrade]", ", colour: green")],
    "docs/rulebook.md": [(", qualified: true, actions: [schedule_discovery_call]", ", colour: green")],
}

FIELD: Mapping[str, Sequence[tuple[str, str]]] = {
    "scorers/scorewright/rulebook/model/rulebook.py": [
        ("    priority: Annotated[", "    effort: Text | None = None\n")
    ],
    "scorers/scorewright/rulebook/schema/key_descriptions.py": [
        ('    "effective": "', '    "effort": "how long it takes to do",\n')
    ],
    "scorers/scorewright/program/program.py": [
        ("    enables: tuple[str, ...] = ()\n    asserts", "    effort: str | None = None\n")
    ],
    "scorers/scorewright/compiler/lower.py": [
        ("        priority=given.priority,\n", "        effort=given.effort,\n")
    ],
    "scorers/scorewright/results/outcome.py": [
        ("    reason: str\n    causes: tuple", "    effort: str | None\n")
    ],
    "scorers/scorewright/semantics/actions.py": [("reason, tuple(why)", "action.effort, ")],
    "scorers/scorewright/results/outcome_json.py": [
        ("        priority=action.priority,\n", "        effort=action.effort,\n")
    ],
    "proto/scorewright/v1/scorewright.proto": [
        ("  // 32 hexadecimal digits, the same", "  string effort = 10;\n"),
        ("  // The actions that it recommends as well.", "  string effort = 12;\n"),
    ],
    "tests/data/everything.yaml": [("    do: Propose the upgrade by e-mail\n", "    effort: half an hour\n")],
    "docs/rulebook.md": [("    do: Schedule a discovery call\n", "    effort: an hour\n")],
}
