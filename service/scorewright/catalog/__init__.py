"""What is served: rulebooks by id, version and digest."""

from scorewright.catalog.catalog import MAX_REFERENCE, Catalog, ServedRulebook, load_catalog
from scorewright.catalog.fact_kinds import all_kinds, earliest
from scorewright.catalog.invalid_inputs import declared_by, invalid_on, objections, unsent

__all__ = (
    "MAX_REFERENCE",
    "Catalog",
    "ServedRulebook",
    "all_kinds",
    "declared_by",
    "earliest",
    "invalid_on",
    "load_catalog",
    "objections",
    "unsent",
)
