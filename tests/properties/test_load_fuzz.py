"""Whatever plausible values a rulebook holds, it is refused in plain words, or it scores."""

import copy
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from hypothesis import event, given
from hypothesis import strategies as st

from scorewright.diagnostics.codes import CODES
from scorewright.program.program import Policy, Program
from scorewright.results.outcome import Score
from scorewright.rulebook.nodes import Plain
from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_source
from scorewright.scoring.scorer import Scorer
from tests.properties.subjects import answers, asked, forms
from tests.properties.test_reader_fuzz import assert_within, one_line
from tests.properties.test_shape_fuzz import PYTHON_WORDS, inside, places, tree_of
from tests.scorers.rulebook.test_document import ROOT

NAMES = sorted(
    str(path.relative_to(ROOT))
    for path in [*(ROOT / "rules").glob("*.yaml"), ROOT / "tests" / "data" / "everything.yaml"]
    if not path.name.endswith(".tests.yaml")
)
TREES = {name: tree_of(name) for name in NAMES}
NUMBERS = [
    Fraction(text) for text in ("0", "1", "-1", "5", "60", "100", "0.5", "2.25", "100000", "123456789012345")
]
AS_OF = date(2026, 1, 31)


def by_key(tree: Plain, key: str = "") -> Iterator[tuple[str, Plain]]:
    """List every value with the key that it stands after."""
    yield key, tree
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from by_key(value, name)
    elif isinstance(tree, list):
        for part in tree:
            yield from by_key(part, key)


POOL: dict[str, list[Plain]] = {}
for _tree in TREES.values():
    for _key, _value in by_key(_tree):
        POOL.setdefault(_key, []).append(_value)


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, str]:
    """Put other values, that stand after the same key elsewhere, into a rulebook; double and drop some."""
    name = draw(st.sampled_from(NAMES))
    tree = copy.deepcopy(TREES[name])
    for _ in range(draw(st.integers(1, 4))):
        *above, last = draw(st.sampled_from(places(tree)))
        block: Plain = tree
        for step in above:
            block = inside(block, step)
        change(draw, block, last, next((str(step) for step in reversed(above) if isinstance(step, str)), ""))
    return name, one_line(tree)


def change(draw: st.DrawFn, block: Plain, step: str | int, key: str) -> None:
    if isinstance(block, dict) and isinstance(step, str):
        old = block.pop(step)
        deed = draw(st.sampled_from(["other", "other", "other", "number", "gone"]))
        if deed == "other":
            block[step] = copy.deepcopy(draw(st.sampled_from(POOL[step])))
        elif deed == "number":
            block[step] = draw(st.sampled_from(NUMBERS)) if isinstance(old, Fraction) else old
    elif isinstance(block, list) and isinstance(step, int):
        deed = draw(st.sampled_from(["other", "twice", "gone"]))
        put: dict[str, list[Plain]] = {"gone": [], "twice": [block[step], block[step]]}
        block[step : step + 1] = copy.deepcopy(
            put[deed] if deed in put else [draw(st.sampled_from(POOL[key]))]
        )


@given(st.data())
def test_a_changed_rulebook_is_refused_in_plain_words_or_scores(data: st.DataObject) -> None:
    name, text = data.draw(changed())
    source = Source(name, text)
    loaded, report = load_source(source)
    assert (loaded is None) == report.has_errors
    for diagnostic in report.diagnostics:
        event(diagnostic.code)
        assert diagnostic.code in CODES
        assert_within(diagnostic.span, source)
        words = " ".join((diagnostic.message, diagnostic.help or "", *diagnostic.notes))
        assert not PYTHON_WORDS.search(words), words
    has_records = loaded is not None and any(i.item and i.item.fields for i in loaded.program.inputs)
    if loaded is not None and not has_records:
        event("scores")
        engines = [Scorer(loaded.program, engine) for engine in ("reference", "compiled")]
        known = data.draw(answers(asked(loaded.program, AS_OF)))
        raw = {key: forms(value)[0] for key, value in known.items()}
        first, second = (scorer.score(raw, as_of=AS_OF) for scorer in engines)
        assert first == second
        if isinstance(first, Score) and first.outcome.total is not None and always_has_a_band(loaded.program):
            assert first.outcome.computed_band is not None


def always_has_a_band(program: Program) -> bool:
    """Tell whether the checks promise a band for every total: read from its edges, with nothing left out."""
    given = {program.policy, *(item.policy for item in program.inputs), *(c.policy for c in program.criteria)}
    by_edges = program.band_on is None and not program.bands_by_condition
    return program.by_points and by_edges and Policy.LEAVE_OUT not in given
