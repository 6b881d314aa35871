"""Names: every id once, every name declared, every declaration used."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath

from scorewright.checks.check import Check, Finder, Findings, Path
from scorewright.diagnostics import CODES, Meant, Severity, nearest, quoted
from scorewright.rulebook import Document, placeholders
from scorewright.rulebook import references as uses
from scorewright.rulebook.model.input import Input
from scorewright.rulebook.model.rulebook import Rulebook

Named = tuple[Path, str]
"""The path of an id, and the id."""


def _listed(kind: str, things: Sequence[object]) -> list[Named]:
    return [((kind, index, "id"), str(getattr(thing, "id", ""))) for index, thing in enumerate(things)]


def _kinds(rulebook: Rulebook) -> Iterator[tuple[str, Sequence[Named]]]:
    """Yield every list whose members have ids, by the plural of what it lists."""
    yield "groups", _listed("groups", rulebook.groups)
    yield "criteria", _listed("criteria", rulebook.criteria)
    yield "bands", _listed("bands", rulebook.bands)
    yield "disqualifiers", _listed("disqualifiers", rulebook.disqualifiers)
    yield "triggers", _listed("triggers", rulebook.triggers)
    yield "flags", _listed("flags", rulebook.flags)
    yield "lists", _listed("lists", rulebook.lists)
    for number, named in enumerate(rulebook.lists):
        yield "items", [(("lists", number, *path), id) for path, id in _listed("items", named.items)]
    for side in ("rows", "columns"):
        if rulebook.matrix is not None:
            levels = getattr(rulebook.matrix, side).levels
            yield "levels", [(("matrix", side, *path), id) for path, id in _listed("levels", levels)]
    yield "signals", _listed("signals", rulebook.signals)
    for index, signal in enumerate(rulebook.signals):
        lines = [(("signals", index, *place, "as"), line.as_) for place, line in signal.lines]
        yield "lines", [(path, alias) for path, alias in lines if alias is not None]
    for name, kind in rulebook.facts.items():
        yield "key fields", [(("facts", name, "key", index), field) for index, field in enumerate(kind.key)]
        yield from _options(("facts", name, "fields"), kind.fields)
    yield from _options(("inputs",), rulebook.inputs)


def _options(path: Path, declared: Mapping[str, Input]) -> Iterator[tuple[str, Sequence[Named]]]:
    for name, given in declared.items():
        options = given.options or ()
        yield "options", [((*path, name, "options", index), option) for index, option in enumerate(options)]


def duplicate_ids(document: Document) -> Findings:
    """Find two things of one kind with one id."""
    find = Finder(document, "duplicate-id")
    for plural, named in _kinds(document.rulebook):
        first: dict[str, Path] = {}
        for path, id in named:
            if first.setdefault(id, path) != path:
                message = f"two {plural} are called {quoted(id)}"
                labels = [(first[id], "first written here")]
                yield find.at(path, message, "give each its own id", labels=labels)
    rulebook = document.rulebook
    taken = dict.fromkeys(rulebook.values, "a value") | dict.fromkeys(rulebook.inputs, "an input")
    for index, signal in enumerate(document.rulebook.signals):
        if signal.id in taken:
            message = f"{quoted(signal.id)} is {taken[signal.id]} already"
            yield find.at(("signals", index, "id"), message, "give the signal a name of its own")


def undeclared_inputs(document: Document) -> Findings:
    """Find inputs that are used and not declared."""
    find = Finder(document, "undeclared-input")
    declared = document.rulebook.inputs
    signals = {signal.id for signal in document.rulebook.signals}
    for path, name in uses.rulebook_uses(document.rulebook):
        of_values = path[0] == "values" or path[-1] in ("value", "signal")
        if name not in declared and not of_values:
            is_signal = f"it is a signal: ask for it by `when: {{ signal: {name}, is: true }}`"
            way = is_signal if name in signals else Meant(name, declared)
            yield find.at(path, f"{quoted(name)} is not declared under `inputs`", way)


def unused_inputs(document: Document) -> Findings:
    """Find inputs that are declared and not used, not even in a text."""
    find = Finder(document, "unused-input")
    used = {name for _, name in uses.rulebook_uses(document.rulebook)}
    for _, text in uses.texts(document.rulebook):
        used |= {part.removeprefix("inputs.") for part in placeholders(text) if part.startswith("inputs.")}
    for name in document.rulebook.inputs:
        if name not in used:
            message = f"{quoted(name)} is declared but nothing uses it"
            way = "use it in a criterion, trigger or action, or delete it"
            yield find.at(("inputs", name), message, way, key=True)


def unknown_actions(document: Document) -> Findings:
    """Find recommendations of actions that do not exist."""
    find = Finder(document, "unknown-action")
    known = document.rulebook.actions
    for path, name in uses.action_uses(document.rulebook):
        if name not in known:
            yield find.at(path, f"no action is called {quoted(name)}", Meant(name, known))


def actions_never_recommended(document: Document) -> Findings:
    """Find actions that nothing leads to, neither itself nor by way of `otherwise`."""
    find = Finder(document, "action-never-recommended")
    actions = document.rulebook.actions
    reached: set[str] = set()
    waiting = [name for path, name in uses.action_uses(document.rulebook) if path[0] != "actions"]
    while waiting:
        name = waiting.pop()
        if name in actions and name not in reached:
            reached.add(name)
            action = actions[name]
            if action.only_if is not None and action.otherwise is not None:
                waiting.append(action.otherwise)
            waiting += action.then.actions if action.then else ()
    for name in actions:
        if name not in reached:
            message = f"nothing recommends {quoted(name)}"
            way = "attach it to a band, criterion or trigger, or delete it"
            yield find.at(("actions", name), message, way, key=True)


def _unknown(document: Document, code: str, kind: str, known: set[str], named: Iterator[Named]) -> Findings:
    find = Finder(document, code)
    for path, name in named:
        if name not in known:
            yield find.at(path, f"no {kind} is called {quoted(name)}", Meant(name, known))


def unknown_bands(document: Document) -> Findings:
    """Find disqualifiers that set a band that does not exist."""
    rulebook = document.rulebook
    named: Iterator[Named] = (
        (("disqualifiers", index, "band"), given.band)
        for index, given in enumerate(rulebook.disqualifiers)
        if given.band is not None
    )
    return _unknown(document, "unknown-band", "band", {band.id for band in rulebook.bands}, named)


def _group_names(rulebook: Rulebook) -> Iterator[Named]:
    for index, criterion in enumerate(rulebook.criteria):
        if criterion.group is not None:
            yield ("criteria", index, "group"), criterion.group
    for path, comparison in uses.all_comparisons(rulebook):
        if comparison.group is not None:
            yield (*path, "group"), comparison.group
    if rulebook.matrix is not None:
        yield ("matrix", "rows", "group"), rulebook.matrix.rows.group
        yield ("matrix", "columns", "group"), rulebook.matrix.columns.group


def unknown_groups(document: Document) -> Findings:
    """Find groups that are named and do not exist."""
    rulebook = document.rulebook
    known = {group.id for group in rulebook.groups}
    return _unknown(document, "unknown-group", "group", known, _group_names(rulebook))


def unknown_criteria(document: Document) -> Findings:
    """Find criteria that are named and do not exist."""
    rulebook = document.rulebook
    named: Iterator[Named] = (
        ((*path, "criterion"), comparison.criterion)
        for path, comparison in uses.all_comparisons(rulebook)
        if comparison.criterion is not None
    )
    return _unknown(document, "unknown-criterion", "criterion", {c.id for c in rulebook.criteria}, named)


def groups_without_criteria(document: Document) -> Findings:
    """Find groups that nothing stands in."""
    find = Finder(document, "group-without-criteria")
    filled = {criterion.group for criterion in document.rulebook.criteria}
    for index, group in enumerate(document.rulebook.groups):
        if group.id not in filled:
            way = f"write `group: {group.id}` in its criteria, or delete the group"
            yield find.at(("groups", index, "id"), f"no criterion stands in group {quoted(group.id)}", way)


def _former(rulebook: Rulebook) -> Iterator[tuple[str, Mapping[str, tuple[Path, Sequence[str]]]]]:
    """Yield for every kind its ids, each with its path and former names."""
    header = rulebook.rulebook
    yield "rulebook", {header.id: (("rulebook",), header.formerly)}
    yield "input", {name: (("inputs", name), given.formerly) for name, given in rulebook.inputs.items()}
    yield "action", {name: (("actions", name), given.formerly) for name, given in rulebook.actions.items()}
    for kind, key in (("group", "groups"), ("criterion", "criteria"), ("band", "bands")):
        yield kind, {g.id: ((key, index), g.formerly) for index, g in enumerate(getattr(rulebook, key))}
    facts = rulebook.facts.items()
    yield "kind of fact", {name: (("facts", name), given.formerly) for name, given in facts}
    for kind, key in (("disqualifier", "disqualifiers"), ("trigger", "triggers"), ("signal", "signals")):
        yield kind, {g.id: ((key, index), g.formerly) for index, g in enumerate(getattr(rulebook, key))}


def formerly_still_used(document: Document) -> Findings:
    """Find former names that something of the same kind still has."""
    find = Finder(document, "formerly-still-used")
    for kind, things in _former(document.rulebook):
        article = "an" if kind[0] in "aeiou" else "a"
        for id, (path, former) in things.items():
            for index, name in enumerate(former):
                if name in things:
                    is_now = f"but is still {article} {kind}"
                    message = f"{quoted(name)} is listed as a former name of {quoted(id)} {is_now}"
                    yield find.at((*path, "formerly", index), message, "delete it from `formerly`")


def file_names(document: Document) -> Findings:
    """Find a file that is not called after its rulebook."""
    find = Finder(document, "file-name-differs-from-id")
    name, id = PurePath(document.source.name), document.rulebook.rulebook.id
    if name.suffix in (".yaml", ".yml") and name.stem != id:
        message = f"the file is called {quoted(name.stem)} but the rulebook is {quoted(id)}"
        yield find.at(("rulebook", "id"), message, f"rename the file to {id}{name.suffix}, or change the id")


def unknown_checks(document: Document) -> Findings:
    """Find accepted findings that do not exist, or that nobody may accept."""
    find = Finder(document, "unknown-check")
    names = [code.name for code in CODES.values() if code.severity is not Severity.ERROR]
    for index, accepted in enumerate(document.rulebook.accepted):
        path = ("accepted", index, "check")
        if accepted.check not in CODES:
            message = f"no check is called {quoted(accepted.check)}"
            near = nearest(accepted.check, names)
            yield find.at(path, message, f"did you mean `{near}`?" if near else "findings print their names")
        elif accepted.check not in names:
            message = f"{quoted(accepted.check)} is an error, and errors cannot be accepted"
            yield find.at(path, message, "mend what it finds, and delete this entry")


CHECKS: tuple[Check[Document], ...] = (
    Check("duplicate-id", duplicate_ids),
    Check("undeclared-input", undeclared_inputs),
    Check("unused-input", unused_inputs),
    Check("unknown-action", unknown_actions),
    Check("action-never-recommended", actions_never_recommended),
    Check("unknown-band", unknown_bands),
    Check("unknown-group", unknown_groups),
    Check("formerly-still-used", formerly_still_used),
    Check("file-name-differs-from-id", file_names),
    Check("unknown-criterion", unknown_criteria),
    Check("unknown-check", unknown_checks),
    Check("group-without-criteria", groups_without_criteria),
)
