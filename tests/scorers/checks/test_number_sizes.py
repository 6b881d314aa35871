"""Values may be worked out at length, and not to numbers of any length."""

from tests.scorers.checks.books import told


def chained(formula: str, count: int) -> list[str]:
    """Work a value out in many steps, each from the one before taken twice."""
    steps = "".join(f"  v{n + 1}: {{ {formula}: [v{n}, v{n}] }}\n" for n in range(count))
    text = f"""rulebook: {{ id: example, name: Example, version: 1.0.0, owner: x }}
inputs: {{ x: {{ type: number, min: 0, max: 9, required: true }} }}
values:
  v0: {{ add: [x, x] }}
{steps}score: {{ method: value, of: v{count} }}
bands: [{{ id: all, from: 0 }}]
"""
    return [line.split("] ")[1].split(";")[0] for line in told(text)]


def test_values_may_be_added_at_length() -> None:
    assert chained("add", 400) == []


def test_values_may_not_be_multiplied_at_length() -> None:
    assert chained("multiply", 4) == []
    assert chained("multiply", 400) == ["`v6` can have more than 1,000 digits"]


def test_values_may_not_be_divided_at_length() -> None:
    assert chained("divide", 400) == ["`v4` can have more than 1,000 digits"]
