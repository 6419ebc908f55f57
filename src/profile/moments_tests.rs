use crate::clean::clean;
use crate::extract::date::DateGrammar;
use crate::extract::quantity::QuantityGrammar;
use crate::lexicon::Files;
use crate::model::{Document, Format, Given, SourceText};
use crate::segment::Segmenter;

use super::super::{Evidence, Outline};
use super::*;

/// `2019-01 done` for each number of a report of 2024 that came out in January 2025.
fn moments(sentence: &str, plan: bool) -> String {
    let heading = if plan { "2025年工作计划" } else { "2024年工作回顾" };
    moments_of(&format!("甲省机器人协会2024年工作总结\n\n一、{heading}\n\n{sentence}\n"), "2025-01-10")
}

/// The same for a whole text.
fn moments_of(text: &str, published: &str) -> String {
    let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
    let source = text.to_owned();
    let document = Document {
        pages: Vec::new(),
        key: "a.txt".into(),
        text: source,
        format: Format::Text,
        encoding: "UTF-8",
        sha256: String::new(),
        blocks: None,
        given: Given { published: published.parse().ok(), ..Given::default() },
    };
    let source = SourceText::new(&document.text);
    let (text, _) = clean(&document, &lexicon.variants);
    let tokens = Segmenter::new(&lexicon).segment(&text).tokens;
    let grammar = DateGrammar::new(&lexicon);
    let parsed = grammar.scan(&text);
    let evidence = Evidence {
        document: &document,
        text: &text,
        source: &source,
        organisations: &[],
        definitions: &[],
        dates: &parsed,
    };
    let mut outline = Outline::infer(evidence, &lexicon);
    let dates = grammar.resolve(&text, &parsed, &outline.context());
    let covered: Vec<_> = dates.iter().map(|d| d.span).collect();
    let quantities = QuantityGrammar::new(&lexicon).scan(&text, &tokens, &source, &covered, &[]);
    outline.aspects(&text, &tokens, &dates, &lexicon);
    let aspects = outline.moments(&text, &tokens, &dates, &[], &quantities, &lexicon);
    let told = quantities.iter().zip(aspects).filter(|(q, _)| q.kind != QuantityKind::Ordinal).map(|(q, aspect)| {
        let range = aspect.period.map_or("-".to_owned(), |p| {
            let month = |day: Option<jiff::civil::Date>| {
                day.map_or("?".to_owned(), |d| format!("{:04}-{:02}", d.year(), d.month()))
            };
            match (month(p.from), month(p.to)) {
                (from, to) if from.ends_with("-01") && to.ends_with("-12") && from[..4] == to[..4] => {
                    from[..4].to_owned()
                }
                (from, to) if from == to => from,
                (from, to) => format!("{from}/{to}"),
            }
        });
        let status = match aspect.status {
            Status::Planned => "planned",
            Status::Done => "done",
            Status::None => "none",
        };
        format!("{} {range} {status}", text.slice(q.span))
    });
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn each_number_has_the_time_of_its_clause() {
    let cases = [
        (
            "全年发布标准31项,而2019年只有3项、2021年为12项;新立项58项。",
            "31项 2024 done, 3项 2019 done, 12项 2021 done, 58项 2024 done",
        ),
        ("会员由去年底的318家增至386家。", "318家 2023-12 done, 386家 2024 done"),
        ("四年来,会员由41家增加到86家。", "41家 - done, 86家 2021-01/2024-12 done"),
        ("竞赛自2021年举办以来,院校由39所增加到97所。", "39所 2021-01 done, 97所 2021-01/2024-12 done"),
        ("1989年成立时只有47名会员,如今有612名。", "47名 1989 done, 612名 2024 done"),
        ("比2019年的6项翻了一番。", "6项 2019 done, 翻了一番 2024 done"),
        ("选手比2021年首届竞赛的84名多了一倍。", "84名 2021 done, 一倍 2024 done"),
        ("8月举办培训3期,参加200人;走访企业9家。", "3期 2024-08 done, 200人 2024-08 done, 9家 2024 done"),
        ("计划2025年发布标准20项,比去年的9项多。", "20项 2025 planned, 9项多 2023 done"),
    ];
    for (sentence, expected) in cases {
        assert_eq!(moments(sentence, false), expected, "{sentence}");
    }
}

#[test]
fn deeds_stand_beside_plans() {
    let cases = [
        ("培训10期。", true, "10期 2025 planned"),
        ("去年已培训10期,今年力争培训12期。", true, "10期 2024 done, 12期 2025 planned"),
        ("发布标准9项,拟再发布3项。", false, "9项 2024 done, 3项 2025 planned"),
        ("未来三年培育20家。", false, "20家 2025 planned"),
    ];
    for (sentence, plan, expected) in cases {
        assert_eq!(moments(sentence, plan), expected, "{sentence}");
    }
}

#[test]
fn paragraphs_of_news_keep_the_year_that_they_look_back_on() {
    let news = "甲市机器人协会召开会员大会\n\n6月18日,甲市机器人协会召开会员大会,代表216人到会。\n\n";
    let cases = [
        ("会长说,2020年行业下滑。全年办班11期,受理投诉186件。", "216人 2021-06 done, 11期 2020 done, 186件 2020 done"),
        ("会长说,2020年行业下滑。大会选出理事57名。", "216人 2021-06 done, 57名 2021 none"),
        ("会长说,2020年行业下滑。\n\n选出理事57名。", "216人 2021-06 done, 57名 2021 none"),
    ];
    for (paragraph, expected) in cases {
        assert_eq!(moments_of(&format!("{news}{paragraph}\n"), "2021-06-21"), expected, "{paragraph}");
    }
}

#[test]
fn what_a_notice_announces_lies_ahead() {
    let notice = |title: &str| moments_of(&format!("{title}\n\n评委会由9人组成。\n"), "2024-04-26");
    assert_eq!(notice("关于举办摄影大展征稿的通知"), "9人 2024 planned");
    assert_eq!(notice("关于公布摄影大展结果的通知"), "9人 2024 none");
}

#[test]
fn looks_back_end_at_the_next_heading() {
    let plan = "甲市物流协会2021年工作要点\n\n2020年,协会减免会费62万元。\n\n一、会员\n\n新增会员60家。\n";
    assert_eq!(moments_of(plan, "2021-01-15"), "62万元 2020 done, 60家 2021 planned");
}

#[test]
fn what_is_counted_up_to_the_end_of_the_year_is_done() {
    let summary = "甲省食品协会2019年工作总结\n\n截至12月底,协会共有会员单位628家。\n";
    assert_eq!(moments_of(summary, "2019-12-27"), "628家 2019-12 done");
}
