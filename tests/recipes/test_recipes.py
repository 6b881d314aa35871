"""The recipes of CONTRIBUTING are counted and true: each is carried out, and its files are those it names."""

import shlex
from pathlib import Path

import pytest

from scorewright.scoring.load import load_paths
from tests.architecture.source import ROOT
from tests.recipes.edits import CHECK, COLOUR, COMPARISON, EARNING, FIELD, ROOM, RULEBOOK
from tests.recipes.tree import Edits, Tree, recipes

RECIPES = recipes()
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree.copied(tmp_path / "a copy")


def carried_out(tree: Tree, title: str, edits: Edits) -> None:
    """Make the edits and run the commands of a recipe, and find what it names to be all that changed."""
    recipe = RECIPES[title]
    assert len(edits) == recipe.count
    assert [path for path in edits if not recipe.lists(path)] == []
    tree.edit(edits)
    for command in recipe.commands:
        tree.run(as_script(command))
    written = {path for paths in recipe.commands.values() for path in paths}
    assert tree.changed() == {*edits, *written}


def as_script(command: str) -> str:
    """Return what a command of ours, or a target of `make`, runs with the modules of the copy."""
    name, *arguments = shlex.split(command)
    if name == "scorewright":
        return (
            f"sys.argv[1:] = {arguments}\nfrom scorewright.cli.main import entry\nraise SystemExit(entry())"
        )
    _, target = MAKEFILE.replace("\\\n", "").split(f"\n{arguments[0]}: ", 1)
    target = target.replace("$(PROTOS:proto/%=%)", "scorewright/v1/scorewright.proto")
    module, *arguments = shlex.split(target.split("/python -m ", 1)[1].splitlines()[0])
    return f"sys.argv[1:] = {arguments}\nrunpy.run_module({module!r}, run_name='__main__')"


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_says_how_many_files_it_names_and_each_is_there(title: str) -> None:
    recipe = RECIPES[title]
    assert recipe.count == len(set(recipe.paths)) == len(recipe.paths)
    named = [*recipe.paths, *(path for paths in recipe.commands.values() for path in paths)]
    assert [path for path in named if "<" not in path and not (ROOT / path).is_file()] == []


def test_the_recipes_that_are_carried_out_are_in_the_page() -> None:
    assert {
        "A new comparison",
        "A new way to earn",
        "A new check",
        "A new diagnostic code that is no check",
        "A new RPC",
        "A new room",
    } <= RECIPES.keys()


def test_a_new_comparison_is_scored_checked_described_and_said_everywhere(tree: Tree) -> None:
    carried_out(tree, "A new comparison", COMPARISON)
    tree.run(
        """
from tests.scorers.program import test_operators as promises
from tests.scorers.semantics import test_conditions as edges
from tests.docs import test_reference
from scorewright.program.operators import Op
from scorewright.program.condition import Compare, InputRef
from scorewright.program.phrasing import condition_text
from scorewright.program.value import Type
from scorewright.rulebook.schema.generator import rulebook_schema
from scorewright.scoring.load import load_paths
from pathlib import Path
from tests.written import outcome, rulebook

word = Op("longer_than")
when = {"input": "x", word.value: 5}
program = rulebook({"x": {"type": "text"}}, [{"id": "c", "when": when, "points": 10}])
assert [outcome(program, x=text).total for text in ("green", "redred")] == [0, 10]  # by every engine
promises.test_every_engine_means_by_a_word_what_the_law_says(word, Type.TEXT)
promises.test_bounds_hold_what_any_answer_gives_and_no_more(word, Type.TEXT)
promises.test_a_condition_that_some_answers_fulfil_is_accused_of_nothing(word)
promises.test_a_word_is_written_in_the_docs_and_described_to_editors()
promises.test_the_generators_write_every_word_and_the_oracle_reads_it()
test_reference.test_every_comparison_has_an_example()
edges.test_a_text_starts_with_ends_with_or_contains_another_letter_for_letter(
    {"longer_than": 3}, ["gov."], ["gov"]
)
assert condition_text(Compare(InputRef("x"), word, 5)) == "x is longer than 5 letters"
assert '"longer_than"' in str(rulebook_schema()).replace("'", '"')
wrong = promises.edited({"input: budget, is: true": "input: budget, longer_than: 5"})
assert any("comparison-does-not-suit-type" in line for line in promises.told(wrong)), promises.told(wrong)
_, report = load_paths([Path("tests/data/everything.yaml")])
# The row says nothing of its parting, which costs this note.
assert [found.code for found in report.diagnostics] == ["not-decided"], report.diagnostics
"""
    )


