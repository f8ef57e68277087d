"""What an editor does at the screens of Wagtail, and what a visitor sees."""

from dataclasses import dataclass
from html import unescape
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.site.models import NewsPage

CLEAN = "各单位要认真做好防汛工作，确保人民群众生命财产安全。"
WRONG = "截止目前，各单位已完成整改。"
DOUBTFUL = "会议定于2024年2月30日召开，请各单位准时参加。"


def body_of(*paragraphs: str) -> str:
    """Write a rich text."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def notice(title: str = "关于做好防汛工作的通知", body: str = CLEAN, **fields: Any) -> NewsPage:
    """Write a notice that is not saved yet."""
    return NewsPage(title=title, slug=f"n{abs(hash((title, body)))}", body=body_of(body), **fields)


def is_live(page: Page) -> bool:
    """Tell whether the row is live."""
    return bool(Page.objects.get(pk=page.pk).live)


def seen_by_a_visitor(page: Page) -> str | None:
    """Get a page as a visitor; None where there is none."""
    answer = Client().get(Page.objects.get(pk=page.pk).url)
    return answer.content.decode() if answer.status_code == 200 else None


@dataclass(frozen=True)
class Desk:
    """An editor's."""

    client: Client
    home: Page
    user: Any

    def draft(self, page: NewsPage | None = None, **fields: Any) -> NewsPage:
        """Keep a draft."""
        page = page or notice(**fields)
        page.live = False
        self.home.refresh_from_db()
        self.home.add_child(instance=page)
        page.save_revision(user=self.user)
        return page

    def published(self, **fields: Any) -> NewsPage:
        """Publish a notice."""
        page = self.draft(**fields)
        page.get_latest_revision().publish(user=self.user)
        page.refresh_from_db()
        return page

    def create(
        self, body: str, *, action: str = "publish", title: str = "通知", **fields: Any
    ) -> tuple[NewsPage, str]:
        """Write a notice in the editor, and press a button; gives it, and what the editor then reads."""
        address = reverse("wagtailadmin_pages:add", args=("site_of_tests", "newspage", self.home.pk))
        answer = self.client.post(address, self._form(title, body, action, **fields), follow=True)
        return NewsPage.objects.latest("pk"), told(answer)

    def edit(self, page: Page, body: str, *, action: str = "publish", **fields: Any) -> str:
        """Rewrite a notice in the editor, and press a button; gives what the editor then reads."""
        address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        answer = self.client.post(
            address, self._form(page.title, body, action, slug=page.slug, **fields), follow=True
        )
        return told(answer)

    def publish_many(self, *pages: Page, descendants: bool = False) -> str:
        """Tick pages in the list, and publish them."""
        address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
        query = "&".join(f"id={page.pk}" for page in pages)
        form = {"include_descendants": "on"} if descendants else {}
        answer = self.client.post(f"{address}?{query}&next={reverse('wagtailadmin_home')}", form, follow=True)
        return told(answer)

    def history(self, page: Page) -> str:
        """Read the history of a page."""
        answer = self.client.get(reverse("wagtailadmin_pages:history", args=(page.pk,)))
        return unescape(answer.content.decode())

    def _form(self, title: str, body: str, action: str, **fields: Any) -> dict[str, Any]:
        form = {
            "title": title,
            "slug": f"n{abs(hash((title, body)))}",
            "body": rich_text(body_of(body)),
            "parts": streamfield([]),
            "appendices": inline_formset([]),
            "comments": inline_formset([]),
            **fields,
        }
        return {**nested_form_data(form), **({f"action-{action}": "x"} if action else {})}


def told(answer: Any) -> str:
    """Give the messages of a screen, as HTML."""
    return "\n".join(str(message) for message in answer.context["messages"])
