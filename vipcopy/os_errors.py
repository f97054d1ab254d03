"""What the operating system refuses, in Russian: it says so in English, or in its own language."""

from __future__ import annotations

import errno

_TOLD = {
    "EACCES": "нет доступа",
    "EPERM": "нет доступа",
    "ENOENT": "нет такого файла или папки",
    "ENOTDIR": "на пути стоит файл, а не папка",
    "EISDIR": "это папка",
    "EEXIST": "такой файл уже есть",
    "ENOTEMPTY": "папка не пуста",
    "ENOSPC": "на диске нет места",
    "EDQUOT": "квота диска исчерпана",
    "EFBIG": "файл слишком велик",
    "EROFS": "диск открыт только для чтения",
    "EIO": "ошибка диска",
    "EPIPE": "читать некому",
    "ENAMETOOLONG": "имя слишком длинное",
    "ELOOP": "ссылки ведут по кругу",
    "EBUSY": "файл занят",
    "ETXTBSY": "файл занят",
    "EMFILE": "открыто слишком много файлов",
    "ENFILE": "открыто слишком много файлов",
    "ENXIO": "такого устройства нет",
    "ENODEV": "такого устройства нет",
    "EADDRNOTAVAIL": "у этого компьютера нет такого адреса",
    "EAGAIN": "запущено слишком много процессов",
    "ENOMEM": "не хватает памяти",
    "ENOSYS": "система этого не умеет",
    "EINVAL": "система этого не допускает",
}
_BY_NUMBER = {getattr(errno, name): told for name, told in _TOLD.items() if hasattr(errno, name)}


def write_os_error(error: OSError) -> str:
    """Why the system refuses, for the middle of a sentence; in its own words where we have none.

    >>> write_os_error(OSError(errno.ENOSPC, "No space left on device"))
    'на диске нет места'
    """
    return _BY_NUMBER.get(error.errno or 0) or error.strerror or type(error).__name__
