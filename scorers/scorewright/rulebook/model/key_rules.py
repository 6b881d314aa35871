"""Which keys of a block go together: rules as data, checked when a block is read.

A block lists its rules in `RULES`; the first one that is broken is raised. The JSON Schema and the words of
the reference are written from the same rules, in `scorewright.rulebook.schema`. Names are those of fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

Names: TypeAlias = tuple[str, ...]


class Rule(Protocol):
    """What must hold of the keys of a block."""

    def check(self, block: BaseModel) -> None:
        """Raise what is wrong with the keys that the author wrote."""


@dataclass(frozen=True, slots=True)
class NotEmpty:
    """Some key is there; without any the block is wrong in a way of its own."""

    error: str
    what: str

    def check(self, block: BaseModel) -> None:
        """Raise where no key is written."""
        if not block.model_fields_set:
            raise PydanticCustomError(self.error, self.what)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Exactly one of these is there; an editor misses the typical one.

    None is due beside one of `unless`, nor without `beside` where that is given. `fitting` are those that are
    proposed beside a key with which not all make sense.
    """

    names: Names
    what: str
    typical: str
    unless: Names = ()
    beside: str | None = None
    fitting: Mapping[str, Names] = field(default_factory=dict)

    def check(self, block: BaseModel) -> None:
        """Raise where none is written, or several."""
        written = block.model_fields_set
        if not written.isdisjoint(self.unless) or (self.beside and self.beside not in written):
            return
        given = [name for name in self.names if name in written]
        if len(given) > 1:
            raise _several(block, given, self.what)
        if not given:
            fewer = next((names for key, names in self.fitting.items() if key in written), self.names)
            raise _none(block, fewer, self.what)


@dataclass(frozen=True, slots=True)
class AtMostOne:
    """At most one of these is there, and none of `others` beside it."""

    names: Names
    what: str
    others: Names = ()

    def check(self, block: BaseModel) -> None:
        """Raise where one is written with another."""
        written = block.model_fields_set
        if written.isdisjoint(self.names):
            return
        given = [name for name in (*self.names, *self.others) if name in written]
        if len(given) > 1:
            raise _several(block, given, self.what)


@dataclass(frozen=True, slots=True)
class AtLeastOne:
    """At least one of these is there; an editor misses the typical one."""

    names: Names
    what: str
    typical: str

    def check(self, block: BaseModel) -> None:
        """Raise where none is written."""
        if block.model_fields_set.isdisjoint(self.names):
            raise _none(block, self.names, self.what)


@dataclass(frozen=True, slots=True)
class Unless:
    """A key is needed unless the other is there."""

    key: str
    other: str

    def check(self, block: BaseModel) -> None:
        """Raise where both are missing."""
        if block.model_fields_set.isdisjoint((self.key, self.other)):
            raise _missing(block, self.key)


@dataclass(frozen=True, slots=True)
class Given:
    """Where a key is given, or has a value that is given here, it needs others and refuses others."""

    key: str
    needs: Names = ()
    refuses: Names = ()
    why: str = ""
    value: object = None

    def check(self, block: BaseModel) -> None:
        """Raise where something is missing, or does not belong there."""
        written = block.model_fields_set
        if self.value is None and self.key not in written:
            return
        if self.value is not None and getattr(block, self.key) != self.value:
            return
        for name in self.needs:
            if name not in written:
                raise _missing(block, name)
        for name in self.refuses:
            if name in written:
                raise _not_here(block, name, self.why)


@dataclass(frozen=True, slots=True)
class OnlyWith:
    """These stand only beside one of `others`."""

    names: Names
    others: Names
    why: str

    def check(self, block: BaseModel) -> None:
        """Raise where one is written without any of the others."""
        written = block.model_fields_set
        given = [name for name in self.names if name in written]
        if given and written.isdisjoint(self.others):
            raise _not_here(block, given[0], self.why)


def key_of(block: type[BaseModel], field: str) -> str:
    """Return the YAML key of a field (`from_` is written `from`)."""
    return block.model_fields[field].alias or field


def _missing(block: BaseModel, name: str) -> PydanticCustomError:
    return PydanticCustomError("key_missing", "`{key}` is missing", {"key": key_of(type(block), name)})


def _several(block: BaseModel, names: Iterable[str], what: str) -> PydanticCustomError:
    return PydanticCustomError("too_many_keys", "{what}", _listed(block, names, what))


def _none(block: BaseModel, names: Iterable[str], what: str) -> PydanticCustomError:
    return PydanticCustomError("key_missing_one_of", "{what}", _listed(block, names, what))


def _listed(block: BaseModel, names: Iterable[str], what: str) -> dict[str, str]:
    keys = [key_of(type(block), name) for name in names]
    return {"what": what, "keys": ", ".join(keys), "key": keys[-1]}


def _not_here(block: BaseModel, name: str, why: str) -> PydanticCustomError:
    context = {"key": key_of(type(block), name), "why": why}
    return PydanticCustomError("key_not_here", "`{key}` does not belong here", context)
