"""The version, which the build of the package reads too."""

VERSION = "0.1.0"
