"""Puts further adopted issues beside the specimen in an SQLite database: its rows again under other ids, years and numbers.

python -m bench.reference_site.more_issues N
"""

import sys

import django
from django.apps import apps
from django.db import connection, models, transaction

GAZETTES, TARGETS = ("Source", "Edition", "Document", "Clause", "Finding"), ("Sheet", "Group", "Item", "Measure", "Duty")


def main() -> int:
    django.setup()
    kinds = [apps.get_model("gazettes", name) for name in GAZETTES] + [apps.get_model("targets", name) for name in TARGETS]
    source, edition, document = kinds[:3]
    with transaction.atomic(), connection.cursor() as cursor:
        for ordinal in range(1, int(sys.argv[1]) + 1):
            year, number = 2024 - (ordinal - 1) // 12, 12 - (ordinal - 1) % 12
            other = {
                (source, "sha256"): f"'{ordinal:064x}'",
                (edition, "slug"): f"'{year}-{number}'",
                (edition, "year"): str(year),
                (edition, "number"): str(number),
                (edition, "total_number"): f"total_number - {ordinal}",
                (document, "slug"): f"replace(slug, '〔2025〕', '〔{year}〕{number}')",
                (document, "number"): f"replace(number, '〔2025〕', '〔{year}〕{number}')",
            }
            for model in kinds:
                columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
                values = [_value(field, kinds, other, ordinal * 1_000_000) for field in model._meta.concrete_fields]
                cursor.execute(
                    f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
                    f"SELECT {', '.join(values)} FROM {model._meta.db_table} WHERE id < 1000000"
                )
    return 0


def _value(
    field: models.Field, kinds: list[type[models.Model]], other: dict[tuple[type[models.Model], str], str], offset: int
) -> str:
    if (field.model, field.column) in other:
        return other[field.model, field.column]
    moves = field.primary_key or (field.is_relation and field.related_model in kinds)
    return f'"{field.column}" + {offset}' if moves else f'"{field.column}"'


if __name__ == "__main__":
    sys.exit(main())
