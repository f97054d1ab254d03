"""Wagtail: what an editor, a schedule, a workflow and a script may publish, and what the admin shows of it."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest

pytest.importorskip("wagtail", reason="vipcopy[wagtail] is not installed")

from djangosite import TINY, start_django

start_django()

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import models
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from letters.models import LetterIndexPage, LetterPage, NotePage
from wagtail import blocks
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock
from wagtail.models import (
    GroupApprovalTask,
    Locale,
    Page,
    PageLogEntry,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from vipcopy.contrib.wagtail.display import build_panel
from vipcopy.contrib.wagtail.gatekeeper import PublishRefusedError
from vipcopy.contrib.wagtail.models import CopyCheckTask, CopyOverride, CopyScore
from vipcopy.contrib.wagtail.overrides import override
from vipcopy.contrib.wagtail.policy import find_text_fields
from vipcopy.contrib.wagtail.texts import build_text
from vipcopy.contrib.wagtail.verdicts import check_page
from vipcopy.replay import MOST_KEPT

pytestmark = pytest.mark.usefixtures("django_rows")

BAD = "<p>Наша скидка 30 %!!!</p>"
GOOD = "<p>Часы ручной работы ждут Вас в четверг.</p>"
PUBLISH = {"action-publish": "1"}
REASON = "Текст согласован с юристами клиента."


@pytest.fixture
def index():
    page = Page.get_first_root_node().add_child(instance=LetterIndexPage(title="Письма", slug="letters"))
    Site.objects.update(root_page=page)
    return page


def make_user(name, *groups, **fields):
    user = get_user_model().objects.create_user(name, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def editor():
    return make_user("editor", "Moderators")


@pytest.fixture
def chief():
    user = make_user("chief", "Moderators")
    user.user_permissions.add(Permission.objects.get(codename="override_copy"))
    return user


def browse(user):
    client = Client()
    client.force_login(user)
    return client


def make_letter(index, text=GOOD, title="Часы", **fields):
    """A draft; its only block has the id `first`."""
    body = [{"type": "paragraph", "value": text, "id": "first"}]
    page = index.add_child(instance=LetterPage(title=title, body=body, live=False, **fields))
    page.save_revision()
    return page


def make_live(index, text=GOOD, **fields):
    """A page that went live before anyone checked it."""
    page = make_letter(index, text, **fields)
    LetterPage.objects.filter(pk=page.pk).update(live=True)
    page.live = True
    return page


def read_form(*blocks, title="Часы", preheader="", **others):
    """What the editor's browser sends: blocks are (type, value, id)."""
    body = streamfield([(kind, value) for kind, value, _ in blocks])
    for at, (_, _, name) in enumerate(blocks):
        body[str(at)]["id"] = name
    form = {"title": title, "slug": "watch", "preheader": preheader, "body": body, "comments": inline_formset([])}
    return nested_form_data(form) | others


def paragraph(text, name="first"):
    return ("paragraph", rich_text(text, features=["bold", "italic", "link", "ul"]), name)


def send(user, page, data):
    return browse(user).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def body_errors(response):
    """The errors of the stream as its widget gets them."""
    (error,) = response.context["form"].errors.as_data()["body"]
    return error.as_json_data()["blockErrors"]


def is_live(page):
    return LetterPage.objects.get(pk=page.pk).live


def latest(page):
    return LetterPage.objects.get(pk=page.pk).get_latest_revision()


def log_of(page, action):
    return list(PageLogEntry.objects.filter(page=page.pk, action=action))


# The editor


def test_a_draft_is_saved_whatever_its_text(index, editor):
    page = make_letter(index)
    response = send(editor, page, read_form(paragraph(BAD)))
    assert response.status_code == 302
    assert "скидка" in str(latest(page).as_object().body)


def test_a_new_page_is_saved_as_a_draft_whatever_its_text(index, editor):
    address = reverse("wagtailadmin_pages:add", args=["letters", "letterpage", index.pk])
    assert browse(editor).post(address, read_form(paragraph(BAD))).status_code == 302
    assert not LetterPage.objects.get().live


