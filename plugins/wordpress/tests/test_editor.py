"""What an editor sees in the browser."""

from __future__ import annotations

import re
import xmlrpc.client
from typing import Any

from playwright.sync_api import Locator, Page, expect

from plugins.wordpress.tests.conftest import PATIENCE
from plugins.wordpress.tests.site import EDITOR, PASSWORD, Site
from plugins.wordpress.tests.test_publishing import CLEAN, DOUBTFUL, WRONG

expect.set_options(timeout=PATIENCE)
KEY = "sj_a_key_for_tests"


def in_blocks(paragraph: str) -> str:
    """Write a paragraph as the block editor does."""
    return f"<!-- wp:paragraph -->\n{paragraph}\n<!-- /wp:paragraph -->"


def open_editor(desk: Page, site: Site, post: int) -> None:
    """Open a post in the block editor."""
    desk.goto(f"{site.address}/wp-admin/post.php?post={post}&action=edit")
    desk.wait_for_function("window.wp?.data?.select('core/editor')?.getCurrentPostId() > 0")
    desk.evaluate(
        """wp.data.select('core/edit-post').isFeatureActive('welcomeGuide')
        && wp.data.dispatch('core/edit-post').toggleFeature('welcomeGuide')"""
    )


def open_panel(desk: Page) -> Locator:
    """Press the button that opens the panel before publishing; gives the plug-in's part of it."""
    desk.locator(".editor-post-publish-panel__toggle").click()
    return desk.locator(".shenjiao")


def publish_button(desk: Page) -> Locator:
    """Find the button of the panel."""
    return desk.locator(".editor-post-publish-panel__header .editor-post-publish-button")


def save_settings(desk: Page) -> None:
    """Press the button of the settings page."""
    desk.click("#submit")
    # Not the address: a script of WordPress takes the news out of it at once.
    expect(desk.locator("#setting-error-settings_updated")).to_be_visible()


def test_a_post_with_an_error_is_held_in_the_panel_and_let_go_when_mended(desk: Page, site: Site) -> None:
    post = site.post(post_content=in_blocks(WRONG))
    open_editor(desk, site, post)

    panel = open_panel(desk)
    expect(panel).to_contain_text("机器校对未通过")
    expect(panel).to_contain_text("建议：截至目前")
    expect(publish_button(desk)).to_have_attribute("aria-disabled", "true")
    mended = in_blocks(WRONG.replace("截止", "截至"))
    desk.evaluate("html => wp.data.dispatch('core/block-editor').resetBlocks(wp.blocks.parse(html))", mended)
    expect(panel).to_contain_text("机器校对通过")
    publish_button(desk).click()
    expect(desk.locator(".post-publish-panel__postpublish")).to_be_visible()

    assert "截至目前" in (site.seen_by_a_visitor(post) or "")


def test_warnings_are_listed_and_left_to_the_editor(desk: Page, site: Site) -> None:
    post = site.post(post_content=in_blocks(DOUBTFUL))
    open_editor(desk, site, post)

    expect(open_panel(desk)).to_contain_text("【须核实】")
    publish_button(desk).click()
    expect(desk.locator(".post-publish-panel__postpublish")).to_be_visible()

    assert site.field(post, "post_status") == "publish"


def test_drafts_can_be_saved_again_when_the_panel_is_closed(desk: Page, site: Site) -> None:
    open_editor(desk, site, site.post(post_content=in_blocks(WRONG)))
    panel = open_panel(desk)
    expect(panel).to_contain_text("机器校对未通过")
    assert desk.evaluate("wp.data.select('core/editor').isPostSavingLocked()")

    desk.locator(".editor-post-publish-panel__header-cancel-button button").click()
    expect(panel).to_have_count(0)

    assert not desk.evaluate("wp.data.select('core/editor').isPostSavingLocked()")


def test_an_update_of_a_public_post_is_refused_with_the_reasons(desk: Page, site: Site) -> None:
    post = site.post(post_content=in_blocks(CLEAN), post_status="publish")
    open_editor(desk, site, post)

    desk.evaluate(
        "html => wp.data.dispatch('core/block-editor').resetBlocks(wp.blocks.parse(html))", in_blocks(WRONG)
    )
    desk.locator(".editor-post-publish-button").click()

    expect(desk.locator(".components-notice.is-error")).to_contain_text("建议：截至目前")
    assert "防汛工作" in (site.seen_by_a_visitor(post) or "")


def test_what_a_draft_says_cannot_run_in_the_panel(desk: Page, site: Site) -> None:
    wrong = in_blocks("<p>截止&lt;img src=x onerror=window.hacked=1&gt;目前，截止目前完成。</p>")
    open_editor(desk, site, site.post(post_content=wrong, post_title="<b>截止目前</b>"))

    expect(open_panel(desk)).to_contain_text("截止目前")

    assert desk.evaluate("window.hacked") is None


def test_other_screens_say_why_a_post_was_not_published(desk: Page, site: Site) -> None:
    server: Any = xmlrpc.client.ServerProxy(f"{site.address}/xmlrpc.php")
    fields = {"post_title": "某通知", "post_content": WRONG, "post_status": "publish"}
    server.wp.newPost(1, EDITOR, PASSWORD, fields)

    desk.goto(f"{site.address}/wp-admin/edit.php")

    expect(desk.locator(".notice-error:not(.inline)")).to_contain_text(
        re.compile("《某通知》：机器校对未通过，未发布。.*建议：截至目前")
    )


def test_the_panel_asks_only_for_posts_that_its_user_may_edit(desk: Page, site: Site) -> None:
    post = site.post(post_content=CLEAN)
    ask = """async ([path, nonce]) => (await fetch(path, {method: 'POST', body: '{"title":"","content":"","excerpt":""}',
        headers: {'Content-Type': 'application/json', ...(nonce ? {'X-WP-Nonce': nonce} : {})}})).status"""
    path = f"{site.address}/?rest_route=/shenjiao/v1/posts/{post}/check"
    open_editor(desk, site, post)
    nonce = desk.evaluate("wp.apiFetch.nonceMiddleware.nonce")

    assert desk.evaluate(ask, [path, nonce]) == 200
    assert desk.evaluate(ask, [path, None]) == 401
    assert desk.evaluate(ask, [path.replace(f"/{post}/", "/999999/"), nonce]) == 403


def test_the_key_is_kept_on_the_server(desk: Page, site: Site) -> None:
    desk.goto(f"{site.address}/wp-admin/options-general.php?page=shenjiao")
    desk.fill("#shenjiao-key", KEY)
    desk.fill("#shenjiao-channel", "政务公开")
    save_settings(desk)

    assert site.php("return Shenjiao\\Settings\\all()['key'];") == KEY
    assert KEY not in desk.content()
    assert "已经设置" in desk.content()
    open_editor(desk, site, site.post(post_content=CLEAN))
    assert KEY not in desk.content()
    assert KEY not in str(
        site.php("return rest_do_request(new WP_REST_Request('GET', '/wp/v2/settings'))->get_data();")
    )


def test_an_empty_field_leaves_the_key_as_it_is(desk: Page, site: Site) -> None:
    site.choose(key=KEY)
    desk.goto(f"{site.address}/wp-admin/options-general.php?page=shenjiao")

    desk.fill("#shenjiao-url", "javascript:alert(1)")
    desk.evaluate("document.querySelector('form[action=\"options.php\"]').noValidate = true")
    save_settings(desk)

    kept = site.php("return Shenjiao\\Settings\\all();")
    assert kept["key"] == KEY
    assert kept["url"].startswith("http://")
