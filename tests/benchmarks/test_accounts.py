"""The accounts that are measured: a rulebook without findings, and accounts of which some need something."""

import pytest

from benchmarks.accounts import RULEBOOK, RULES, store
from benchmarks.accounts_data import EVENTS_OF_ONE, fill, name, rows
from scorewright.accounts.evaluator import Evaluator
from scorewright.requests.account_question import AccountQuestion, clock
from scorewright.scoring.load import load_paths
from scorewright.storage.repositories import Repositories


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Repositories:
    found = Repositories.at(f"sqlite:///{tmp_path_factory.mktemp('accounts')}/a.db")
    fill(found.database, 60, clock())
    found.database.close()
    return found


def test_the_rulebook_has_no_findings() -> None:
    _, report = load_paths([RULES])
    assert report.diagnostics == ()


def test_every_account_has_its_events_all_of_which_matter_and_counts_as_evaluated(kept: Repositories) -> None:
    evaluator, now = Evaluator(store(), kept, 1_000), clock()
    accounts = [account for account, _ in kept.accounts.after("", 100)]
    assert accounts == [name(number) for number in range(60)]
    assert kept.accounts.changed(1) == []
    for account in accounts:
        known = evaluator.known(account, tuple(store()), now)
        assert (len(known.facts), known.left_out) == (EVENTS_OF_ONE, ())
    kept.database.close()


def test_some_accounts_make_each_signal_true_and_some_none(kept: Repositories) -> None:
    books = store().find([RULEBOOK])
    evaluator, now = Evaluator(store(), kept, 1_000), clock()
    true = []
    for number in range(60):
        question = AccountQuestion(name(number), books, now, {})
        (found,) = evaluator.evaluate(question, evaluator.known(question.account, books, now))
        true.append(frozenset(found.evaluation.measured.signals))
    assert frozenset.union(*true) == {signal.id for signal in books[0].program.signals}
    assert frozenset() in true
    kept.database.close()


def test_an_account_is_the_same_whenever_it_is_made() -> None:
    assert rows(7, 10**15) == rows(7, 10**15)
    assert rows(7, 10**15) != rows(8, 10**15)
