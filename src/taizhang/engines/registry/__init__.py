"""Dated organisation names: which body does this string mean on this day, and which names of an issue are one body."""

from taizhang.engines.registry.events import read_events
from taizhang.engines.registry.index import Registry
from taizhang.engines.registry.lists import entry_name, listed_bodies, split_bodies
from taizhang.engines.registry.mentions import mentions
from taizhang.engines.registry.model import (
    Body,
    BodyKind,
    Candidate,
    DatedName,
    Event,
    EventKind,
    EventStatus,
    ListedBody,
    Mention,
    NameForm,
    NameUse,
    PlacedMention,
    Resolution,
    Rule,
    Validity,
    Variant,
    VariantRelation,
)
from taizhang.engines.registry.names import contracted, is_body_name, kind_of_name, parse_name, similarity
from taizhang.engines.registry.reading import Survey, place_mentions, place_of, read_registry, survey
from taizhang.engines.registry.variants import out_of_period, variants

__all__ = [
    "Body",
    "BodyKind",
    "Candidate",
    "DatedName",
    "Event",
    "EventKind",
    "EventStatus",
    "ListedBody",
    "Mention",
    "NameForm",
    "NameUse",
    "PlacedMention",
    "Registry",
    "Resolution",
    "Rule",
    "Survey",
    "Validity",
    "Variant",
    "VariantRelation",
    "contracted",
    "entry_name",
    "is_body_name",
    "kind_of_name",
    "listed_bodies",
    "mentions",
    "out_of_period",
    "parse_name",
    "place_mentions",
    "place_of",
    "read_events",
    "read_registry",
    "similarity",
    "split_bodies",
    "survey",
    "variants",
]
