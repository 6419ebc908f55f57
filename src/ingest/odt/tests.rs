//! What a reader of OpenDocument files would see.

use std::io::Write as _;

use super::*;

fn text(styles: &str, body: &str) -> String {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let content = format!(
        "<document-content><automatic-styles>\
         <style name=\"T1\" family=\"text\"><text-properties display=\"none\"/></style></automatic-styles>\
         <body><text>{body}</text></body></document-content>"
    );
    for (name, xml) in [("content.xml", content.as_str()), ("styles.xml", styles)] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(xml.as_bytes()).unwrap();
    }
    let file = RawFile::new("a.odt", archive.finish().unwrap().into_inner());
    read(&file, &mut Faults::default())
        .remove(0)
        .map_or_else(|r| r.reason.as_str().to_owned(), |document| document.text)
}

const STYLES: &str = "<document-styles><styles><outline-style>\
    <outline-level-style level=\"1\" num-format=\"一, 二, 三, ...\" num-suffix=\"、\"/>\
    <outline-level-style level=\"2\" num-format=\"1\" display-levels=\"2\"/></outline-style>\
    <list-style name=\"L\"><list-level-style-number level=\"1\" num-format=\"1\" num-suffix=\".\"/>\
    <list-level-style-number level=\"2\" num-format=\"a\" num-prefix=\"(\" num-suffix=\")\">\
    <list-level-label-alignment label-followed-by=\"nothing\"/></list-level-style-number></list-style>\
    <list-style name=\"B\"><list-level-style-bullet level=\"1\" bullet-char=\"•\"/></list-style></styles></document-styles>";

#[test]
fn lists_and_headings_are_counted() {
    let cases = [
        (
            "<list style-name=\"L\"><list-item><p>甲</p><p>乙</p><list><list-item><p>丙</p></list-item><list-item><p>丁</p></list-item></list></list-item><list-item><p>戊</p></list-item></list>",
            "1. 甲\n乙\n(a)丙\n(b)丁\n2. 戊\n",
        ),
        // a list that goes on, one that begins anew, one of bullets, a number of an item's own
        (
            "<list style-name=\"L\"><list-item><p>甲</p></list-item></list><list style-name=\"L\" continue-numbering=\"true\"><list-item><p>乙</p></list-item></list><list style-name=\"L\"><list-item><p>丙</p></list-item><list-item start-value=\"7\"><p>丁</p></list-item></list><list style-name=\"B\"><list-item><p>戊</p></list-item></list>",
            "1. 甲\n2. 乙\n1. 丙\n7. 丁\n戊\n",
        ),
        // an item without a paragraph of its own counts nothing
        (
            "<list style-name=\"L\"><list-item><p>甲</p></list-item></list><p>乙</p><list style-name=\"L\" continue-numbering=\"true\"><list-item><list><list-item><p>丙</p></list-item></list></list-item><list-item><p>丁</p></list-item></list>",
            "1. 甲\n乙\n(a)丙\n2. 丁\n",
        ),
        (
            "<h outline-level=\"1\">甲</h><h outline-level=\"2\">乙</h><h outline-level=\"2\">丙</h><h outline-level=\"1\">丁</h><h outline-level=\"2\">戊</h><h outline-level=\"3\">己</h>",
            "一、 甲\n一.1 乙\n一.2 丙\n二、 丁\n二.1 戊\n己\n",
        ),
        (
            "<list-header><p>甲</p></list-header><list style-name=\"none\"><list-item><p>乙</p></list-item></list>",
            "甲\n乙\n",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(text(STYLES, body), expected, "{body}");
    }
}

#[test]
fn the_last_version_is_the_text() {
    let cases = [
        ("<tracked-changes><deletion><p>甲</p></deletion></tracked-changes><p>乙<change/>丙</p>", "乙丙\n"),
        (
            "<p>甲<span style-name=\"T1\">乙<s c=\"3\"/><span>丙</span></span><span style-name=\"T2\">丁</span></p>",
            "甲丁\n",
        ),
        ("<p>甲<text-box><p>乙</p></text-box>丙</p>", "乙\n甲丙\n"),
        ("<p>甲<note><note-citation>1</note-citation><note-body><p>乙</p></note-body></note>丙</p>", "甲丙\n乙\n"),
        ("<p><ruby><ruby-base>甲</ruby-base><ruby-text>jiǎ</ruby-text></ruby></p>", "甲\n"),
    ];
    for (body, expected) in cases {
        assert_eq!(text("<", body), expected, "{body}");
    }
}
