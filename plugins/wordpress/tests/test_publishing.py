"""Every way in which a post can be published past the editor's page."""

from __future__ import annotations

import json
import urllib.request
import xmlrpc.client
from typing import Any

import pytest

from plugins.wordpress.tests.conftest import Service
from plugins.wordpress.tests.site import EDITOR, PASSWORD, Site

CLEAN = "<p>各单位要认真做好防汛工作，确保人民群众生命财产安全。</p>"
WRONG = "<p>截止目前，各单位已完成整改。</p>"
DOUBTFUL = "<p>会议定于2024年2月30日召开，请各单位准时参加。</p>"
PERSONAL = "<p>低保对象赵小明，身份证号码11010119900307803X。</p>"
NOBODY_LISTENS = "http://127.0.0.1:9"
AS_EDITOR = f"wp_set_current_user(get_user_by('login', '{EDITOR}')->ID);"
WAYS = ["wp_publish_post(%d);", "wp_update_post(array('ID' => %d, 'post_status' => 'publish'));"]
LATER = {"status": "future", "date": "2099-01-01T00:00:00"}


def rest(site: Site, route: str, body: dict[str, Any]) -> tuple[int, Any]:
    """Ask the REST API of the site in the name of the editor; gives status and answer."""
    request = json.dumps(body)
    answer = site.php(
        f"""{AS_EDITOR} $request = new WP_REST_Request('POST', '{route}');
        $request->set_header('content-type', 'application/json');
        $request->set_body(<<<'JSON'\n{request}\nJSON\n);
        $answer = rest_do_request($request); return array($answer->get_status(), $answer->get_data());"""
    )
    return answer[0], answer[1]


def publish(site: Site, post: int) -> tuple[int, Any]:
    """Publish a post as the block editor does."""
    return rest(site, f"/wp/v2/posts/{post}", {"status": "publish"})


def schedule(site: Site, post: int) -> None:
    """Let the hour of a post have come, past every look."""
    site.php(
        f"""global $wpdb; $wpdb->update($wpdb->posts, array('post_status' => 'future',
        'post_date' => '2020-01-01 00:00:00', 'post_date_gmt' => '2020-01-01 00:00:00'), array('ID' => {post}));"""
    )


def strike(site: Site, post: int) -> None:
    """Let the clock publish a post."""
    site.php(f"do_action('publish_future_post', {post});")


def waive(service: Service, review: str, finding: str) -> None:
    """Waive a finding at the service, as its readers do."""
    by_two = {"action": "waived", "reason": "引用来文原文。", "actor": "钱一", "second_actor": "孙二"}
    request = urllib.request.Request(
        f"{service.address}/v1/reviews/{review}/decisions",
        json.dumps({"finding": finding, **by_two}).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {service.key_of_readers}"},
    )
    urllib.request.urlopen(request).close()


def test_a_program_that_creates_a_clean_public_post_gets_one(site: Site) -> None:
    post = site.post(post_content=CLEAN, post_status="publish", post_title="flood")

    assert "防汛工作" in (site.seen_by_a_visitor(post) or "")
    assert site.field(post, "post_name") == "flood"


def test_a_program_that_creates_a_public_post_with_an_error_gets_a_draft(site: Site) -> None:
    post = site.post(post_content=WRONG, post_status="publish")

    assert site.field(post, "post_status") == "draft"
    assert site.field(post, "post_content") == WRONG
    assert site.seen_by_a_visitor(post) is None


@pytest.mark.parametrize("way", WAYS)
def test_a_program_cannot_publish_a_draft_with_an_error(site: Site, way: str) -> None:
    post = site.post(post_content=WRONG)

    site.php(way % post)

    assert site.field(post, "post_status") == "draft"
    assert site.seen_by_a_visitor(post) is None


@pytest.mark.parametrize("way", WAYS)
def test_a_program_can_publish_a_clean_draft(site: Site, way: str) -> None:
    post = site.post(post_content=CLEAN)

    site.php(way % post)

    assert "防汛工作" in (site.seen_by_a_visitor(post) or "")


def test_an_edit_with_an_error_leaves_what_visitors_read_and_keeps_the_new_words_aside(site: Site) -> None:
    post = site.post(post_content=CLEAN, post_status="publish")

    site.php(f"{AS_EDITOR} wp_update_post(wp_slash(array('ID' => {post}, 'post_content' => '{WRONG}')));")

    assert site.field(post, "post_content") == CLEAN
    assert site.field(post, "post_status") == "publish"
    assert WRONG in site.php(
        f"{AS_EDITOR} return wp_get_post_autosave({post}, get_current_user_id())->post_content;"
    )