def test_publishing_is_refused_with_the_words_at_their_block_and_the_draft_is_kept(index, editor):
    page = make_letter(index, BAD)
    response = send(editor, page, read_form(paragraph(GOOD, "other"), paragraph(BAD, "first"), **PUBLISH))
    assert response.status_code == 200
    assert body_errors(response) == {1: {"messages": ["⟦скидка⟧ говорит о дешевизне, а не о качестве."]}}
    assert response.context["form"]["body"].value()[1].id == "first"
    assert "скидка" in str(latest(page).as_object().body)
    assert not is_live(page)


def test_the_corrected_page_goes_live(index, editor):
    page = make_letter(index, BAD)
    assert send(editor, page, read_form(paragraph(GOOD), **PUBLISH)).status_code == 302
    assert is_live(page)


def test_a_new_page_is_published_at_once_when_it_passes_and_refused_when_not(index, editor):
    address = reverse("wagtailadmin_pages:add", args=["letters", "letterpage", index.pk])
    refused = browse(editor).post(address, read_form(paragraph(BAD), **PUBLISH))
    assert (refused.status_code, LetterPage.objects.count()) == (200, 0)
    assert browse(editor).post(address, read_form(paragraph(GOOD), **PUBLISH)).status_code == 302
    assert LetterPage.objects.get().live


def test_findings_inside_lists_and_structures_stand_at_the_very_item(index, editor):
    offer = {"name": "Часы", "details": streamlike(["Корпус из берёзы", "Поторопитесь", "Скидка и скидка"])}
    page = make_letter(index)
    response = send(editor, page, read_form(paragraph(GOOD), ("offer", offer, "second"), **PUBLISH))
    details = body_errors(response)[1]["blockErrors"]["details"]["blockErrors"]
    assert {at: len(error["messages"]) for at, error in details.items()} == {1: 1, 2: 2}


def streamlike(values):
    """The form of a ListBlock."""
    items = {
        str(at): {"value": value, "order": at, "deleted": "", "id": f"item{at}"} for at, value in enumerate(values)
    }
    return {"count": len(values), **items}


def test_findings_in_plain_fields_stand_beside_them(index, editor):
    page = make_letter(index)
    data = read_form(paragraph(GOOD), title="Скидки недели", preheader="Поторопитесь", **PUBLISH)
    errors = send(editor, page, data).context["form"].errors
    assert errors["title"] == ["⟦Скидки⟧ говорит о дешевизне, а не о качестве."]
    assert errors["preheader"] == ["⟦Поторопитесь⟧ торопит. Назовите срок — и только."]


@override_settings(VIPCOPY={"PACKS": [TINY], "PAGES": {"letters.LetterPage": {"FIELDS": ["body", "draft_title"]}}})
def test_a_field_that_the_form_does_not_ask_for_is_checked_as_the_page_has_it(index, editor):
    page = make_letter(index, title="Скидки недели")
    errors = send(editor, page, read_form(paragraph(GOOD), **PUBLISH)).context["form"].non_field_errors()
    assert errors[0] == "Draft title: ⟦Скидки⟧ говорит о дешевизне, а не о качестве."
    assert "⟦Скидки⟧" not in str(send(editor, make_letter(index), read_form(paragraph(GOOD), slug="b", **PUBLISH)))
    panel = browse(editor).post(reverse("vipcopy_wagtail:recheck", args=[page.pk]), read_form(paragraph(GOOD)))
    assert "Скидки" in panel.content.decode()


TEXTS = blocks.StreamBlock(
    [
        ("image", ImageBlock(required=False)),
        ("card", blocks.StructBlock([("name", blocks.CharBlock()), ("image", ImageBlock(required=False))])),
        ("table", TableBlock()),
        ("typed", TypedTableBlock([("text", blocks.CharBlock()), ("rich", blocks.RichTextBlock())])),
        ("note", blocks.StructBlock([("name", blocks.CharBlock())], copy_as="")),
    ]
)


