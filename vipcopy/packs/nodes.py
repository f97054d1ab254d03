"""YAML nodes with their places: every scalar stays the string that was written, every mistake names line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import yaml

from vipcopy.model import Origin, Source
from vipcopy.records import NamedTuple

_DEEPEST = 50  # collections inside one another; the C loader composes by recursion and would end the process
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_ANY = "файл не читается как YAML; проверьте отступы и кавычки"
_QUOTED = "возьмите всю строку в кавычки"
_CAUSES = (  # what the YAML library says, how the text goes on there, and what we say of it
    ("cannot start any token", "\t", "отступ сделан табуляцией; поставьте пробелы"),
    ("tab character", "", "отступ сделан табуляцией; поставьте пробелы"),
    ("cannot start any token", "", f"с этого знака строка начаться не может; {_QUOTED}"),
    ("mapping values are not allowed", "", f"двоеточие здесь лишнее; {_QUOTED} или поправьте отступ"),
    ("scanning a tag", "", f"строка начинается с «!»; {_QUOTED}"),
    ("scanning an alias", "", f"строка начинается с «*»; {_QUOTED}"),
    ("scanning an anchor", "", f"строка начинается с «&»; {_QUOTED}"),
    ("quoted scalar", "", "кавычка не закрыта; поставьте вторую"),
    ("flow sequence", "", "список в [ ] не закрыт, или в нём скобки без кавычек; проверьте их"),
    ("flow node", "", "список в [ ] не закрыт; поставьте «]»"),
    ("single document", "", "в файле два документа; оставьте один, без строки «---»"),
)


class Page(NamedTuple):
    """A YAML file being read and the list that its mistakes go to."""

    path: str
    mistakes: list[str]
    example: str = "category: urgency"  # a pair that may stand there

    def origin(self, node: yaml.Node) -> Origin:
        """The place of a node's first character; inside the quotation mark where there is one."""
        quoted = isinstance(node, yaml.ScalarNode) and node.style in ('"', "'")
        return Origin(self.path, node.start_mark.line + 1, node.start_mark.column + 1 + quoted)

    def mistake(self, origin: Origin, problem: str, remedy: str) -> None:
        """Note a mistake: `path:line:column: что не так; что написать`."""
        told = f"{origin}: {problem}; {remedy}"
        if told not in self.mistakes:  # what a file says for all its rules is read for each
            self.mistakes.append(told)

    def fields(self, node: yaml.Node | None) -> Fields:
        """The node as key → value; anything but a mapping is a mistake and reads as empty."""
        if node is None:
            return Fields(self, Origin(self.path, 1, 1), {})
        origin = self.origin(node)
        if not isinstance(node, yaml.MappingNode):
            self.mistake(origin, "здесь нужны пары «ключ: значение»", f"напишите, например, {self.example}")
            return Fields(self, origin, {})
        return Fields(self, origin, self._pairs(node), {str(key.value): self.origin(key) for key, _ in node.value})

    def _pairs(self, node: yaml.MappingNode) -> Mapping[str, yaml.Node]:
        pairs: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in pairs:
                self.mistake(self.origin(key), f"ключ {name} стоит дважды", "оставьте один")
            pairs[name] = value
        return pairs


