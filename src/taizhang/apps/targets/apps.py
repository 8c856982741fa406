"""App configuration of targets."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    """Sheets, items, measures."""

    name = "taizhang.apps.targets"
    label = "targets"

    def ready(self) -> None:
        """Have what hangs on clauses follow them, and the index follow adoptions."""
        from taizhang.apps.gazettes.operations import AFTER_ADOPTION, FOLLOWERS  # noqa: PLC0415 - models are not ready before
        from taizhang.apps.targets.following import follow  # noqa: PLC0415
        from taizhang.apps.targets.indexing import adopted  # noqa: PLC0415

        if follow not in FOLLOWERS:
            FOLLOWERS.append(follow)
        if adopted not in AFTER_ADOPTION:
            AFTER_ADOPTION.append(adopted)
