"""A WordPress export becomes drafts: structured, with nothing dropped, and nothing of it trusted."""

from __future__ import annotations

import io
from datetime import date

import pytest

from meetups.foundation.database import db
from meetups.recaps.models import Recap
from meetups.recaps.notation import read, write
from meetups.recaps.notation.files import recaps_in
from meetups.recaps.notation.wordpress import NotAnExport, Post, read_export, recap_of
from tests import cast

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Old blog</title><wp:wxr_version>1.2</wp:wxr_version>"""
CLASSIC = """We met in the hallway and drew from a jar.

<strong>How do you end a storytime?</strong>
<ul>
<li>Sing the same song every time - <em>Mei, Alder Creek</em></li>
<li>Bubbles</li>
</ul>

What about shakers back in the bin?

<!-- wp:list --><ul><li>The bin is hungry</li></ul><!-- /wp:list -->

[caption id="a1"]<img src="http://blog.example/x.jpg" /> The jar[/caption]"""


def item(title="The first one", content=CLASSIC, *, kind="post", status="publish", more=""):
    return (
        f"<item><title>{title}</title><link>https://blog.example/2014/first</link>"
        f"<pubDate>Sat, 15 Mar 2014 20:00:00 +0000</pubDate><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<wp:post_date>2014-03-15 13:00:00</wp:post_date><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>{more}</item>"
    )


def export(*items):
    return (HEAD + "".join(items or (item(),)) + "</channel></rss>").encode()


def test_a_post_comes_out_structured_with_its_origin():
    (find,) = recaps_in(export()).recaps
    assert find.recap.title == "The first one"
    assert [entry.prompt for entry in find.recap.entries] == [
        "How do you end a storytime?", "What about shakers back in the bin?",
    ]  # fmt: skip
    assert [[idea.text for idea in entry.responses] for entry in find.recap.entries] == [
        ["Sing the same song every time", "Bubbles"], ["The bin is hungry"],
    ]  # fmt: skip
    assert find.recap.entries[0].responses[0].said_by == "Mei, Alder Creek"
    assert find.recap.tail.endswith("First published on March 15, 2014: https://blog.example/2014/first")


def test_no_word_is_dropped():
    (find,) = recaps_in(export()).recaps
    kept = find.recap.all_text()
    for words in ("We met in the hallway and drew from a jar.", "Mei, Alder Creek", "The jar", "The bin is hungry"):
        assert words in kept


def test_lines_of_a_post_without_markup_stay_lines():
    recap = recap_of(Post("Notes", "Q: Bubbles?\nA: Every week\n\nQ: Naps?\nA: Never"))
    assert [(entry.prompt, [idea.text for idea in entry.responses]) for entry in recap.entries] == [
        ("Bubbles?", ["Every week"]), ("Naps?", ["Never"]),
    ]  # fmt: skip


def test_what_goes_back_and_forth_with_the_page_reads_the_same():
    (find,) = recaps_in(export()).recaps
    assert read(write(find.recap)) == find.recap


def test_drafts_and_locked_posts_are_found_and_not_ticked():
    locked = item("Locked", more="<wp:post_password>secret</wp:post_password>")
    finds = recaps_in(export(item("Draft", status="draft"), locked, item()))
    assert [(find.recap.title, find.likely) for find in finds.recaps] == [
        ("Draft", False), ("Locked", False), ("The first one", True),
    ]  # fmt: skip
    assert [find.recap.title for find in finds.first(2)] == ["The first one", "Draft"]


def test_pictures_menus_and_comments_stay_behind_and_are_counted():
    comment = "<wp:comment><wp:comment_author_email>ana@example.org</wp:comment_author_email></wp:comment>"
    finds = recaps_in(export(item(more=comment), item("a.jpg", kind="attachment"), item("Menu", kind="nav_menu_item")))
    assert (len(finds.recaps), finds.others, finds.comments) == (1, 2, 1)
    assert "ana@example.org" not in finds.recaps[0].recap.all_text()


def test_posts_of_one_title_are_told_apart():
    titles = [find.recap.title for find in recaps_in(export(item(), item(), item("Other"))).recaps]
    assert titles == ["The first one (2014-03-15)", "The first one (2014-03-15) (2)", "Other"]


def test_the_day_is_that_of_the_blog():
    assert read_export(export()).posts[0].posted_on == date(2014, 3, 15)
    without = export().replace(b"2014-03-15 13:00:00", b"0000-00-00 00:00:00")
    assert read_export(without).posts[0].posted_on == date(2014, 3, 15)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<rss><channel><item><title>&b;</title></item></channel></rss>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><rss><channel>&x;</channel></rss>'


@pytest.mark.parametrize(
    "data",
    [
        BOMB.encode(), OUTSIDE.encode(), BOMB.encode("utf-16"), b"<?xml version='1.0'?><rss>", b"<?xml",
        b"<?xml version='1.0'?><feed/>", b"<rss><channel><item><title>no WordPress</title></item></channel></rss>",
        b'<?xml version="1.0" encoding="no-such"?><rss/>',
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused(data):
    with pytest.raises(NotAnExport):
        recaps_in(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("Q: Caf\u00e9?\nA: Oui".encode("cp1252"), "Caf\u00e9?"), ("\ufeffQ: Eins?\nA: Ja".encode(), "Eins?"),
        ("Q: Zwei?\nA: Ja".encode("utf-16"), "Zwei?"), (b"<html><body><h2>Drei?</h2><ul><li>Ja</li></ul>", "Drei?"),
    ],
)  # fmt: skip
def test_notes_in_any_usual_encoding(data, words):
    (find,) = recaps_in(data).recaps
    assert [entry.prompt for entry in find.recap.entries] == [words]


def upload(browser, data, name="export.xml"):
    return browser.forge("/recaps/import", {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def test_ticked_posts_become_drafts_of_their_own(app, signed_in):
    browser = signed_in(cast.sol())
    page = upload(browser, export(item(), item("Recipes", "Only a recipe.", kind="page"), item("Second")))
    assert page.status_code == 200
    assert "2 challenges, 3 ideas" in page.text
    assert db.session.query(Recap).count() == 0
    form = next(each for each in browser.forms_of(page) if each.action.endswith("/take"))
    assert form.filled({}).getlist("take") == ["0", "1"]
    for _ in range(2):  # pressed twice
        browser.post(form.action, data=form.filled({}))
    drafts = db.session.query(Recap).order_by(Recap.id).all()
    assert [(each.title, each.status.value, len(each.entries)) for each in drafts] == [
        ("The first one", "draft", 2), ("Second", "draft", 2),
    ]  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"\x00\xff\x00", BOMB.encode(), b"<?xml version='1.0'?><rss>"])
def test_a_hostile_file_gets_a_sentence(app, signed_in, data):
    answer = upload(signed_in(cast.sol()), data)
    assert answer.status_code == 400
    assert "Nothing was saved" in answer.text


def test_nothing_ticked_and_nonsense_save_nothing(app, signed_in):
    browser = signed_in(cast.sol())
    for data in ({}, {"take": "0"}, {"take": ["-1", "x", "9" * 40], "text-x": "Q: a?"}):
        assert browser.forge("/recaps/import/take", data).status_code == 303
    assert db.session.query(Recap).count() == 0


def test_a_paste_is_looked_at_before_anything_is_saved(app, signed_in):
    browser = signed_in(cast.sol())
    notes = "Our evening\n\nQ: Bubbles?\nA: Every week"
    typed = {"notes": notes, "title": "", "held_on": "2026-12-01", "place_label": "Pub"}
    page = browser.forge("/recaps/look", typed)
    assert page.status_code == 200
    assert "Bubbles?" in browser.text(page)
    assert "Nothing is saved yet" in browser.text(page)
    assert db.session.query(Recap).count() == 0
    form = next(each for each in browser.forms_of(page) if each.action.endswith("/recaps/new"))
    browser.post(form.action, data=form.filled({}))
    (draft,) = db.session.query(Recap).all()
    assert (draft.title, draft.held_on, draft.place_label) == ("Our evening", date(2026, 12, 1), "Pub")
    assert [entry.prompt for entry in draft.entries] == ["Bubbles?"]


def test_a_page_saved_whole_is_called_what_its_large_heading_says():
    page = b"""<html><head><title>x</title></head><body><nav><ul><li><a href="/">Home</a></li></ul></nav>
    <div>The Quiet Shelf</div><h1>What <em>Cincinnati</em> asked</h1><h3>How do you begin?</h3><ul><li>Bell</li></ul>
    <footer>About us</footer></body></html>"""
    (find,) = recaps_in(page).recaps
    assert (find.recap.title, [each.prompt for each in find.recap.entries]) == (
        "What Cincinnati asked", ["How do you begin?"],
    )
    assert [each.topic for each in find.recap.entries] == [None]
    for kept in ("Home", "The Quiet Shelf", "Bell", "About us"):
        assert kept in find.recap.all_text()
    assert read(write(find.recap)) == find.recap