def test_a_new_way_to_earn_is_earned_checked_and_described_everywhere(tree: Tree) -> None:
    carried_out(tree, "A new way to earn", EARNING)
    tree.run(
        """
from tests.scorers.program import test_earnings as promises
from tests.docs import test_reference
from scorewright.rulebook.schema.generator import rulebook_schema
from scorewright.scoring.load import load_paths
from pathlib import Path

for place in promises.PLACES:
    promises.test_every_way_to_earn_stands_in_its_places("squared", place)
promises.test_a_way_makes_its_earning_from_an_input_of_the_type_that_its_row_names("squared")
for example in promises.EXAMPLES["squared"]:
    promises.test_every_engine_earns_what_the_second_reading_does(*example)
test_reference.test_every_way_to_earn_has_an_example()
assert '"squared"' in str(rulebook_schema()).replace("'", '"')
_, report = load_paths([Path("tests/data/everything.yaml")])
# The class says nothing of its grains, which costs this note.
assert [found.code for found in report.diagnostics] == ["not-decided"], report.diagnostics
"""
    )


def test_a_new_check_finds_what_its_page_shows_and_nothing_else(tree: Tree) -> None:
    carried_out(tree, "A new check", CHECK)
    tree.run(
        """
from pathlib import Path
from tests.docs import test_diagnostics as promises
from scorewright.scoring.load import load_paths

code = "name-ends-in-stop"
for name in ("before", "after"):
    Path(name).mkdir()
promises.test_every_code_has_a_page_and_every_page_a_code()
promises.test_a_page_begins_with_what_the_register_says(code)
promises.test_an_example_prints_its_code_alone(code, Path("before"))
promises.test_a_mended_example_prints_nothing(code, Path("after"))
_, report = load_paths([Path("rules/bant_20.yaml")])
assert report.diagnostics == (), report.diagnostics
"""
    )


SCORED = """
from datetime import date
from pathlib import Path
from scorewright.messages.answer_encoder import message
from scorewright.messages.rulebook_description import rulebook
from scorewright.results.outcome_json import answer
from scorewright.scoring.load import load_paths
from scorewright.scoring.scorer import Scorer

[known], report = load_paths([Path("rules/bant_20.yaml")])
assert known.program.digest == DIGEST, "digests of rulebooks without it have changed"
Path("example.yaml").write_text(BOOK)
[loaded], report = load_paths([Path("example.yaml")])
assert not report.has_errors, report.diagnostics
score = Scorer(loaded.program).score({"budget": True, "team_size": 9}, as_of=date(2026, 1, 31))
told, shown = message(answer(score)), rulebook(loaded)
"""


def scored(tree: Tree, book: str, then: str) -> None:
    [known], _ = load_paths([ROOT / "rules" / "bant_20.yaml"])
    tree.run(f"DIGEST, BOOK = {known.program.digest!r}, {book!r}\n{SCORED}\n{then}")


def test_a_colour_of_bands_reaches_yaml_answer_and_message(tree: Tree) -> None:
    carried_out(tree, "A colour for bands", COLOUR)
    book = RULEBOOK.replace("from: 30,", "from: 30, colour: red,")
    scored(
        tree, book, "assert told.band.colour == 'red'\nassert [b.colour for b in shown.bands] == ['red', '']"
    )


def test_a_field_of_actions_reaches_yaml_answer_and_message(tree: Tree) -> None:
    carried_out(tree, "A field for actions", FIELD)
    book = RULEBOOK.replace("do: Call,", "do: Call, effort: an hour,")
    scored(
        tree, book, "assert told.actions[0].effort == 'an hour'\nassert shown.actions[0].effort == 'an hour'"
    )


def test_a_new_room_keeps_the_contracts(tree: Tree) -> None:
    carried_out(tree, "A new room", ROOM)
    tree.run(
        "from importlinter.cli import lint_imports_command as lint\nsys.argv[1:] = ['--no-cache']\nlint()"
    )
