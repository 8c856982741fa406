"""The exit code of a run over several inputs."""

from taizhang.cli.main import BAD_INPUT
from taizhang.cli.sources import Inputs


def outcome(inputs: Inputs, *, has_errors: bool = False) -> int:
    """2 if an input was refused, else 1 if an open finding is an error, else 0."""
    if inputs.refused:
        return BAD_INPUT
    return 1 if has_errors else 0
