"""What a wheel has besides the files of the checkout: our rules, compiled, so that no first start has to do it.

A checkout that is installed as editable has none: its rules are compiled when they are asked for, after each edit.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_COMPILE = """
import sys
from pathlib import Path

sys.path[:0] = sys.argv[2:]
from vipcopy.errors import VipcopyError
from vipcopy.compiling.library import compile_ours

try:
    compile_ours(Path(sys.argv[1]))
except VipcopyError as error:
    sys.exit(str(error))
"""


class CompiledRules(BuildHookInterface):
    """Compiles the rules in a process of its own, which leaves nothing in the checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, dict[str, str]]) -> None:
        """Add the compiled rules to what is packed; `version` is «standard» or «editable»."""
        self.made = TemporaryDirectory()
        if version == "editable":
            return
        paths = (self.root, *sys.path)  # as arguments: in PYTHONPATH a folder «12:30» would be two
        environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", _COMPILE, self.made.name, *paths]
        if subprocess.run(command, check=False, env=environment, cwd=self.made.name).returncode:
            self.made.cleanup()
            self.app.abort("vipcopy: the rules of this checkout can't be compiled; the lines above say why")
        for file in Path(self.made.name).iterdir():
            build_data["force_include"][str(file)] = f"vipcopy/compiled/{file.name}"

    def finalize(self, version: str, build_data: dict[str, dict[str, str]], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was packed."""
        self.made.cleanup()