def test_an_edit_that_leaves_the_text_alone_asks_nobody(site: Site) -> None:
    post = site.post(post_content=CLEAN, post_status="publish")
    site.choose(url=NOBODY_LISTENS)

    site.php(f"wp_update_post(array('ID' => {post}, 'menu_order' => 3));")

    assert site.field(post, "menu_order") == "3"
    assert site.field(post, "post_status") == "publish"


def test_a_client_of_the_rest_api_is_answered_with_the_findings(site: Site) -> None:
    post = site.post(post_content=WRONG)

    status, answer = publish(site, post)

    assert status == 422
    assert "【须改】正文：“截止目前”" in answer["message"]
    assert "建议：截至目前。依据：现代汉语词典" in answer["data"]["findings"][0]
    assert site.field(post, "post_status") == "draft"


def test_a_client_that_creates_a_public_post_with_an_error_gets_a_draft(site: Site) -> None:
    status, answer = rest(site, "/wp/v2/posts", {"title": "通知", "content": WRONG, "status": "publish"})

    assert status == 201
    assert answer["status"] == "draft"


def test_a_client_cannot_rewrite_a_public_post_with_an_error(site: Site) -> None:
    post = site.post(post_content=CLEAN, post_status="publish")

    status, _ = rest(site, f"/wp/v2/posts/{post}", {"content": WRONG})

    assert status == 422
    assert site.field(post, "post_content") == CLEAN


def test_a_title_is_checked_too(site: Site) -> None:
    status, answer = publish(site, site.post(post_content=CLEAN, post_title="截止目前的防汛工作情况"))

    assert status == 422
    assert "标题：" in answer["message"]


def test_pages_are_checked_like_posts(site: Site) -> None:
    post = site.post(post_type="page", post_content=WRONG, post_status="publish")

    assert site.field(post, "post_status") == "draft"


def test_the_old_interface_for_programs_is_held_too(site: Site) -> None:
    server: Any = xmlrpc.client.ServerProxy(f"{site.address}/xmlrpc.php")
    fields = {"post_title": "通知", "post_content": WRONG, "post_status": "publish"}

    post = int(server.wp.newPost(1, EDITOR, PASSWORD, fields))

    assert site.field(post, "post_status") == "draft"


def test_warnings_are_told_first_and_pass_when_the_person_publishes_again(site: Site) -> None:
    post = site.post(post_content=DOUBTFUL)
    status, answer = publish(site, post)
    assert status == 422
    assert "【须核实】" in answer["message"]

    status, _ = publish(site, post)

    assert status == 200
    assert site.seen_by_a_visitor(post) is not None
    assert site.php(f"return get_post_meta({post}, '_shenjiao', true)['taken_by'];") == 1


@pytest.mark.parametrize(
    ("lines", "state"), [("$record['lines']", "publish"), ("array('x' => '没有见过的')", "pending")]
)
def test_what_a_person_verified_stays_verified_when_the_token_has_run_out(
    site: Site, lines: str, state: str
) -> None:
    post = site.post(post_content=DOUBTFUL)
    publish(site, post)
    site.php(
        f"""$record = array_merge(get_post_meta({post}, '_shenjiao', true), array('token' => 'x', 'taken_by' => 1));
        $record['lines'] = {lines}; update_post_meta({post}, '_shenjiao', wp_slash($record));"""
    )
    schedule(site, post)

    strike(site, post)

    assert site.field(post, "post_status") == state


def test_a_finding_that_two_persons_have_waived_at_the_service_stands_in_the_way_no_more(
    site: Site, shenjiao: Service
) -> None:
    post = site.post(post_content=WRONG + PERSONAL)
    publish(site, post)
    record = site.php(f"return get_post_meta({post}, '_shenjiao', true);")
    of_the_number, of_the_words = sorted(
        record["lines"], key=lambda name: "截止目前" in record["lines"][name]
    )

    waive(shenjiao, record["review"], of_the_words)
    _, answer = publish(site, post)
    assert "身份证" in answer["message"]
    assert "截止目前" not in answer["message"]
    waive(shenjiao, record["review"], of_the_number)
    status, _ = publish(site, post)

    assert status == 200


def test_a_program_is_no_person(site: Site) -> None:
    post = site.post(post_content=DOUBTFUL)

    site.php(f"wp_publish_post({post}); wp_publish_post({post});")

    assert site.field(post, "post_status") == "draft"


