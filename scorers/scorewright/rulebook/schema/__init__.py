"""The JSON Schema that editors use, made from the model."""

from scorewright.rulebook.schema.block_reference import sections, table, wrapped
from scorewright.rulebook.schema.generator import ids_of, model_schema, rulebook_schema, schema_text
from scorewright.rulebook.schema.json_types import Json
from scorewright.rulebook.schema.key_examples import collect
from scorewright.rulebook.schema.key_words import anchor, title
from scorewright.rulebook.schema.rulebook_page import forms_section, rulebook_reference

__all__ = (
    "Json",
    "anchor",
    "collect",
    "forms_section",
    "ids_of",
    "model_schema",
    "rulebook_reference",
    "rulebook_schema",
    "schema_text",
    "sections",
    "table",
    "title",
    "wrapped",
)