@pytest.mark.parametrize(
    ("name", "value", "html"),
    [
        ("image", None, ""),
        ("card", {"name": "Дом", "image": None}, "<p>Дом</p>"),
        (
            "table",
            {"data": [["Цена", None], ["<b>", "5"]], "table_caption": "Часы"},
            "<table><caption>Часы</caption><tr><td>Цена</td><td></td></tr><tr><td>&lt;b&gt;</td><td>5</td></tr></table>",
        ),
        ("table", None, ""),
        (
            "typed",
            TEXTS.child_blocks["typed"].to_python(
                {
                    "columns": [{"type": "text", "heading": "Вещь"}, {"type": "rich", "heading": ""}],
                    "rows": [{"values": ["Часы", "<p>да</p>"]}],
                    "caption": "Цены",
                }
            ),
            "<table><caption>Цены</caption><tr><td>Вещь</td><td></td></tr><tr><td><p>Часы</p></td><td><p>да</p></td></tr></table>",
        ),
        ("note", {"name": "Дом"}, ""),
    ],
)
def test_tables_and_structures_are_read_as_readers_see_them(name, value, html):
    assert read_html((name, value)) == html


@pytest.mark.parametrize(
    ("alternative", "html"), [('У "реки"', '<img alt="У &quot;реки&quot;">'), (None, '<img alt="">')]
)
def test_a_picture_has_its_alternative_text(alternative, html):
    image = get_image_model()(title="Скидка")
    image.contextual_alt_text = alternative
    assert read_html(("image", image), ("card", {"name": "Дом", "image": image})) == f"{html}\n<p>Дом</p>\n{html}"


def read_html(*stream):
    """The text of a stream of these blocks."""
    return build_text([(LetterPage._meta.get_field("body"), blocks.StreamValue(TEXTS, stream))]).html


@pytest.mark.parametrize(("locales", "is_live"), [(["ru"], True), (["ru", "en"], False), ([], False)])
def test_a_translation_into_another_language_is_not_checked(index, editor, locales, is_live):
    english = Locale.objects.create(language_code="en")
    page = make_letter(index.copy_for_translation(english), locale=english)
    with override_settings(VIPCOPY={"PACKS": [TINY], "LOCALES": locales}):
        send(editor, page, read_form(paragraph(BAD), **PUBLISH))
    assert LetterPage.objects.get(pk=page.pk).live is is_live


def test_the_page_as_a_whole_is_told_that_it_stays_a_draft(index, editor):
    response = send(editor, make_letter(index), read_form(paragraph(BAD), **PUBLISH))
    assert response.context["form"].non_field_errors() == [
        "Публикация отложена, замечаний к правке: 1. Черновик сохраняется как есть."
    ]


def test_a_score_below_the_threshold_is_refused_too(index, editor):
    with override_settings(VIPCOPY={"PACKS": [TINY], "FAIL_ON": "never", "MIN_SCORE": 8.9}):
        response = send(editor, make_letter(index), read_form(paragraph(BAD), **PUBLISH))
        assert "score" in {error.code for error in response.context["form"].non_field_errors().as_data()}
        assert body_errors(response)
    with override_settings(VIPCOPY={"PACKS": [TINY], "FAIL_ON": "never", "MIN_SCORE": 1}):
        assert send(editor, make_letter(index), read_form(paragraph(BAD), slug="other", **PUBLISH)).status_code == 302


def test_a_user_who_may_not_publish_saves_a_draft_with_any_button(index):
    page = make_letter(index)
    assert send(make_user("writer", "Editors"), page, read_form(paragraph(BAD), **PUBLISH)).status_code == 302
    assert not is_live(page)


def test_a_text_over_the_limit_waits_as_well(index, editor):
    with override_settings(VIPCOPY={"PACKS": [TINY], "MAX_LENGTH": 30}):
        response = send(editor, make_letter(index), read_form(paragraph(GOOD), **PUBLISH))
    assert response.context["form"].non_field_errors().as_data()[0].code == "limit"


def test_a_text_that_cannot_be_read_waits_and_its_draft_is_saved(index, editor):
    page = make_letter(index, "<b>" * 5002)
    assert page.copy_score.passes is False
    with pytest.raises(PublishRefusedError, match="теги вложены глубже 5000"):
        page.get_latest_revision().publish()