def test_warnings_on_hold_are_not_a_persons_to_pass(site: Site) -> None:
    site.choose(review="hold")
    post = site.post(post_content=DOUBTFUL)
    publish(site, post)

    status, answer = publish(site, post)

    assert status == 422
    assert "记录终审通过" in answer["message"]


def test_a_clean_post_is_published_at_its_hour(site: Site) -> None:
    post = site.post(post_content=CLEAN)
    assert rest(site, f"/wp/v2/posts/{post}", LATER)[0] == 200
    schedule(site, post)

    strike(site, post)

    assert site.field(post, "post_status") == "publish"


def test_a_post_with_an_error_is_not_published_at_its_hour(site: Site) -> None:
    post = site.post(post_content=WRONG)
    schedule(site, post)

    strike(site, post)

    assert site.field(post, "post_status") == "pending"
    assert site.seen_by_a_visitor(post) is None


def test_a_post_with_an_error_cannot_be_scheduled(site: Site) -> None:
    post = site.post(post_content=WRONG)

    status, _ = rest(site, f"/wp/v2/posts/{post}", LATER)

    assert status == 422
    assert site.field(post, "post_status") == "draft"


def test_a_post_due_while_the_service_is_down_waits_for_it(site: Site, shenjiao: Service) -> None:
    post = site.post(post_content=CLEAN)
    schedule(site, post)
    site.choose(url=NOBODY_LISTENS)
    strike(site, post)
    assert site.field(post, "post_status") == "future"
    assert site.php(f"return wp_next_scheduled('publish_future_post', array({post})) > time();")

    site.choose(url=shenjiao.address)
    strike(site, post)

    assert site.field(post, "post_status") == "publish"


def test_nothing_is_published_while_the_service_is_down(site: Site) -> None:
    post = site.post(post_content=CLEAN)
    site.choose(url=NOBODY_LISTENS)

    status, answer = publish(site, post)

    assert status == 422
    assert "审校服务没有应答，未发布" in answer["message"]


def test_a_site_may_let_posts_pass_while_the_service_is_down(site: Site) -> None:
    post = site.post(post_content=WRONG)
    site.choose(url=NOBODY_LISTENS, when_down="pass")

    status, _ = publish(site, post)

    assert status == 200


def test_a_service_that_answers_no_is_not_down(site: Site, shenjiao: Service) -> None:
    post = site.post(post_content=CLEAN)
    site.choose(url=f"{shenjiao.address}/nowhere", when_down="pass")

    status, answer = publish(site, post)

    assert status == 422
    assert "地址有误" in answer["message"]


@pytest.mark.parametrize("key", ["", "sj_nobody_has_this"])
def test_a_site_whose_key_is_not_taken_publishes_nothing(site: Site, key: str) -> None:
    post = site.post(post_content=CLEAN)
    site.choose(key=key, when_down="pass")

    status, answer = publish(site, post)

    assert status == 422
    assert "密钥缺失、有误或已撤销" in answer["message"]


def test_a_copied_token_lets_no_other_post_through(site: Site) -> None:
    """As plug-ins that duplicate posts copy it."""
    first, second = site.post(post_content=DOUBTFUL), site.post(post_content=DOUBTFUL)
    publish(site, first)
    publish(site, first)
    assert site.field(first, "post_status") == "publish"
    site.php(f"update_post_meta({second}, '_shenjiao', wp_slash(get_post_meta({first}, '_shenjiao', true)));")

    status, _ = publish(site, second)

    assert status == 422


def test_personal_data_come_back_masked(site: Site) -> None:
    post = site.post(post_content=PERSONAL)

    _, answer = publish(site, post)

    assert "身份证" in answer["message"]
    assert "19900307803X" not in answer["message"]
    assert "19900307803X" not in json.dumps(site.php(f"return get_post_meta({post}, '_shenjiao', true);"))


@pytest.mark.parametrize(
    "content",
    [
        f"<!-- wp:paragraph -->\n{CLEAN}\n<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n{WRONG}\n<!-- /wp:paragraph -->",
        "各单位要做好防汛工作。\n\n截止目前，各单位已完成整改。",
    ],
    ids=["block editor", "classic editor"],
)
def test_places_are_counted_in_paragraphs(site: Site, content: str) -> None:
    _, answer = publish(site, site.post(post_content=content))

    assert "正文第2段：" in answer["message"]
