//! What Word would show of a body.

use std::io::Write as _;

use super::*;

/// A file with this body, and with parts beside it.
fn file(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    for (name, text) in [("document", document.as_str())].iter().chain(parts) {
        archive.start_file(format!("word/{name}.xml"), zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn text(body: &str, parts: &[(&str, &str)]) -> String {
    let file = RawFile::new("a.docx", file(body, parts));
    read(&file, &mut Faults::default())
        .remove(0)
        .map_or_else(|r| r.reason.as_str().to_owned(), |document| document.text)
}

/// A paragraph in a list, `properties` in its `w:pPr`.
fn numbered(list: &str, level: u8, words: &str) -> String {
    let place = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    format!("<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn level(at: u8, numerals: &str, pattern: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{numerals}\"/><w:lvlText w:val=\"{pattern}\"/>{more}</w:lvl>"
    )
}

/// Lists 1 (一、 （一） 1.1.1), 2 (the same list begun anew at 5), 3 (bullets), 4 (a list of a style), 5 (第1章 by style).
fn numbering() -> String {
    let close = "<w:suff w:val=\"nothing\"/>";
    let one = [
        level(0, "chineseCountingThousand", "%1、", close),
        level(1, "japaneseCounting", "（%2）", close),
        level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
        level(3, "decimalEnclosedCircle", "%4", "<w:lvlRestart w:val=\"0\"/>"),
    ];
    let three = level(0, "bullet", "\u{f0b7}", "");
    let five = level(0, "decimal", "第%1章", "<w:pStyle w:val=\"Chapter\"/>")
        + &level(1, "decimal", "%1.%2", "<w:pStyle w:val=\"Part\"/>");
    format!(
        "<w:numbering><w:abstractNum w:abstractNumId=\"7\">{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"8\">{three}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"9\"><w:numStyleLink w:val=\"Mine\"/></w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"10\">{five}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/>\
         <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"8\"/></w:num>\
         <w:num w:numId=\"4\"><w:abstractNumId w:val=\"9\"/></w:num>\
         <w:num w:numId=\"5\"><w:abstractNumId w:val=\"10\"/></w:num></w:numbering>",
        one.concat()
    )
}

const STYLES: &str = "<w:styles>\
    <w:style w:styleId=\"Chapter\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"5\"/></w:numPr></w:pPr></w:style>\
    <w:style w:styleId=\"Part\"><w:name w:val=\"heading 2\"/><w:basedOn w:val=\"Chapter\"/></w:style>\
    <w:style w:styleId=\"Bare\"><w:basedOn w:val=\"Chapter\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr></w:style>\
    <w:style w:styleId=\"Mine\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
    <w:style w:styleId=\"Secret\"><w:rPr><w:vanish/></w:rPr></w:style>\
    <w:style w:styleId=\"Round\"><w:basedOn w:val=\"Round\"/></w:style></w:styles>";

#[test]
fn numbers_stand_where_word_shows_them() {
    let n = numbered;
    let styled = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let cases = [
        // deeper levels begin anew, all levels of one list are decimal where it says so
        (
            [n("1", 0, "甲"), n("1", 1, "乙"), n("1", 1, "丙"), n("1", 2, "丁"), n("1", 0, "戊"), n("1", 1, "己")]
                .concat(),
            "一、甲\n（一）乙\n（二）丙\n1.2.1 丁\n二、戊\n（一）己\n",
        ),
        // a level that never begins anew; levels that were not counted show their first number
        (
            [n("1", 3, "甲"), n("1", 0, "乙"), n("1", 3, "丙"), n("1", 2, "丁")].concat(),
            "① 甲\n一、乙\n② 丙\n1.1.1 丁\n",
        ),
        // a number of the same list goes on, and begins anew once
        (
            [n("1", 0, "甲"), n("2", 0, "乙"), n("2", 0, "丙"), n("1", 0, "丁")].concat(),
            "一、甲\n五、乙\n六、丙\n七、丁\n",
        ),
        // bullets and unknown lists and levels
        ([n("3", 0, "甲"), n("9", 0, "乙"), n("1", 9, "丙"), n("1", 8, "丁")].concat(), "甲\n乙\n丙\n丁\n"),
        // lists of styles
        ([n("4", 0, "甲"), n("1", 0, "乙")].concat(), "一、甲\n二、乙\n"),
        (
            [
                styled("Chapter", "甲"),
                styled("Part", "乙"),
                styled("Bare", "丙"),
                styled("Part", "丁"),
                styled("Round", "戊"),
            ]
            .concat(),
            "第1章 甲\n1.1 乙\n丙\n1.2 丁\n戊\n",
        ),
        // a number without text, in a cell too
        (
            format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", n("1", 0, ""), n("3", 0, "甲")),
            "一、 | 甲\n",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(text(&body, &[("numbering", &numbering()), ("styles", STYLES)]), expected, "{body}");
    }
    let styles =
        RawFile::new("a.docx", file(&styled("Part", "甲"), &[("styles", STYLES), ("numbering", &numbering())]));
    let document = read(&styles, &mut Faults::default()).remove(0).unwrap();
    assert_eq!(document.blocks.unwrap()[0].kind, crate::model::BlockKind::Heading(2));
}

#[test]
fn the_last_version_is_the_text() {
    let cases = [
        (
            "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:ins><w:r><w:t>丙</w:t></w:r></w:ins></w:p>",
            "甲丙\n",
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>乙</w:t></w:r></w:moveTo></w:p>",
            "乙\n",
        ),
        // a deleted end of a paragraph
        (
            "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>",
            "甲乙\n",
        ),
        (
            "<w:p><w:pPr><w:rPr><w:ins w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>",
            "甲\n乙\n",
        ),
        // the number that a paragraph had before
        (
            "<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
            "甲\n",
        ),
        // a deleted row
        (
            "<w:tbl><w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr><w:tc><w:p><w:del><w:r><w:delText>甲</w:delText></w:r></w:del></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:t>乙</w:t></w:r></w:p>",
            "乙\n",
        ),
        // hidden runs, by themselves and by a style
        (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t><w:tab/></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>乙</w:t></w:r></w:p>",
            "乙\n",
        ),
        (
            "<w:p><w:r><w:rPr><w:rStyle w:val=\"Secret\"/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>",
            "乙\n",
        ),
        ("<w:p><w:r><w:rPr><w:webHidden/></w:rPr><w:t>甲</w:t></w:r></w:p>", "甲\n"),
        // readings above characters, stops of tabs
        (
            "<w:p><w:pPr><w:tabs><w:tab w:pos=\"1\"/></w:tabs></w:pPr><w:r><w:ruby><w:rt><w:r><w:t>jiǎ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>甲</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>",
            "甲\n",
        ),
        // a box stands before the paragraph that holds it
        (
            "<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:txbxContent><w:p><w:r><w:t>乙</w:t></w:r></w:p><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:txbxContent></w:r><w:r><w:t>丁</w:t></w:r></w:p>",
            "乙\n丙\n甲丁\n",
        ),
        (
            "<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>丙</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "甲\n乙 | 丙\n",
        ),
    ];
    for (body, expected) in cases {
        assert_eq!(text(body, &[("numbering", &numbering()), ("styles", STYLES)]), expected, "{body}");
    }
}

#[test]
fn cells_that_are_merged_and_notes() {
    let cell = |properties: &str, words: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
    };
    let rows = [
        [cell("<w:vMerge w:val=\"restart\"/>", "会员"), cell("<w:gridSpan w:val=\"2\"/>", "新增")].concat(),
        [cell("<w:vMerge/>", ""), cell("", "3家"), cell("", "4家")].concat(),
    ];
    let note =
        "<w:p><w:r><w:t>共</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>7家</w:t></w:r></w:p>";
    let body = format!("<w:tbl><w:tr>{}</w:tr><w:tr>{}</w:tr></w:tbl>{note}", rows[0], rows[1]);
    let notes = "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
        <w:footnote w:id=\"2\"><w:p><w:r><w:t xml:space=\"preserve\"> 截至年底</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let expected = "会员 | 新增 | \n | 3家 | 4家\n共7家\n截至年底\n";
    assert_eq!(text(&body, &[("footnotes", notes)]), expected);
}

#[test]
fn damage_beside_the_text_costs_the_text_nothing() {
    let body = numbered("1", 0, "甲");
    assert_eq!(text(&body, &[("numbering", "<"), ("styles", "<w:style"), ("footnotes", "")]), "甲\n");
    // a pattern without an end is cut, numbers beyond all bounds stay numbers
    let long = format!(
        "<w:abstractNum w:abstractNumId=\"1\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"4294967295\"/><w:lvlText w:val=\"%1{}\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>",
        "、".repeat(1000)
    );
    let shown = text(&[body.clone(), body].concat(), &[("numbering", &long)]);
    assert!(shown.lines().all(|line| line.starts_with("4294967295、") && line.ends_with("、 甲")), "{shown}");
    assert!(shown.chars().count() < 200, "{shown}");
}