def test_a_check_that_ran_out_of_time_is_done_again_when_asked_again(index, editor):
    page = make_letter(index)
    form = read_form(paragraph("<p>Часы ждали Вас всё утро.</p>"), **PUBLISH)
    with override_settings(VIPCOPY={"PACKS": [TINY], "MAX_SECONDS": 1e-9}):
        response = send(editor, page, form)
    assert response.context["form"].non_field_errors().as_data()[0].code == "limit"
    assert send(editor, page, form).status_code == 302


@override_settings(VIPCOPY={"MIN_SCORE": 7.0})
def test_the_main_rules_refuse_what_no_vip_should_read(index, editor):
    page = make_letter(index)
    messages = body_errors(send(editor, page, read_form(paragraph("<p>скидка 30 %!!!</p>"), **PUBLISH)))[0]["messages"]
    assert {"⟦скидка⟧", "⟦!!!⟧"} <= set(re.findall("⟦.+?⟧", " ".join(messages)))


# An override


def override_form(text=BAD, reason=REASON):
    return read_form(paragraph(text), **PUBLISH, **{"vipcopy-reason": reason})


def test_an_override_with_a_reason_goes_live_and_into_the_audit_log(index, chief):
    page = make_letter(index)
    assert send(chief, page, override_form()).status_code == 302
    (entry,) = log_of(page, "vipcopy.override")
    assert is_live(page)
    assert (entry.user, entry.data["reason"], entry.data["rules"]) == (chief, REASON, ["discount/word"])
    assert entry.revision == latest(page)
    assert entry.message.startswith(f"Текст разрешён вопреки проверке. Причина: {REASON} Проверка: ")


def test_a_new_page_can_be_overridden_too(index, chief):
    address = reverse("wagtailadmin_pages:add", args=["letters", "letterpage", index.pk])
    assert browse(chief).post(address, override_form()).status_code == 302
    page = LetterPage.objects.get()
    assert (page.live, len(log_of(page, "vipcopy.override"))) == (True, 1)


def test_a_live_page_can_be_overridden_too(index, chief):
    page = make_live(index)
    assert send(chief, page, override_form()).status_code == 302
    assert "скидка" in str(LetterPage.objects.get(pk=page.pk).body)
    assert len(log_of(page, "vipcopy.override")) == 1


def test_a_reason_of_a_user_without_the_permission_changes_nothing(index, editor):
    page = make_letter(index)
    assert send(editor, page, override_form()).status_code == 200
    assert (is_live(page), log_of(page, "vipcopy.override"), CopyOverride.objects.count()) == (False, [], 0)


def test_a_reason_of_two_words_is_no_reason(index, chief):
    response = send(chief, make_letter(index), override_form(reason="надо"))
    assert "reason" in {error.code for error in response.context["form"].non_field_errors().as_data()}


def test_an_override_holds_for_exactly_this_text(index, chief):
    page = make_letter(index, BAD)
    override(page, user=chief, reason=REASON)
    page.get_latest_revision().publish()
    assert is_live(page)
    page.body = [("paragraph", "<p>Ещё скидка.</p>")]
    with pytest.raises(PublishRefusedError):
        page.save_revision().publish()


def test_a_script_cannot_override_for_a_user_who_may_not(index, editor):
    with pytest.raises(PermissionDenied):
        override(make_letter(index, BAD), user=editor, reason=REASON)


def test_the_reason_is_asked_only_of_those_who_may_override(index, editor, chief):
    address = reverse("wagtailadmin_pages:edit", args=[make_letter(index, BAD).pk])
    pages = [browse(user).get(address).content.decode() for user in (editor, chief)]
    assert ['name="vipcopy-reason"' in page for page in pages] == [False, True]


def test_the_permission_stands_in_the_editor_of_groups(index):
    admin = make_user("admin", is_superuser=True)
    page = browse(admin).get(reverse("wagtailusers_groups:add")).content.decode()
    assert "Публиковать текст вопреки проверке" in page


# Schedules, scripts, workflows