class Fields(NamedTuple):
    """A YAML mapping: its values by key, read as the type that is asked for."""

    page: Page
    origin: Origin
    nodes: Mapping[str, yaml.Node]
    keys: Mapping[str, Origin] = {}  # where each key itself stands

    def over(self, defaults: Fields, keys: Sequence[str]) -> Fields:
        """These fields, with those of `defaults` where one of `keys` is missing here."""
        inherited = {key: defaults.nodes[key] for key in keys if key in defaults.nodes}
        return Fields(self.page, self.origin, {**inherited, **self.nodes}, self.keys)

    def mistake(self, key: str, problem: str, remedy: str) -> None:
        """Note a mistake at the value of a key, or at the mapping where the key is missing."""
        origin = self.page.origin(self.nodes[key]) if key in self.nodes else self.origin
        self.page.mistake(origin, problem, remedy)

    def refuse_unknown(self, known: Sequence[str]) -> None:
        """Note every key that is not among the known ones, with the nearest known one."""
        for key in self.nodes:
            if key not in known:
                self.page.mistake(self.keys.get(key, self.origin), f"неизвестный ключ «{key}»", near(key, known))

    def text(self, key: str) -> str:
        """The scalar as it was written; empty when missing."""
        node = self.nodes.get(key)
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.mistake(key, f"у ключа {key} должна быть строка", "напишите одну строку в кавычках")
            return ""
        if "\0" in node.value:  # no path has it, and the system raises where it is asked for one
            self.mistake(key, f"у ключа {key} стоит нулевой знак", "уберите его")
            return ""
        return str(node.value)

    def number(self, key: str, default: int) -> int:
        """The scalar as a whole number."""
        text = self.text(key)
        if not text:
            return default
        try:
            return int(text)
        except ValueError:
            self.mistake(key, f"«{key}: {text}» — не целое число", f"напишите, например, {key}: {default}")
            return default

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        """The scalar, which must be one of the choices."""
        text = self.text(key) or default
        if text not in choices:
            self.mistake(key, f"«{key}: {text}» не бывает", f"напишите одно из: {', '.join(choices)}")
            return default
        return text

    def sources(self, key: str) -> tuple[Source, ...]:
        """A string or a list of strings, each with its place."""
        node = self.nodes.get(key)
        if node is None:
            return ()
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        return tuple(self._sources(key, items))

    def _sources(self, key: str, items: Sequence[yaml.Node]) -> Iterator[Source]:
        for item in items:
            if isinstance(item, yaml.ScalarNode) and str(item.value).strip():
                yield Source(str(item.value), self.page.origin(item))
            else:
                origin = self.page.origin(item)
                self.page.mistake(origin, f"в списке {key} должна стоять строка", "возьмите её в кавычки")

    def texts(self, key: str) -> tuple[str, ...]:
        """A string or a list of strings."""
        return tuple(source.text for source in self.sources(key))

    def mapping(self, key: str) -> Fields:
        """A nested mapping; empty when missing."""
        return self.page.fields(self.nodes[key]) if key in self.nodes else Fields(self.page, self.origin, {})

    def entries(self, key: str) -> Iterator[Fields]:
        """The mappings of a list, in order."""
        node = self.nodes.get(key)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.mistake(key, f"у ключа {key} должен быть список", "начните каждый пункт с «- »")
            return
        yield from map(self.page.fields, node.value)


def parse_fields(text: str, page: Page) -> Fields:
    """The mapping that a YAML text is; a text that is none is a mistake of the page and reads as empty."""
    try:
        deep = _find_too_deep(text, page.path)
        if deep is None:
            return page.fields(yaml.compose(text, Loader=_LOADER))
        page.mistake(deep, f"вложено глубже {_DEEPEST} уровней", "уберите лишние скобки и отступы")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        page.mistakes.append(f"{page.path}{place}: {_explain(error, text)}")
    except (yaml.YAMLError, UnicodeEncodeError):  # half a character
        page.mistakes.append(f"{page.path}: в файле недопустимые знаки; нужен текст YAML в кодировке UTF-8")
    return Fields(page, Origin(page.path, 1, 1), {})


def _find_too_deep(text: str, path: str) -> Origin | None:
    """Where the first collection starts that is nested too deep; events come without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST and event.start_mark:
            return Origin(path, event.start_mark.line + 1, event.start_mark.column + 1)
    return None


def _explain(error: yaml.MarkedYAMLError, text: str) -> str:
    """What is wrong with a YAML text and what to write, by the cause that the library names."""
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    lines = text.splitlines()
    rest = lines[mark.line][mark.column :] if mark and mark.line < len(lines) else ""
    return next((told for cause, sign, told in _CAUSES if cause in said and rest.startswith(sign)), _ANY)


def near(name: str, known: Sequence[str]) -> str:
    """What to write instead of an unknown name: the nearest known one, or all of them when few."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, n=1, cutoff=0.65)  # «nope» is no «ignore»
    if close:
        return f"напишите «{close[0]}»"
    return f"бывает: {', '.join(known)}" if len(known) <= 12 else "проверьте написание"
