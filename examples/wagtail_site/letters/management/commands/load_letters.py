"""`manage.py load_letters`: pages, a workflow and two people for an empty site; new passwords each time."""

from argparse import ArgumentParser
from pathlib import Path
from secrets import token_urlsafe

import yaml
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from wagtail.models import Page, Site, Task, Workflow, WorkflowPage, WorkflowTask

from letters.models import LetterIndexPage, LetterPage, NotePage
from vipcopy.contrib.wagtail.models import CopyCheckTask

SAMPLES = Path(__file__).resolve().parents[2] / "samples.yaml"
PEOPLE = {"editor": ("Moderators",), "chief": ("Moderators", "Главный редактор")}


class Command(BaseCommand):
    """What there is already stays as it is."""

    help = "Наполняет пустой сайт письмами и заводит редактора и главного редактора."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the site will be."""
        parser.add_argument("--address", default="127.0.0.1:8000", help="Адрес и порт сайта.")

    def handle(self, *, address: str, **_: object) -> None:
        """Fill the site and print the passwords."""
        if not LetterIndexPage.objects.exists():
            self._load_pages()
        host, _, port = address.partition(":")
        root = LetterIndexPage.objects.first()
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": host, "port": int(port), "root_page": root}
        )
        self.stdout.write(f"Сайт: http://{address}/  редакция: http://{address}/admin/")
        for name, password in self._make_people():
            self.stdout.write(f"Вход: {name}  пароль: {password}")
        self.stdout.write("Редактор публикует то, что прошло проверку; главный редактор — ещё и с причиной.")

    def _load_pages(self) -> None:
        samples = yaml.safe_load(SAMPLES.read_text(encoding="utf-8"))
        root = Page.get_first_root_node()
        index = root.add_child(instance=LetterIndexPage(title="Письма дома", slug="letters"))
        for sample in samples["letters"]:
            body = [item for block in sample["body"] for item in block.items()]
            page = LetterPage(title=sample["title"], preheader=sample["preheader"], body=body, live=False)
            self._add(index, page, publish=sample["publish"])
        for sample in samples["notes"]:
            self._add(
                index, NotePage(title=sample["title"], text=sample["text"], live=False), publish=sample["publish"]
            )
        self._make_workflow(index)

    def _add(self, index: Page, page: Page, *, publish: bool) -> None:
        revision = index.add_child(instance=page).save_revision()
        if publish:
            revision.publish()

    def _make_workflow(self, index: Page) -> None:
        workflow = Workflow.objects.create(name="Письма")
        WorkflowTask.objects.create(workflow=workflow, task=CopyCheckTask.objects.create(name="Проверка текста"))
        for task in Task.objects.filter(name="Moderators approval"):
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        WorkflowPage.objects.create(workflow=workflow, page=index)

    def _make_people(self) -> list[tuple[str, str]]:
        chief, _ = Group.objects.get_or_create(name="Главный редактор")
        chief.permissions.add(Permission.objects.get(codename="override_copy"))
        made = []
        for name, groups in PEOPLE.items():
            user, _ = get_user_model().objects.get_or_create(username=name)
            password = token_urlsafe(9)
            user.set_password(password)
            user.save()
            user.groups.set(Group.objects.filter(name__in=groups))
            made.append((name, password))
        return made