def test_a_script_cannot_publish_a_revision_and_learns_why(index):
    page = make_letter(index, BAD)
    with pytest.raises(ValidationError) as caught:
        page.get_latest_revision().publish()
    assert caught.value.messages == ["Публикация отложена, замечаний к правке: 1. Черновик сохраняется как есть."]
    assert isinstance(caught.value, PermissionDenied)
    assert not is_live(page)


def publish_by_action(index):
    PublishPageRevisionAction(make_letter(index, BAD).get_latest_revision()).execute()


def publish_by_saving(index):
    page = make_letter(index, BAD)
    page.live = True
    page.save()


def publish_by_adding(index):
    index.add_child(instance=LetterPage(title="Часы", body=[("paragraph", BAD)]))


def publish_by_changing_live_text(index):
    page = make_live(index)
    page.body = [("paragraph", BAD)]
    page.save()


def publish_one_field(index):
    page = make_live(index)
    page.preheader = "Поторопитесь"
    page.save(update_fields=["preheader"])


@pytest.mark.parametrize(
    "publish",
    [publish_by_action, publish_by_saving, publish_by_adding, publish_by_changing_live_text, publish_one_field],
)
def test_no_way_of_a_script_leads_around_the_check(index, publish):
    with pytest.raises(PublishRefusedError):
        publish(index)


def test_a_script_publishes_what_passes(index):
    page = make_letter(index)
    page.get_latest_revision().publish()
    assert is_live(page)


def test_a_script_saves_drafts_of_live_pages_whatever_their_text(index):
    page = make_live(index)
    page.body = [("paragraph", BAD)]
    page.save_revision()
    assert "скидка" not in str(LetterPage.objects.get(pk=page.pk).body)


def test_a_page_that_was_live_before_may_be_saved_while_its_text_stays(index):
    page = make_live(index, BAD)
    page.show_in_menus = True
    page.save()
    page.save(update_fields=["show_in_menus"])
    assert LetterPage.objects.get(pk=page.pk).show_in_menus


def test_an_editor_cannot_schedule_a_text_that_does_not_pass(index, editor):
    page = make_letter(index)
    later = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    assert send(editor, page, read_form(paragraph(BAD), go_live_at=later, **PUBLISH)).status_code == 200
    assert send(editor, page, read_form(paragraph(GOOD), go_live_at=later, **PUBLISH)).status_code == 302
    assert latest(page).approved_go_live_at is not None


def schedule(page):
    """A schedule from before the app came: nobody has checked the text."""
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    return revision


def test_a_schedule_leaves_out_what_does_not_pass_and_publishes_the_rest(index):
    bad, good = make_letter(index, BAD), make_letter(index, title="Дом")
    revision = schedule(bad)
    schedule(good)
    call_command("publish_scheduled")
    assert (is_live(bad), is_live(good)) == (False, True)
    revision.refresh_from_db()
    (entry,) = log_of(bad, "vipcopy.postpone")
    assert (revision.approved_go_live_at, entry.revision) == (None, revision)
    assert entry.message.startswith("Публикация по расписанию отложена. Проверка: ")


def test_a_schedule_publishes_a_text_that_was_overridden(index, chief):
    page = make_letter(index, BAD)
    override(page, user=chief, reason=REASON)
    schedule(page)
    call_command("publish_scheduled")
    assert is_live(page)


def make_workflow(index, *tasks):
    Workflow.objects.all().delete()
    workflow = Workflow.objects.create(name="Письма")
    for at, task in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=at)
    WorkflowPage.objects.create(workflow=workflow, page=index)
    return workflow


def check_task():
    return CopyCheckTask.objects.create(name="Проверка текста")


def approval_task():
    task = GroupApprovalTask.objects.create(name="Одобрение")
    task.groups.add(Group.objects.get(name="Moderators"))
    return task


def test_the_task_sends_back_a_text_with_what_to_correct(index, editor):
    page = make_letter(index, BAD)
    make_workflow(index, check_task()).start(page, editor)
    state = page.current_workflow_state
    assert (state.status, is_live(page)) == (WorkflowState.STATUS_NEEDS_CHANGES, False)
    assert "1 замечание" in state.current_task_state.comment


