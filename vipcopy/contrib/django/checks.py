"""System checks: faults of `VIPCOPY` are told when the site starts, faults of the packs by `check --deploy`."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error

import vipcopy
from vipcopy.contrib.django.conf import OPTIONS, find_faults, is_names, load_checker
from vipcopy.packs.paths import find_folder


def check_settings(**_: object) -> list[CheckMessage]:
    """E001 for each unknown key or unfit value, E002 for each pack that is not there."""
    given = getattr(settings, "VIPCOPY", {})
    faults = [_build_error(fault, "E001") for fault in find_faults(given, OPTIONS, "VIPCOPY")]
    return [*faults, *_check_folders(given)]


def check_packs(**_: object) -> list[CheckMessage]:
    """E003 for each line of what makes the packs unfit. Compiles the rules, so it runs before a deployment only."""
    if check_settings():
        return []
    try:
        load_checker()
    except vipcopy.VipcopyError as error:
        return [_build_error(line, "E003") for line in str(error).splitlines()]
    return []


def _check_folders(given: object) -> Iterator[CheckMessage]:
    packs = given.get("PACKS", ()) if isinstance(given, dict) else ()
    for pack in packs if is_names(packs) else ():
        if fault := _find_fault(pack):
            yield _build_error(f'VIPCOPY["PACKS"]: {fault}', "E002")


def _find_fault(pack: str) -> str:
    """Why there is no such pack among ours, the folders and the installed packages; empty where there is."""
    try:
        is_there = (find_folder(pack) / "pack.yaml").is_file()
    except vipcopy.RuleError as error:
        return str(error)
    return "" if is_there else f'в «{pack}» нет pack.yaml; укажите папку набора или "vip"'


def _build_error(fault: str, number: str) -> CheckMessage:
    message, _, hint = fault.partition("; ")
    return Error(message, hint=hint or None, id=f"vipcopy.{number}")
