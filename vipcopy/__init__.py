"""A linter for Russian marketing copy addressed to VIP clients.

>>> import vipcopy
>>> report = vipcopy.check("Новая скидка ждёт в салоне.")
>>> [(finding.category, finding.start, finding.stop, finding.quote) for finding in report.findings]
[('discount', 6, 12, 'скидка')]

A `Report` holds every `Finding`, each with its `Severity`, and the `Score` in centipoints:

>>> report.words, report.error
(5, None)
>>> max(vipcopy.Severity, key=lambda severity: severity.rank)
<Severity.ERROR: 'error'>
>>> sum(loss.points for row in report.score.guidelines for loss in row.losses) == report.score.max - report.score.total
True

What these hold may be named in annotations: a `Place`, a `Fix`, the `Changes` that win most; of a score each
`GuidelineScore`, `Loss` and `Proof`.

`load` gives a `Checker` for other packs or fewer rules; each `Rule` carries its own examples:

>>> all(rule.bad and rule.good for rule in vipcopy.load(select=["discount"]).rules.values())
True

What is wrong with the input is a `VipcopyError`: a `RuleError` (a pack), a `ConfigError` (a setting), a `ReadError` (a
source) or a `LimitError` (a text over the caller's `Limits`); `Checker.check_paths` makes a `ReadError` into
`Report.error`.

>>> vipcopy.load(select=["discont"])
Traceback (most recent call last):
vipcopy.errors.ConfigError: нет правила, категории или принципа «discont»; напишите «discount»; список: vipcopy rules

`open_run` checks files, each by the settings found beside it, as the command line does: a `Run` gives an `Outcome`
for each. `load_standard` gives the `Standard` of a folder for texts that are no files: its checker and thresholds.
`write_settings`, `write_lock`, `write_baseline`, `prune_baseline` and `check_baseline` keep what lies beside the texts;
`write_comments` writes findings into a Word file; `describe_cache` and `clear_cache` look after the compiled rules on
disk.

Names are loaded when they are first used, so importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module

from vipcopy.hints import TYPE_CHECKING

if TYPE_CHECKING:
    from vipcopy.errors import ConfigError, LimitError, ReadError, RuleError, VipcopyError
    from vipcopy.model import Changes, Finding, Fix, Place, Report, Rule, Severity
    from vipcopy.rule_tests.coverage import find_uncovered
    from vipcopy.rule_tests.selftest import (
        Failure,
        find_failures,
    )
    from vipcopy.rule_tests.trials import try_packs
    from vipcopy.runs.housekeeping import (
        Balance,
        build_lock,
        check_baseline,
        describe_settings,
        find_packs,
        prune_baseline,
        write_baseline,
        write_lock,
        write_settings,
    )
    from vipcopy.runs.output import (
        Style,
        show,
        write,
        write_comments,
        write_json,
        write_pieces,
        write_rulebook,
        write_schema,
        write_shown,
    )
    from vipcopy.runs.runner import (
        Checker,
        Limits,
        Outcome,
        Request,
        Run,
        check,
        load,
        load_packs,
        open_run,
        version,
    )
    from vipcopy.runs.standards import (
        Standard,
        load_standard,
    )
    from vipcopy.scoring.scorecard import GuidelineScore, Loss, Proof, Score
    from vipcopy.storage.maintenance import (
        clear_cache,
        describe_cache,
    )
    from vipcopy.writers.brief import write_shortfall, write_summary
    from vipcopy.writers.json import build_finding, build_report
    from vipcopy.writers.scorecard import write_scores

_HOMES = {
    "vipcopy.errors": "ConfigError LimitError ReadError RuleError VipcopyError",
    "vipcopy.model": "Changes Finding Fix Place Report Rule Severity",
    "vipcopy.scoring.scorecard": "GuidelineScore Loss Proof Score",
    "vipcopy.runs.runner": "Checker Limits Outcome Request Run check load load_packs open_run version",
    "vipcopy.runs.output": "Style show write write_comments write_json write_pieces write_rulebook write_schema "
    "write_shown",
    "vipcopy.runs.housekeeping": "Balance build_lock check_baseline describe_settings find_packs prune_baseline "
    "write_baseline write_lock write_settings",
    "vipcopy.rule_tests.selftest": "Failure find_failures",
    "vipcopy.rule_tests.coverage": "find_uncovered",
    "vipcopy.rule_tests.trials": "try_packs",
    "vipcopy.runs.standards": "Standard load_standard",
    "vipcopy.storage.maintenance": "clear_cache describe_cache",
    "vipcopy.writers.brief": "write_shortfall write_summary",
    "vipcopy.writers.json": "build_finding build_report",
    "vipcopy.writers.scorecard": "write_scores",
}

__all__ = [
    "Balance",
    "Changes",
    "Checker",
    "ConfigError",
    "Failure",
    "Finding",
    "Fix",
    "GuidelineScore",
    "LimitError",
    "Limits",
    "Loss",
    "Outcome",
    "Place",
    "Proof",
    "ReadError",
    "Report",
    "Request",
    "Rule",
    "RuleError",
    "Run",
    "Score",
    "Severity",
    "Standard",
    "Style",
    "VipcopyError",
    "build_finding",
    "build_lock",
    "build_report",
    "check",
    "check_baseline",
    "clear_cache",
    "describe_cache",
    "describe_settings",
    "find_failures",
    "find_packs",
    "find_uncovered",
    "load",
    "load_packs",
    "load_standard",
    "open_run",
    "prune_baseline",
    "show",
    "try_packs",
    "version",
    "write",
    "write_baseline",
    "write_comments",
    "write_json",
    "write_lock",
    "write_pieces",
    "write_rulebook",
    "write_schema",
    "write_scores",
    "write_settings",
    "write_shortfall",
    "write_shown",
    "write_summary",
]


if not TYPE_CHECKING:  # whose readers are to be told of a name that there is none of

    def __getattr__(name: str) -> object:
        for home, names in _HOMES.items():
            if name in names.split():
                return getattr(import_module(home), name)
        raise AttributeError(f"module 'vipcopy' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
