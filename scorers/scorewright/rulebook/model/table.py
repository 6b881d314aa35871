"""What rule tables need beside points: values worked out from inputs, named lists, and flags."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from scorewright.rulebook.model.condition import Condition
from scorewright.rulebook.model.fields import MAX_ITEMS, Block, Id, Ids, Items, Number, Text
from scorewright.rulebook.model.key_rules import AtLeastOne, Given, OneOf, OnlyWith


def _operand(value: object) -> Fraction | str:
    if isinstance(value, Fraction | str) and value != "":
        return value
    raise PydanticCustomError("operand_expected", "a number, or the name of an input or value, is expected")


Operand = Annotated[Fraction | str, PlainValidator(_operand)]
Operands = Annotated[tuple[Operand, ...], Items, Field(min_length=2, max_length=MAX_ITEMS)]
TwoOperands = Annotated[tuple[Operand, Operand], Items]


class SumOf(Block):
    """A sum over the records of a list: of the product of the named fields."""

    over: Id
    of: Annotated[Ids, Field(min_length=1)]


class CountOf(Block):
    """How many different texts stand in one or several lists, but for those that are left out."""

    over: Annotated[Ids, Field(min_length=1)]
    except_: Annotated[tuple[Text, ...], Items] = Field((), alias="except")
    except_ending: Text | None = None


class Trailing(Block):
    """How many records in a row, up to the last one, have one field at or above another."""

    over: Id
    field: Id
    at_least: Id


class Lookup(Block):
    """A number for each option of a choice."""

    input: Id
    options: Annotated[dict[str, Number], Field(min_length=1)]


FORMULAS = ("add", "subtract", "multiply", "divide", "percent", "sum", "distinct", "trailing", "lookup")


class Value(Block):
    """A number worked out from inputs and earlier values."""

    label: Text | None = None
    unit: Text | None = None
    add: Operands | None = None
    subtract: Operands | None = None
    multiply: Operands | None = None
    divide: TwoOperands | None = None
    percent: TwoOperands | None = None
    sum: SumOf | None = None
    distinct: CountOf | None = None
    trailing: Trailing | None = None
    lookup: Lookup | None = None
    min: Number | None = None
    max: Number | None = None
    blame: Id | None = None
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()

    RULES = (
        OneOf(FORMULAS, "a value is worked out in one way", "add"),
        Given("min", needs=("blame",)),
        Given("max", needs=("blame",)),
        OnlyWith(("blame",), ("min", "max"), "`blame` names the input of a value outside its `min` or `max`"),
    )

    @property
    def formula(self) -> str:
        """Name the key that says how the value is worked out."""
        return self.given(*FORMULAS)[0]


class Item(Block):
    """An entry of a list: it stands there where `when` is true and `unless` is not."""

    id: Id
    shown: Text | None = None
    when: Condition | None = None
    unless: Condition | None = None
    actions: Ids = ()
    notes: Text | None = None
    source: Text | None = None
    formerly: Ids = ()

    RULES = (AtLeastOne(("when", "unless"), "an item of a list says when it is listed", "when"),)


class NamedList(Block):
    """A list that the answer carries by its name: what is unmet, violated, advised."""

    id: Id
    label: Text | None = None
    items: Annotated[tuple[Item, ...], Items, Field(min_length=1, max_length=MAX_ITEMS)]
    notes: Text | None = None
    source: Text | None = None


class Flag(Block):
    """A mark for machines that the answer carries where a condition is true."""

    id: Id
    when: Condition
    notes: Text | None = None
    source: Text | None = None