def test_the_task_lets_a_text_through_to_the_next_one(index, editor):
    page = make_letter(index)
    approval = approval_task()
    make_workflow(index, check_task(), approval).start(page, editor)
    assert page.current_workflow_task == approval


def test_the_last_task_publishes_a_text_that_passes(index, editor):
    page = make_letter(index)
    make_workflow(index, check_task()).start(page, editor)
    assert is_live(page)


def test_a_corrected_text_goes_on_when_it_is_sent_again(index, editor):
    make_workflow(index, check_task(), approval_task())
    writer = make_user("writer", "Editors")
    page = make_letter(index)
    send(writer, page, read_form(paragraph(BAD), **{"action-submit": "1"}))
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    send(writer, page, read_form(paragraph(GOOD), **{"action-submit": "1"}))
    assert LetterPage.objects.get(pk=page.pk).current_workflow_task.name == "Одобрение"


def approve(text):
    return read_form(paragraph(text), **{"action-workflow-action": "1", "workflow-action-name": "approve"})


def test_the_last_approval_in_the_editor_waits_for_the_text(index, editor):
    page = make_letter(index, BAD)
    make_workflow(index, approval_task()).start(page, editor)
    assert body_errors(send(editor, page, approve(BAD)))
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert send(editor, page, approve(GOOD)).status_code == 302
    assert is_live(page)


def test_the_last_approval_elsewhere_changes_nothing_either(index, editor):
    page = make_letter(index, BAD)
    make_workflow(index, approval_task()).start(page, editor)
    state = page.current_workflow_state.current_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    browse(editor).post(address, {"comment": ""})
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert not is_live(page)


@pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}], ids=["a form", "a window"])
def test_the_last_approval_elsewhere_says_why_the_page_waits(index, editor, headers):
    page = make_letter(index, BAD)
    make_workflow(index, approval_task()).start(page, editor)
    state = page.current_workflow_state.current_task_state
    client = browse(editor)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answer = client.post(address, {"comment": ""}, headers=headers)
    led = json.loads(answer.content)["redirect"] if headers else answer.url
    shown = client.get(led)
    assert shown.resolver_match.url_name == "edit"
    (told,) = [str(message) for message in shown.context["messages"]]
    assert told.startswith("«Часы» не опубликована: ")


def test_a_denial_of_wagtail_itself_stays_as_it_is(index):
    client = browse(make_user("reader", "Editors"))
    shown = client.get(reverse("wagtailadmin_workflows:index"), follow=True)
    assert [str(message) for message in shown.context["messages"]] != []
    assert shown.resolver_match.url_name == "wagtailadmin_home"


def test_publishing_in_bulk_names_what_is_in_the_way_and_publishes_nothing(index, editor):
    bad, good = make_letter(index, BAD), make_letter(index, title="Дом")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    address += f"?id={bad.pk}&id={good.pk}&next=/admin/"
    response = browse(editor).post(address, {"include_descendants": ""}, follow=True)
    assert any("«Часы» не опубликована: " in str(message) for message in response.context["messages"])
    assert (is_live(bad), is_live(good)) == (False, False)


# Settings of page types


def make_note(index, text):
    page = index.add_child(instance=NotePage(title="Заметка", text=text, live=False))
    return page.save_revision()


@pytest.mark.parametrize(
    "own",
    [{"FAIL_ON": "never"}, {"ENABLED": False}, {"FIELDS": ["title"]}],
    ids=str,
)
def test_a_page_type_has_settings_of_its_own(index, own):
    with override_settings(VIPCOPY={"PACKS": [TINY], "PAGES": {"letters.NotePage": own}}):
        make_note(index, BAD).publish()
        with pytest.raises(PublishRefusedError):
            make_letter(index, BAD).get_latest_revision().publish()


def test_addresses_and_choices_are_no_text():
    kinds = {
        "lead": models.CharField(max_length=9),
        "body": models.TextField(),
        "link": models.URLField(),
        "mail": models.EmailField(),
        "anchor": models.SlugField(),
        "tone": models.CharField(max_length=9, choices=[("a", "А")]),
    }
    for name, field in kinds.items():
        field.set_attributes_from_name(name)
    page_class = SimpleNamespace(_meta=SimpleNamespace(concrete_fields=list(kinds.values())))
    assert find_text_fields(page_class) == ("title", "lead", "body")


