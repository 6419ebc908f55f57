//! Pages as sites write them.

use super::*;
use crate::model::BlockKind;

fn document(html: &[u8]) -> Document {
    page(&RawFile::new("a.html", html.to_vec())).unwrap()
}

fn text(html: &str) -> String {
    document(html.as_bytes()).text
}

const BODY: &str = "本市智能制造协会全年新增会员八十六家，培训技术人员一千二百人次，发布团体标准九项，举办展会一场，参展企业七百八十家。";

fn saved(content: &str) -> String {
    format!(
        "<html><head><title>协会年度总结_某协会网</title></head><body>\
         <div class='nav'><a href='/'>首页</a> <a href='/x'>会员之窗</a></div>\
         <div class='content'>{content}</div>\
         <div class='footer'>版权所有 某协会 云ICP备12345678号</div></body></html>"
    )
}

#[test]
fn the_main_text_is_kept_and_the_rest_is_not() {
    let content = format!(
        "<h1>协会年度总结</h1><p>来源：某协会 发布时间：2024-01-12 浏览次数：1386</p><p>{BODY}</p><p>{BODY}</p><p>{BODY}</p>"
    );
    let document = document(saved(&content).as_bytes());
    let lines: Vec<&str> = document.text.lines().collect();
    assert_eq!(lines, ["协会年度总结", "来源：某协会 发布时间：2024-01-12", BODY, BODY, BODY]);
    assert_eq!(document.given.title.as_deref(), Some("协会年度总结"));
    assert_eq!(document.format, Format::Html);
}

#[test]
fn tables_are_read_row_by_row() {
    let table = "<table><tr><th rowspan=2>分会</th><th colspan=2>会员</th></tr><tr><td>总数</td><td>新增</td></tr>\
                 <tr><td>机器人</td><td><p>152家</p></td><td>31家</td></tr></table>";
    let document = document(saved(&format!("<p>{BODY}</p>{table}<p>{BODY}</p>")).as_bytes());
    assert!(document.text.contains("分会 | 会员 | \n | 总数 | 新增\n机器人 | 152家 | 31家\n"), "{}", document.text);
    let rows = document.blocks.unwrap().iter().filter(|b| b.kind == BlockKind::TableRow).count();
    assert_eq!(rows, 3);
}

#[test]
fn a_page_laid_out_by_tables_is_text() {
    let inner = format!("<table><tr><td>{}</td></tr></table>", format!("<p>{BODY}</p>").repeat(4));
    let html = format!("<table><tr><td><a href='/'>首页</a></td><td>{inner}</td></tr></table>");
    assert_eq!(text(&html).matches(BODY).count(), 4);
}

#[test]
fn a_short_notice_is_found() {
    assert_eq!(text("<p>明日放假。</p>"), "明日放假。\n");
    assert_eq!(
        text("<html><body>甲<br>乙<ol start=3><li>丙</li><li><p>丁</p></li></ol></body></html>"),
        "甲\n乙\n3. 丙\n4. 丁\n"
    );
}

#[test]
fn the_page_says_its_encoding() {
    for (label, encoding, name) in [
        ("gb2312", encoding_rs::GB18030, "GB18030"),
        ("big5", encoding_rs::BIG5, "Big5"),
        ("utf-8", encoding_rs::UTF_8, "UTF-8"),
    ] {
        let html = format!(
            "<meta http-equiv='Content-Type' content='text/html; charset={label}'><p>本會全年新增會員八十六家。</p>"
        );
        let document = document(&encoding.encode(&html).0);
        assert_eq!((document.encoding, document.text.as_str()), (name, "本會全年新增會員八十六家。\n"));
    }
    // what it says is wrong
    let html = "<meta charset=gbk><p>新增会员八十六家。</p>";
    assert_eq!(document(html.as_bytes()).encoding, "UTF-8");
    // a few bad bytes
    let mut html = encoding_rs::GB18030.encode(&format!("<meta charset=gbk><p>{}</p>", BODY.repeat(9))).0.into_owned();
    let at = html.len() - 60;
    html[at] = 0xff;
    assert_eq!(document(&html).encoding, "GB18030");
}

#[test]
fn meta_elements_tell() {
    let html = format!(
        "<head><meta name=ArticleTitle content='年度总结'><meta name='PubDate' content='2024-01-12 09:30'>\
         <meta name=SiteName content='某协会'></head><body><p>{BODY}</p></body>"
    );
    let document = document(html.as_bytes());
    assert_eq!(document.text.lines().collect::<Vec<_>>(), ["年度总结", "来源：某协会", BODY]);
    assert_eq!(document.given.published.map(|day| day.to_string()).as_deref(), Some("2024-01-12"));
}

#[test]
fn deep_pages_are_rejected_before_anything_recurses() {
    let html = "<div>".repeat(100_000);
    let error = page(&RawFile::new("a.html", html.into_bytes())).unwrap_err();
    assert_eq!(error.reason, Reason::TooDeep);
}

#[test]
fn furniture_is_cut_out_of_lines() {
    let cases = [
        ("来源：某协会 浏览次数：13 【字号：大 中 小】", Some("来源：某协会")),
        ("全年图书阅读推广活动12场。", Some("全年图书阅读推广活动12场。")),
        ("点击：12", None),
        ("上一篇：关于召开会议的通知", None),
        ("云ICP备12345678号", None),
    ];
    for (line, expected) in cases {
        let found = furniture::line(line);
        let found = found.as_deref().map(|line| line.trim_end_matches(" 【】"));
        assert!(
            found == expected || (expected.is_some() && found.is_some_and(|f| f.starts_with(expected.unwrap()))),
            "{line}: {found:?}"
        );
    }
}
