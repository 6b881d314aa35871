"""JUnit XML, which CI systems read: a suite for each rulebook, a case for each test."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from scorewright.cli.failed_case import render_diff
from scorewright.cli.reporters.concise import headline
from scorewright.cli.reporters.shown import shown
from scorewright.cli.stdio import PLAIN
from scorewright.diagnostics import Diagnostic, Report, Severity
from scorewright.rulebook.nodes import locate
from scorewright.suites import SuiteRun, failure


def junit(tested: Sequence[SuiteRun], broken: Report) -> str:
    """Write the report; a rulebook or suite that cannot be used is an error of its own."""
    root = Element("testsuites", name="scorewright")
    for item in tested:
        _suite(root, item)
    if broken.has_errors:
        suite = SubElement(root, "testsuite", name="rulebooks")
        _errors(suite, broken.diagnostics)
        _count(suite)
    for attribute in ("tests", "failures", "errors"):
        root.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, item: SuiteRun) -> None:
    suite = SubElement(root, "testsuite", name=item.loaded.program.id)
    document = item.suite.document
    if document is not None:
        for result in item.results:
            place = locate(document.root, result.test.path)
            name, line = shown(result.test.name), str(place.line)
            case = SubElement(
                suite, "testcase", classname=item.loaded.program.id, name=name, file=place.file, line=line
            )
            if not result.passed:
                told = SubElement(
                    case, "failure", type="test-failed", message=failure(document, result).message
                )
                told.text = f"{place}\n{render_diff(result, PLAIN)}"
    _errors(suite, [d for d in item.suite.report.diagnostics if d.severity is Severity.ERROR])
    _count(suite)


def _errors(suite: Element, diagnostics: Sequence[Diagnostic]) -> None:
    for found in diagnostics:
        name, line = f"{found.span}", str(found.span.line)
        case = SubElement(
            suite, "testcase", classname=suite.get("name", ""), name=name, file=found.span.file, line=line
        )
        SubElement(case, "error", type=found.code, message=shown(found.message)).text = headline(found)


def _count(suite: Element) -> None:
    suite.set("tests", str(len(suite)))
    for attribute, tag in (("failures", "failure"), ("errors", "error")):
        suite.set(attribute, str(len(suite.findall(f"testcase/{tag}"))))
