from collections.abc import Callable
from pathlib import Path

from scorewright.rulebook.source import Source
from scorewright.scoring.load import load_paths, load_source
from tests.scorers.checks.books import BASE, Edits, edited, told, told_of_each

CASES: dict[str, Edits] = {
    "two criteria": {"id: team,": "id: budget,"},
    "two bands": {"id: cold": "id: hot"},
    "an option twice": {"type: boolean": "type: choice, options: [a, b, a]", "is: true": "is: a"},
    "undeclared in a criterion": {"input: team_size": "input: teamsize"},
    "undeclared in a ratio": {"input: team_size, at_least: 5": "ratio: [team_size, bugdet], at_least: 5"},
    "undeclared in band_on": {"if_missing: no_points": "if_missing: no_points, band_on: size"},
    "undeclared deep in a guard": {
        "1 week": "1 week, only_if: { not: { any: [{ input: budget, is: true }, { input: x, is: 1 }] } }"
    },
    "unused input": {"  team_size:": "  spare: { type: boolean }\n  team_size:"},
    "used in a text only": {
        "  team_size:": "  spare: { type: boolean }\n  team_size:",
        "due: 1 week": 'due: 1 week, reason: "{inputs.spare}"',
    },
    "unknown action in a band": {"actions: [mail]": "actions: [mial, call]"},
    "unknown action in a recommendation": {
        "points: 20": "points: 20, recommend: [{ equals: 20, actions: [vizit] }]"
    },
    "unknown action in otherwise": {
        "due: 1 week": "due: 1 week, only_if: { input: budget, is: true }, otherwise: nothing"
    },
    "action never recommended": {"actions: [mail]": "actions: [call]"},
    "action behind a guard": {
        "actions: [mail]": "actions: [call]",
        "due: same day": "due: same day, only_if: { input: budget, is: true }, otherwise: mail",
    },
    "otherwise without a guard": {
        "actions: [mail]": "actions: [call]",
        "due: same day": "due: same day, otherwise: mail",
    },
    "unknown band": {
        "actions:\n": "disqualifiers: [{ id: d, when: { input: budget, is: false }, band: clod }]\nactions:\n"
    },
    "unknown group of a criterion": {"id: team,": "id: team, group: fit,"},
    "unknown group of a condition": {
        "actions:\n": "triggers:\n  - { id: t, when: { group: fit, at_least: 1 } }\nactions:\n"
    },
    "unknown criterion": {
        "actions:\n": "triggers:\n  - { id: t, when: { criterion: tem, at_least: 1 } }\nactions:\n"
    },
    "group without criteria": {"criteria:\n": "groups: [{ id: fit }]\ncriteria:\n"},
    "former name of another input": {"max: 1000": "max: 1000, formerly: [budget]"},
    "former name of the rulebook itself": {
        "owner: sales }\ninputs": "owner: sales, formerly: [example] }\ninputs"
    },
    "former name of an action": {"due: 1 week": "due: 1 week, formerly: [call, letter]"},
    "another id than the file": {"id: example": "id: other"},
    "unknown check": {
        "actions:\n  call": "accepted: [{ check: no-such-check, because: x }]\nactions:\n  call"
    },
    "error accepted": {
        "actions:\n  call": "accepted: [{ check: out-of-differs, because: x }]\nactions:\n  call"
    },
}


def test_what_is_told_about_names(golden: Callable[[str, str], None]) -> None:
    golden("checks/names.out", told_of_each(CASES))


def test_a_sound_rulebook_is_told_nothing() -> None:
    assert told(BASE) == []


def test_a_misspelt_name_is_one_finding() -> None:
    assert len(told(edited({"input: team_size": "input: teamsize"}))) == 1
    assert len(told(edited({"actions: [mail]": "actions: [mal]"}))) == 1


def test_two_files_with_one_id_are_told(tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(BASE)
    (tmp_path / "other.yaml").write_text(BASE)
    loaded, report = load_paths([tmp_path])
    assert [d.code for d in report.diagnostics] == ["duplicate-id", "file-name-differs-from-id"]
    assert [label.span.file for label in report.diagnostics[0].labels] == [str(tmp_path / "example.yaml")]
    assert len(loaded) == 2


def test_one_check_tells_at_most_50_findings() -> None:
    comparisons = ", ".join(f"{{ input: x{n}, is: true }}" for n in range(200))
    assert len(told(edited({"{ input: budget, is: true }": f"{{ any: [{comparisons}] }}"}))) == 50


def test_a_name_without_an_ending_is_no_file_name() -> None:
    assert load_source(Source("<request>", BASE))[1].diagnostics == ()