def test_the_settings_of_the_site_come_before_those_of_the_class(index, monkeypatch):
    monkeypatch.setattr(NotePage, "copy_check", {"FAIL_ON": "never"})
    make_note(index, BAD).publish()
    site = override_settings(VIPCOPY={"PACKS": [TINY], "PAGES": {"letters.NotePage": {"FAIL_ON": "error"}}})
    with site, pytest.raises(PublishRefusedError):
        make_note(index, BAD).publish()


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ({"letters.NotePage": {"MIN_SCORE": 5, "FIELDS": ["text"]}}, []),
        ({"letters.NotePage": {"MIN_SCOR": 5}}, [("vipcopy.E004", "напишите MIN_SCORE")]),
        ({"letters.NotePage": {"FIELDS": ["body"]}}, [("vipcopy.E004", "назовите поле страницы")]),
        (
            {"letters.LetterIndexPage": {}},
            [("vipcopy.E005", "напишите одно из: letters.LetterPage, letters.NotePage")],
        ),
    ],
    ids=str,
)
def test_the_settings_of_page_types_are_checked_when_the_site_starts(pages, found):
    with override_settings(VIPCOPY={"PAGES": pages}):
        assert [(message.id, message.hint) for message in run_checks(tags=["vipcopy"])] == found


# What the admin shows


