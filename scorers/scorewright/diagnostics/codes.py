"""The register of findings: every code with its number, severity and family, one line each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from scorewright.diagnostics.diagnostic import Diagnostic, Label, Severity, Span

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


class Family(StrEnum):
    """What a finding is about; the first letter of its number."""

    TEXT = "Y"
    SHAPE = "M"
    NAMES = "N"
    INPUTS = "I"
    CRITERIA = "C"
    POINTS = "P"
    BANDS = "B"
    MATRIX = "X"
    ACTIONS = "A"
    TESTS = "T"
    TABLES = "R"
    FACTS = "F"
    ENGINES = "E"
    VERSIONS = "V"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding: the name that users see, its stable number, severity and title."""

    name: str
    number: str
    severity: Severity
    title: str

    @property
    def family(self) -> Family:
        """Name the family that the number's letter stands for."""
        return Family(self.number[0])


_TABLE = (
    Code("not-utf8", "Y001", E, "the file is not UTF-8 text"),
    Code("file-too-large", "Y002", E, "the file is larger than 512 KiB"),
    Code("several-documents", "Y003", E, "the file holds more than one YAML document"),
    Code("too-many-values", "Y004", E, "the file holds more than 50,000 keys and values"),
    Code("anchor", "Y005", E, "an anchor, alias or merge key hides what a value is"),
    Code("tag", "Y006", E, "a YAML tag is not allowed"),
    Code("key-twice", "Y007", E, "a key is written twice in one block"),
    Code("complex-key", "Y008", E, "a key is not one plain word or text"),
    Code("too-deep", "Y009", E, "blocks are nested deeper than 32 levels"),
    Code("not-yaml", "Y010", E, "the text cannot be read as YAML, or not as it is meant"),
    Code("too-many-digits", "Y011", E, "a number has more than 15 digits"),
    Code("odd-number", "Y012", E, "something looks like a number but is not written in plain digits"),
    Code("old-boolean", "Y013", E, "a yes or no is written in another way than `true` and `false`"),
    Code("text-cut-by-comma", "Y014", E, "a comma ended a text inside { } or [ ]"),
    Code("text-cut-by-comment", "Y015", W, "a ` #` ended a text without quotes"),
    Code("control-character", "Y016", E, "a character cannot be seen or does not belong in text"),
    Code("file-unreadable", "Y017", E, "the file or folder cannot be opened or read"),
    Code("tab", "Y018", E, "a tab is used where a rulebook has only spaces"),
    Code("directive", "Y019", E, "a line starts with `%`"),
    Code("file-empty", "Y020", E, "the file holds nothing but comments"),
    Code("no-rulebook", "Y021", E, "a folder holds no rulebook"),
    Code("file-not-read", "Y022", W, "a file or folder among the rulebooks is not read"),
    Code("typographic-quotes", "Y023", W, "typographic quotes around a text became part of it"),
    Code("unknown-key", "M001", E, "a key is not known in its block"),
    Code("key-missing", "M002", E, "a key that a block needs is not written"),
    Code("value-not-allowed", "M003", E, "a value is not among the allowed words"),
    Code("wrong-shape", "M004", E, "a block, a list or a single value is due where another is written"),
    Code("bad-format", "M005", E, "a text is not written in its form"),
    Code("wrong-type", "M006", E, "a number, text, or true or false is due where another is written"),
    Code("key-not-here", "M007", E, "a key does not go with the others of its block"),
    Code("keys-exclude-each-other", "M008", E, "a block says one thing in two ways"),
    Code("size-not-allowed", "M009", E, "a number, text or list is smaller or larger than allowed"),
    Code("value-missing", "M010", E, "a key has nothing after it"),
    Code("duplicate-id", "N001", E, "two things share an id"),
    Code("undeclared-input", "N002", E, "an input is used that is not declared"),
    Code("unused-input", "N003", W, "an input is declared that nothing uses"),
    Code("unknown-action", "N004", E, "an action is recommended that is not declared"),
    Code("action-never-recommended", "N005", W, "an action is declared that nothing recommends"),
    Code("unknown-band", "N006", E, "a band is named that does not exist"),
    Code("unknown-group", "N007", E, "a group is named that does not exist"),
    Code("formerly-still-used", "N008", E, "a former name is still the name of something"),
    Code("file-name-differs-from-id", "N009", W, "the file is not called after its rulebook"),
    Code("unknown-criterion", "N010", E, "a criterion is named that does not exist"),
    Code("unknown-check", "N011", E, "a check is accepted that does not exist or that finds errors"),
    Code("accepted-unused", "N012", W, "a finding is accepted that is not there"),
    Code("group-without-criteria", "N013", E, "no criterion stands in a group"),
    Code(
        "comparison-does-not-suit-type", "I001", E, "a comparison does not suit its input's or field's type"
    ),
    Code("value-not-possible", "I002", E, "an input or field can never have a value that is written for it"),
    Code("empty-input-range", "I003", E, "no value lies between `min` and `max`"),
    Code("choice-without-points", "I004", W, "a table leaves out an option of its choice"),
    Code("number-without-range", "I005", W, "a number has no `min` and `max`"),
    Code("required-with-if-missing", "I006", W, "a required input says what happens when it is missing"),
    Code("assumed-value-not-possible", "I007", E, "an input can never have its assumed value"),
    Code("key-does-not-suit-type", "I008", E, "a key means nothing for the type of its input"),
    Code("count-without-window", "I009", N, "a count does not say over which time it is counted"),
    Code("guide-outside-scale", "I010", E, "a guide describes a value that its input never has"),
    Code("earning-does-not-suit-type", "I011", E, "a criterion earns in a way that its input cannot feed"),
    Code("value-needs-range", "I012", E, "points are read from a number without a range"),
    Code("band-on-unsuitable", "I013", E, "bands are read from an input that is not a number"),
    Code("leave-out-without-minimum", "I014", E, "`leave_out` says nothing of how much must be known"),
    Code("decay-needs-as-of", "I015", E, "points decay from a date that may lie in the future"),
    Code("decay-twice", "I016", E, "two criteria decay from the same date"),
    Code("date-may-lie-ahead", "I017", W, "days are counted back to a date that may lie ahead"),
    Code("condition-never-true", "C001", E, "no answer makes a condition true"),
    Code("condition-always-true", "C002", W, "every answer makes a condition true, or every fact a test"),
    Code("dead-criterion", "C003", E, "a criterion earns the same whatever the answer"),
    Code("steps-out-of-order", "C004", E, "steps do not rise"),
    Code("steps-leave-a-gap", "C005", E, "values below the first step have no row"),
    Code("step-beyond-range", "C006", E, "no value reaches a step"),
    Code("steps-with-same-points", "C007", N, "two steps in a row earn the same points"),
    Code("criterion-out-of-differs", "C008", E, "a criterion cannot earn exactly its `out_of`"),
    Code("points-not-monotonic", "C009", N, "points rise and then fall along the steps"),
    Code("same-condition-twice", "C010", W, "two criteria test the same thing"),
    Code("score-not-here", "C011", E, "a condition asks for points that are not known yet"),
    Code(
        "recommend-never-applies", "C012", W, "a recommendation asks for points that a criterion cannot earn"
    ),
    Code("inputs-entangled", "C013", E, "criteria share inputs in more ways than can be counted"),
    Code("each-and-up-to-disagree", "C014", E, "`each` and `up_to` have opposite signs"),
    Code("weights-not-100", "P001", E, "the weights of the groups do not add up to 100"),
    Code("weight-and-method-disagree", "P002", E, "the method and the groups do not fit together"),
    Code("cap-never-binds", "P003", W, "a cap or floor lies beyond what can be earned"),
    Code("out-of-differs", "P004", E, "the criteria do not reach exactly `out_of`"),
    Code("one-group-reaches-top-band", "P005", N, "one group alone reaches the top band"),
    Code("criterion-never-changes-band", "P006", W, "a criterion can never change the band"),
    Code("group-out-of-differs", "P007", E, "a group cannot earn exactly its `out_of`"),
    Code("leave-out-of-a-penalty", "P008", E, "a missing answer would take a penalty away"),
    Code("minimum-out-of-reach", "P009", E, "more must be known than there is"),
    Code("floor-above-cap", "P010", E, "a floor lies above its cap"),
    Code("not-decided", "P011", N, "there are too many combinations to decide something"),
    Code("same-edge-twice", "B001", E, "two bands start at the same edge"),
    Code("band-unreachable", "B002", E, "no answers lead to a band"),
    Code("band-gap-at-bottom", "B003", E, "the lowest scores belong to no band"),
    Code("threshold-out-of-reach", "B004", E, "a band starts above the highest possible score"),
    Code("bands-out-of-order", "B005", E, "bands are not listed from the highest edge to the lowest"),
    Code("qualified-not-monotonic", "B006", W, "a higher band counts as less qualified"),
    Code("edge-not-attainable", "B007", N, "no score lies exactly on an edge"),
    Code("band-partly-unreachable", "B008", N, "the lowest part of a band cannot be scored"),
    Code("matrix-cell-missing", "X001", E, "a matrix has no cell for a pair of levels"),
    Code("matrix-level-unreachable", "X002", W, "a group never scores in a level of a matrix"),
    Code("unknown-placeholder", "A001", E, "a text uses a placeholder that does not exist"),
    Code("blocked-action-without-otherwise", "A002", N, "a guarded action is dropped without a replacement"),
    Code("band-without-action", "A003", W, "a band recommends nothing"),
    Code("otherwise-loop", "A004", E, "`otherwise` leads back to its own action"),
    Code("trigger-never-fires", "A005", E, "no answers fire a trigger"),
    Code("test-failed", "T001", E, "a test expects another answer"),
    Code("expects-nothing", "T002", E, "a test expects nothing"),
    Code("no-tests", "T003", W, "a rulebook has no tests beside it"),
    Code("band-without-test", "T004", W, "no test ends in a band"),
    Code("criterion-untested", "T005", W, "every test gives a criterion the same points"),
    Code("edge-without-boundary-test", "T006", W, "no test scores on an edge or just under it"),
    Code("trigger-without-test", "T007", W, "no test fires a trigger"),
    Code("tests-without-rulebook", "T008", W, "tests have no rulebook beside them"),
    Code("signal-without-test", "T009", W, "no test with facts makes a signal true, or none makes it false"),
    Code("unknown-value", "R001", E, "a condition asks for a value that does not exist"),
    Code("unknown-list", "R002", E, "a condition asks for a list that does not exist"),
    Code("unknown-operand", "R003", E, "a formula names neither an input nor a value"),
    Code("value-cycle", "R004", E, "a value is worked out from itself"),
    Code("formula-does-not-suit", "R005", E, "a formula reads an input of a type that it cannot use"),
    Code("score-of-unknown", "R006", E, "the total is taken from something that does not exist"),
    Code("criteria-and-method-disagree", "R007", E, "the method and the criteria do not fit together"),
    Code("bands-two-ways", "R008", E, "bands are told partly by edges and partly by conditions"),
    Code("blame-unknown", "R009", E, "a value blames an input that has no part in it"),
    Code("value-not-here", "R010", E, "a condition asks for something that is not known yet"),
    Code("fields-not-here", "R011", E, "fields stand where there are no records"),
    Code("value-needs-required", "R012", E, "a total could not tell its bounds while an answer is missing"),
    Code("unused-value", "R013", W, "a value is worked out that nothing uses"),
    Code("no-band-otherwise", "R014", W, "all conditions of the bands may be false"),
    Code("value-too-long", "R015", E, "a value may have too many digits to work with"),
    Code("value-refuses-subjects", "R016", N, "the range of a value refuses subjects"),
    Code("bounds-open", "R017", W, "a total has no bounds while a record lacks an optional field"),
    Code("unknown-kind", "F001", E, "a kind of fact is named that does not exist"),
    Code("unknown-field", "F002", E, "a field is named that its kind of fact does not have"),
    Code("unknown-signal", "F003", E, "a signal is asked for that does not exist"),
    Code("unknown-alias", "F004", E, "a line speaks of a fact that no earlier line names"),
    Code("absence-not-last", "F005", E, "an absence stands before other facts of its signal"),
    Code("join-not-here", "F006", E, "facts that are counted or measured are compared with another fact"),
    Code("join-does-not-suit", "F007", E, "a field is compared with one that does not suit it"),
    Code("field-not-possible", "F008", E, "a field of a fact or record says what only an input can say"),
    Code("measure-does-not-suit", "F009", E, "an input is measured as what it is not"),
    Code("measured-outside-range", "F010", W, "an input may refuse what is measured for it"),
    Code("no-fact-matches", "F011", E, "no fact passes a window or test"),
    Code("signal-never-true", "F012", E, "no facts make a signal true"),
    Code("signal-always-true", "F013", W, "a signal, or a line of it, is true whatever happened"),
    Code("chain-loop", "F014", E, "what follows from a signal or action leads back to it"),
    Code("chain-too-long", "F015", E, "facts follow from facts in too many steps"),
    Code("kinds-differ", "F016", E, "two rulebooks declare a kind of fact differently"),
    Code("unused-kind", "F017", W, "a kind of fact is declared that nothing looks for"),
    Code("unused-signal", "F018", W, "a signal is listed that nothing asks for"),
    Code("durable-cannot-express", "E001", E, "a condition is too wide for the engine `durable`"),
    Code("effective-dates-reversed", "V004", E, "a rulebook ends before it begins"),
    Code("odd-year", "V005", W, "a day lies in a year that was hardly meant"),
    Code("rulebook-expired", "V006", W, "a rulebook has ended"),
    Code("rulebook-not-begun", "V007", N, "a rulebook has not begun"),
)

CODES: Mapping[str, Code] = MappingProxyType({code.name: code for code in _TABLE})
"""Every code by its name, in the order of its number."""


def finding(
    code: str,
    span: Span,
    message: str,
    help: str | None = None,  # noqa: A002 -- the word that the reader of a finding sees
    notes: Iterable[str] = (),
    labels: Iterable[Label] = (),
) -> Diagnostic:
    """Build a finding; an unregistered code is a KeyError."""
    severity = CODES[code].severity
    return Diagnostic(code, severity, span, message, help, tuple(notes), tuple(labels))
