use proptest::prelude::*;

use super::*;
use crate::lexicon::{Files, Lexicon};
use crate::model::{CharIndex, Format, Given, Span};

fn document(text: &str) -> Document {
    Document {
        key: "test".into(),
        text: text.into(),
        format: Format::Text,
        encoding: "UTF-8",
        sha256: String::new(),
        blocks: None,
        pages: Vec::new(),
        given: Given::default(),
    }
}

fn cleaned(text: &str) -> CleanText {
    let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
    clean(&document(text), &lexicon.variants).0
}

#[test]
fn texts_are_repaired() {
    let cases = [
        ("機(jī)器人協(xié)會(huì)機(jī)械學(xué)會(huì)", "机器人协会机械学会\n"),
        ("共 ３００ 余名（⼈）", "共300余名(人)\n"),
        ("首页 | 概况 | 交流 | 会员\n正文。\n图1.jpg\n结尾。", "正文。\n结尾。\n"),
        ("3/5", "3/5\n"),
        ("正文。\n3/5\n结尾。", "正文。\n结尾。\n"),
        ("一行。\r\n二行。\r三行。", "一行。\n二行。\n三行。\n"),
        ("", ""),
        (" \n\u{feff}\n", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(cleaned(text).text(), expected, "{text:?}");
    }
}

/// Set text: lines of about thirty characters, with page numbers and running heads between.
#[test]
fn broken_lines_are_joined() {
    let page = "省协会工作简报                  第3期";
    let text = format!(
        "一、总体情况\n三季度，协会克服困难影响，统筹推进标准制定、标准服务和自身建设，开\n展各项工作。截至 9月 30日，共有会员单位\
         二百八十家，本季度新发展会\n员十一家，注销三家。批准发布温度监测要求等团体标准七项，前三季度\n累计发布十五项，已经超过\
         去年全年的十二项；新立项十三项，其中的数\n字孪生、工业互联网方向五项，论坛由市里指导，因试验数据不足\n\n- 1 -\n\n{page}\n\n\
         暂缓报批。八月起试行标准编制云平台。\n二、其他\n\n- 2 -\n\n{page}\n完。"
    );
    let clean = cleaned(&text);
    let paragraphs: Vec<&str> = clean.text().lines().collect();
    assert_eq!(paragraphs.len(), 4, "{paragraphs:#?}");
    assert!(
        paragraphs[1].contains("新发展会员十一家")
            && paragraphs[1].ends_with("试验数据不足暂缓报批。八月起试行标准编制云平台。")
    );
    assert_eq!((paragraphs[0], paragraphs[2], paragraphs[3]), ("一、总体情况", "二、其他", "完。"));
}

#[test]
fn one_wide_line_is_no_column() {
    let byline = "发布时间:2019-03-23 17:42  来源:甲市家具协会  浏览次数:1836  字号:大中小  分享到:微信 微博";
    let set = "本届展会由甲市家具协会主办并得到各界支持,共有来自十四个国家的参\n展商到会参展,其中来自境外的展商五十八家,四天共接待了各地来的观\n众八万九千人次,境外来的采购商一千一百余名,同比分别有了不小的增\n长,现场意向成交额十五亿元,展会同期又举办了设计论坛等各种配套活\n动十九场,参加的听众近三千人,家具设计大赛共收到了各地寄来的作品\n五百余件,评出金奖一名。";
    let text = cleaned(&format!("{byline}\n{set}\n"));
    let twice = "关于举办第三届甲市家具设计大赛征集各类参赛作品的通知";
    let text_twice = cleaned(&format!("{twice}\n{twice}\n{set}\n"));
    assert!(text_twice.text().contains(&format!("{twice}\n{twice}")), "{}", text_twice.text());
    assert!(text.text().contains("参展商到会") && text.text().contains("作品五百余件"), "{}", text.text());
}

#[test]
fn lines_of_a_list_are_not_joined() {
    let text =
        "起草单位：甲食品股份有限公司、乙信息技术有限公司、丙师范大学\n起草人：王一、李二\n大会主题词\n开幕式上的讲话";
    assert_eq!(cleaned(text).text().lines().count(), 4);
}

#[test]
fn sections_form_a_tree() {
    let clean =
        cleaned("总结\n第一部分 回顾\n一、党建\n（一）学习\n学了。\n二、标准\n1.立项。做了。\n第二部分 计划\n要做。");
    let path = |at: usize| {
        let mut names = Vec::new();
        let mut section = clean.sentences[at].section;
        while let Some(s) = section {
            names.push(clean.slice(clean.sections[s as usize].heading));
            section = clean.sections[s as usize].parent;
        }
        names.reverse();
        names.join("/")
    };
    let last = clean.sentences.len() - 1;
    assert_eq!(path(0), "");
    assert_eq!(path(4), "第一部分 回顾/一、党建/(一)学习");
    assert_eq!(path(last), "第二部分 计划");
    assert_eq!(path(last - 2), "第一部分 回顾/二、标准");
}

proptest! {
    /// Every clean character leads back to a run of the source, in order; every span slices the source.
    #[test]
    fn spans_map_back(text in "(\\PC|[ \n\r\t（）(),。、0-9a-z年月協會機（jīūǔ）—-]){0,300}") {
        let clean = cleaned(&text);
        let index = CharIndex::new(&text);
        let mut last = 0;
        for at in 0..clean.chars().len() {
            let run = clean.to_source(Span::new(at, at + 1));
            prop_assert!(run.start() >= last && run.end() > run.start() && run.end() <= index.chars() + 1);
            last = run.end();
            if clean.chars()[at] != '\n' {
                prop_assert!(run.end() <= index.chars());
                prop_assert!(!index.slice(&text, run).is_empty());
            }
        }
        for sentence in &clean.sentences {
            let run = clean.to_source(sentence.span);
            prop_assert!(!run.is_empty() && run.end() <= index.chars());
        }
    }
}