def test_the_panel_shows_the_score_nine_bars_and_the_findings(index, editor):
    page = make_letter(index, BAD)
    shown = browse(editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert shown.count('class="vipcopy-bar ') == 9
    assert "Наша <mark>скидка</mark> 30 %!!!" in shown
    assert 'data-path="first" data-quote="скидка" data-occurrence="0"' in shown
    assert "Письмо → Абзац" in shown


def test_the_panel_counts_equal_words_as_the_editor_shows_them():
    text = "<p><b>Только</b> сегодня &amp; только сегодня.</p><p>Только сегодня.</p><p>Скидка. Только сегодня.</p>"
    panel = build_panel(check_page(LetterPage(title="Часы", body=[("paragraph", RichText(text))])))
    told = [(mark.quote, mark.occurrence) for mark in panel.marks if mark.quote != "Скидка"]
    assert told == [
        ("Только сегодня", 0),
        ("только сегодня", 0),
        ("Только сегодня", 1),
        ("Только сегодня", 2),
    ]


def test_the_panel_knows_what_stands_in_the_way_among_very_many_findings():
    text = "<p>Скидка только сегодня.</p>" * MOST_KEPT
    panel = build_panel(check_page(LetterPage(title="Часы", body=[("paragraph", RichText(text))])))
    assert {mark.blocks: mark.severity for mark in panel.marks} == {True: "error", False: "warning"}
    assert panel.blocking == sum(mark.severity == "error" for mark in panel.marks) == MOST_KEPT


def test_the_panel_after_a_refusal_shows_what_was_sent(index, editor):
    response = send(editor, make_letter(index), read_form(paragraph("<p>Поторопитесь.</p>"), **PUBLISH))
    assert "<mark>Поторопитесь</mark>" in response.content.decode()


def test_the_panel_is_written_anew_for_what_is_typed_and_nothing_is_stored(index, editor):
    page = make_letter(index)
    before = page.revisions.count()
    address = reverse("vipcopy_wagtail:recheck", args=[page.pk])
    answer = browse(editor).post(address, read_form(paragraph("<p>Скидка, опять скидка.</p>"))).content.decode()
    assert re.findall(r'data-occurrence="(\d)"', answer) == ["0", "0"]  # «Скидка» and «скидка»
    assert (page.revisions.count(), CopyScore.objects.get(page=page).findings) == (before, 0)


def test_the_panel_is_written_anew_for_a_page_that_is_not_there_yet(index, editor):
    address = reverse("vipcopy_wagtail:recheck_new", args=[index.pk, "letters", "letterpage"])
    answer = browse(editor).post(address, read_form(paragraph(BAD)))
    assert "<mark>скидка</mark>" in answer.content.decode()
    assert LetterPage.objects.count() == 0


@override_settings(VIPCOPY={"PACKS": [TINY], "LOCALES": ["ru"]})
def test_the_panel_of_a_new_page_knows_the_language_of_its_parent(index, editor):
    parent = index.copy_for_translation(Locale.objects.create(language_code="en"))
    address = reverse("vipcopy_wagtail:recheck_new", args=[parent.pk, "letters", "letterpage"])
    answer = browse(editor).post(address, read_form(paragraph(BAD)))
    assert "проверка только советует" in answer.content.decode()


def test_the_panel_is_written_for_those_who_may_edit(index):
    address = reverse("vipcopy_wagtail:recheck", args=[make_letter(index).pk])
    stranger = make_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    response = browse(stranger).post(address, read_form(paragraph(BAD)))
    assert response.status_code == 302 and response.url == reverse("wagtailadmin_home")


def test_the_report_lists_pages_by_score_the_weakest_first(index, editor):
    make_letter(index, title="Часы")
    make_letter(index, BAD, title="Распродажа")
    unchecked = make_letter(index, title="Старая")
    CopyScore.objects.filter(page=unchecked).delete()
    response = browse(editor).get(reverse("vipcopy_wagtail:scores"))
    assert [page.title for page in response.context["object_list"]] == ["Распродажа", "Часы", "Старая"]
    shown = response.content.decode()
    assert all(words in shown for words in ("мешают: 1", "готова", "не проверена"))


def test_the_report_is_filtered_and_exported(index, editor):
    make_letter(index)
    make_letter(index, BAD, title="Распродажа")
    address = reverse("vipcopy_wagtail:scores") + "?copy_score__passes=false&export=csv"
    table = b"".join(browse(editor).get(address).streaming_content).decode("utf-8-sig").splitlines()
    assert table[0].startswith("Страница,Оценка,")
    assert [row.partition(",")[0] for row in table[1:]] == ["Распродажа"]


def test_the_report_is_not_for_those_who_have_no_pages():
    stranger = make_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert browse(stranger).get(reverse("vipcopy_wagtail:scores")).status_code == 302


def test_a_draft_is_scored_when_it_is_saved(index):
    page = make_letter(index)
    assert CopyScore.objects.get(page=page).passes
    page.body = [("paragraph", BAD)]
    page.save_revision()
    score = CopyScore.objects.get(page=page)
    assert (score.passes, score.findings, score.blocking) == (False, 1, 1)


def test_the_command_scores_pages_that_were_there_before(index):
    make_letter(index, BAD)
    CopyScore.objects.all().delete()
    out = StringIO()
    with pytest.raises(SystemExit) as leave:
        call_command("check_pages", stdout=out, stderr=StringIO())
    assert (leave.value.code, out.getvalue()) == (1, "Проверено страниц: 1; не готовы: 1\n")
    assert CopyScore.objects.get().findings == 1


# The site


@override_settings(VIPCOPY={"MIN_SCORE": 7.0, "PAGES": {"letters.NotePage": {"MIN_SCORE": 5.0, "FAIL_ON": "never"}}})
def test_the_letters_of_the_example_site_pass_and_its_bad_draft_stays_one():
    out = StringIO()
    call_command("load_letters", stdout=out)
    call_command("load_letters", stdout=StringIO())
    pages = {page.title: page.live for page in LetterIndexPage.objects.get().get_children()}
    assert [title for title, live in pages.items() if not live] == ["Летняя распродажа (плохой черновик)"]
    assert len(pages) == 4
    assert len(re.findall(r"Вход: \w+  пароль: \S+", out.getvalue())) == 2


def test_the_pages_of_the_site_are_served(index):
    make_letter(index).get_latest_revision().publish()
    assert "Часы ручной работы" in Client().get("/часы/").content.decode()


def test_the_tables_are_as_the_migrations_say():
    call_command("makemigrations", "vipcopy_wagtail", "letters", check=True, dry_run=True, stdout=StringIO())
