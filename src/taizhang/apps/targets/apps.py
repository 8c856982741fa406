"""App configuration of targets."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Sheets, items, measures."""

    name = "taizhang.apps.targets"
    label = "targets"

    def ready(self) -> None:
        """Have what hangs on clauses follow them, errata count, and the index follow adoptions."""
        from taizhang.apps.gazettes.carrying import EFFECTS, FOLLOWED  # noqa: PLC0415 - models are not ready before
        from taizhang.apps.gazettes.operations import AFTER_ADOPTION  # noqa: PLC0415
        from taizhang.apps.gazettes.repeating import OF_APPS  # noqa: PLC0415
        from taizhang.apps.gazettes.structure import FOLLOWERS  # noqa: PLC0415
        from taizhang.apps.organisations.operations import AFTER_NAMES  # noqa: PLC0415
        from taizhang.apps.targets.following import confirmed_again, find_again, follow, take_effect  # noqa: PLC0415
        from taizhang.apps.targets.indexing import adopted, renamed  # noqa: PLC0415

        for hears, listeners in (
            (follow, FOLLOWERS),
            (take_effect, EFFECTS),
            (find_again, FOLLOWED),
            (confirmed_again, OF_APPS),
            (adopted, AFTER_ADOPTION),
            (renamed, AFTER_NAMES),
        ):
            if hears not in listeners:
                listeners.append(hears)
