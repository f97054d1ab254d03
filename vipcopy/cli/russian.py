"""Click that speaks Russian: its help, and its errors as one line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

import click

from vipcopy.cli.screen import print_lines

_HELP = "Показать эту справку."
_ORDER = "vipcopy.order"


class Command(click.Command):
    """A command whose help is in Russian."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments left over. Every error names the command that it belongs to."""
        try:
            ctx.meta[_ORDER] = list(self._find_order(ctx, args))
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def _find_order(self, ctx: click.Context, args: list[str]) -> Iterator[tuple[str, str]]:
        """Each option and its value in the order in which they were written. «$BASE» that is not set is no value."""
        values, _, order = self.make_parser(ctx).parse_args(list(args))
        taken: Counter[str] = Counter()
        for param in order:
            name = str(param.name)
            value = values.get(name)
            given = str(value[taken[name]] if isinstance(value, list) and taken[name] < len(value) else value)
            if isinstance(param, click.Option) and not given.strip():
                raise click.BadParameter("значение пусто; допишите его или уберите параметр", ctx, param)
            yield name, given
            taken[name] += 1

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """--help, in Russian from birth: click's own asks for a translation, which takes a start 4 ms."""
        names = self.get_help_option_names(ctx)
        return click.Option(names, is_flag=True, is_eager=True, expose_value=False, help=_HELP, callback=_show_help)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line of the help."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Как вызвать: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, the help option last."""
        records = [param.get_help_record(ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section("Параметры"):
            formatter.write_dl(list(filter(None, records)))


def _show_help(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        print_lines([ctx.get_help()])
        ctx.exit()


def read_order(context: click.Context, *names: str) -> list[tuple[str, str]]:
    """These options and their values in the order in which they were written."""
    return [(name, value) for name, value in context.meta[_ORDER] if name in names]


class Group(Command, click.Group):
    """A group of commands whose help is in Russian."""

    command_class = Command

    homes: Mapping[str, str] = {}  # commands by name with the module that has each, imported when it is called

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the table."""
        return [*self.homes, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module imported."""
        if cmd_name in self.homes:
            commands = import_module(f"{__package__}.{self.homes[cmd_name]}").COMMANDS
            return next((command for command in commands if command.name == cmd_name), None)
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands with the first sentence of their help."""
        Command.format_options(self, ctx, formatter)
        with formatter.section("Команды"):
            found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
            formatter.write_dl([(name, each.get_short_help_str(90)) for name, each in found if each])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first. Raises UsageError that names the nearest one."""
        name = args[0]
        known = self.list_commands(ctx)
        if name.startswith("-") or name in known:
            return super().resolve_command(ctx, args)
        raise click.UsageError(f"нет команды «{name}»; напишите {ctx.command_path} {_find_remedy(args, known)}", ctx)


def _find_remedy(arguments: Sequence[str], known: Sequence[str]) -> str:
    """What was meant by a word that is no command: help, a command misspelt, or a text to check."""
    name, *rest = arguments
    if name == "help":
        return " ".join([*(each for each in rest[:1] if each in known), "--help"])
    return next(iter(_find_near(name, known)), f"check {name}")


def _find_near(name: str, known: Sequence[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, known, n=1)


def explain(error: click.UsageError) -> str:
    """What is wrong with the command line and what to write instead, on one line."""
    command = error.ctx.command_path if error.ctx else "vipcopy"
    hint = f"справка: {command} --help"
    if isinstance(error, click.NoSuchOption):
        close = _find_near(error.option_name, _options(error))
        return f"нет параметра {error.option_name}; {f'напишите {close[0]}' if close else hint}"
    if isinstance(error, click.MissingParameter) and error.param and error.param.name != "paths":
        return f"не указано, что сделать; напишите {command} {error.param.metavar}; {hint}"
    if isinstance(error, click.MissingParameter):
        return f"не указано, что читать; напишите файл, папку или - (стандартный ввод); {hint}"
    if isinstance(error, click.BadOptionUsage):
        return _explain_usage(error, hint)
    if isinstance(error, click.BadParameter) and error.param:
        name = error.param.opts[0] if isinstance(error.param, click.Option) else command.removeprefix("vipcopy ")
        return f"{name}: {error.message}"
    return error.message if "; " in error.message else f"лишнее слово в команде; {hint}"


def _options(error: click.UsageError) -> list[str]:
    params = error.ctx.command.params if error.ctx else []
    return [name for param in params for name in param.opts]


def _explain_usage(error: click.BadOptionUsage, hint: str) -> str:
    params = error.ctx.command.params if error.ctx else []
    flags = [name for param in params if isinstance(param, click.Option) and param.is_flag for name in param.opts]
    if error.option_name in flags:
        return f"параметр {error.option_name} пишется без значения; {hint}"
    return f"у параметра {error.option_name} нет значения; допишите его; {hint}"
