use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::extract::date::DateGrammar;
use crate::extract::organisation::OrganisationFinder;
use crate::extract::quantity::QuantityGrammar;
use crate::lexicon::{Files, Sign};
use crate::model::{DateContext, OrganiserRole, SentenceSpan, SourceText};
use crate::segment::Segmenter;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(&Files::shipped()).unwrap());
static SEGMENTER: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::new(&LEXICON));
static ORGANISATIONS: LazyLock<OrganisationFinder<'static>> = LazyLock::new(|| OrganisationFinder::new(&LEXICON));

/// The text as the cleaner would give it: sentences end at 。 and at line ends.
fn clean(source: &str) -> CleanText {
    let mut text = CleanText::new(source.chars().enumerate().map(|(at, c)| (c, Span::new(at, at + 1))));
    let mut start = 0;
    for (at, c) in source.chars().enumerate() {
        if matches!(c, '。' | '\n') {
            let end = if c == '。' { at + 1 } else { at };
            text.sentences.push(SentenceSpan { span: Span::new(start, end), section: None, heading: false });
            start = at + 1;
        }
    }
    let end = source.chars().count();
    if start < end {
        text.sentences.push(SentenceSpan { span: Span::new(start, end), section: None, heading: false });
    }
    text
}

fn events(source: &str) -> Vec<EventMention<Clean>> {
    let text = clean(source);
    let tokens = SEGMENTER.segment(&text).tokens;
    let places = LEXICON.signs.places(&text, &tokens);
    let organisations = ORGANISATIONS.scan(&text, &tokens, &places).mentions;
    let grammar = DateGrammar::new(&LEXICON);
    let reference = Some("2024-06".parse().unwrap());
    let dates = grammar.resolve(&text, &grammar.scan(&text), &DateContext { reference, ..DateContext::default() });
    let covered: Vec<Span<Clean>> = dates.iter().map(|d| d.span).collect();
    let finder = EventFinder::new(&LEXICON);
    let context =
        EventContext { places: &places, organisations: &organisations, dates: &dates, publisher: Some("甲协会") };
    let scan = finder.look(&text, &tokens, context);
    let spans: Vec<Span<Clean>> = scan.names.iter().map(|n| n.span).collect();
    let quantities = QuantityGrammar::new(&LEXICON).scan(&text, &tokens, &SourceText::new(source), &covered, &spans);
    scan.events(&quantities, source)
}

/// Names found in a text.
fn names(source: &str) -> Vec<String> {
    events(source).into_iter().map(|event| event.name).collect()
}

#[test]
fn names_end_with_a_head_and_begin_where_the_clause_lets_them() {
    let cases: &[(&str, &[&str])] = &[
        // editions and years lead
        ("5月8日,第十二届东海轴承博览会在宁波举行。", &["第十二届东海轴承博览会"]),
        ("我们成功举办了2023东海机器人产业峰会。", &["2023东海机器人产业峰会"]),
        ("拟于9月启动首届东海省焊接技能大赛。", &["首届东海省焊接技能大赛"]),
        ("协会三届二次理事会在宁波召开。", &["三届二次理事会"]),
        ("召开2024年第二批团体标准审查会。", &["2024年第二批团体标准审查会"]),
        ("审议第五届会员代表大会第二次会议的议案", &["第五届会员代表大会第二次会议"]),
        ("会上召开了三届二次会长办公(扩大)会。", &["三届二次会长办公(扩大)会"]),
        // a whole in quotation marks, and marks inside the name
        ("主办“绿色铸造技术论坛”、“第三届铸造年会”。", &["绿色铸造技术论坛", "第三届铸造年会"]),
        ("第三届“金锤杯”锻造技能竞赛落幕。", &["第三届“金锤杯”锻造技能竞赛"]),
        ("举办“匠人进车间”活动12场", &["匠人进车间"]),
        // lists
        (
            "举办第三届铸造年会、第四届锻造年会和第五届焊接论坛。",
            &["第三届铸造年会", "第四届锻造年会", "第五届焊接论坛"],
        ),
        ("举办了刀具、量具知识产权座谈会。", &["刀具、量具知识产权座谈会"]),
        // one name or two around 暨
        ("第二届铸造年会暨绿色制造论坛召开", &["第二届铸造年会暨绿色制造论坛"]),
        ("四届二次会员大会暨四届三次理事会召开", &["四届二次会员大会", "四届三次理事会"]),
        // no edition: what it is about
        ("在宁波召开焊接机器人供需对接会。", &["焊接机器人供需对接会"]),
        ("参观德国工业展览会(HMI 2024)后返回", &["德国工业展览会(HMI 2024)"]),
    ];
    for (text, expected) in cases {
        assert_eq!(names(text), *expected, "{text}");
    }
}

#[test]
fn common_nouns_counts_and_bodies_name_no_event() {
    for text in [
        "本次大会由会长主持。",
        "会议强调,要办好各类活动。",
        "全年举办对接会不少于6场,座谈会3次。",
        "召开了1次理事会、2次常务理事会议。",
        "选举产生第三届理事会理事45名。",
        "举办3场供需对接会、12期培训班。",
        "该展会吸引了观众。",
        "不断推进科技进展,各方面发展会更好。",
        "学习《第三届铸造年会论文集》。",
        "大赛组委会主任、论坛主席到会。",
        "开展技能竞赛活动。",
        "",
    ] {
        assert!(names(text).is_empty(), "{text}: {:?}", names(text));
    }
}

#[test]
fn days_come_from_the_clause_or_the_head_of_the_sentence() {
    let day = |month, day| Some(date(2024, month, day));
    let cases: &[(&str, Option<Date>)] = &[
        ("2024年5月8日,第三届铸造年会在宁波举行。", day(5, 8)),
        ("2024年5月8日至9日,甲协会与乙学会在宁波联合主办第三届铸造年会。", day(5, 8)),
        ("第三届铸造年会于2024年5月8日在宁波举行。", day(5, 8)),
        ("2024年5月8日举行的“第三届铸造年会”吸引了观众。", day(5, 8)),
        ("申办第三届铸造年会,拟于2024年10月在宁波举办。", day(10, 1)),
        ("原定2024年4月举行的第三届铸造年会改期至2024年7月14日在宁波举行。", day(7, 14)),
        ("第三届铸造年会原定于2024年4月8日举办。因故延期。\n年会延至2024年7月举办,展位保留。", day(7, 1)),
        ("第三届铸造年会原定于2024年4月8日举办。报名延至2024年7月。", day(4, 8)),
        ("第三届铸造年会于2024年4月8日举办。年会延至2024年7月举办。", day(4, 8)),
        ("第三届铸造年会在宁波举行\n2024年5月8日,第三届铸造年会在宁波举行。", day(5, 8)),
        ("——在第三届铸造年会上的讲话\n(2024年5月8日)\n各位来宾:", day(5, 8)),
        ("2024年要做的工作:一是规范内部管理;二是办好第三届铸造年会。", day(1, 1)),
        // not its own
        ("第三届铸造年会通过了2025年工作思路。", None),
        ("第三届铸造年会报名须在2024年9月30日前完成。", None),
        ("办好第三届铸造年会。", None),
    ];
    for (text, expected) in cases {
        let found = events(text);
        assert!(!found.is_empty(), "{text}");
        assert_eq!(found[0].from, *expected, "{text}");
    }
}

#[test]
fn place_people_and_organisers_stand_around_the_name() {
    let text = "2024年5月8日,由东海省轴承工业协会主办、东海大学承办的第三届东海轴承博览会在宁波国际会展中心举行,\
                300余名代表参加。";
    let found = events(text);
    let [event] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(event.edition.as_deref(), Some("第三届"));
    assert_eq!(event.series(), "东海轴承博览会");
    assert_eq!(event.place.as_deref(), Some("宁波国际会展中心"));
    assert_eq!(event.attendance, Some(300.into()));
    let organisers: Vec<_> = event.organisers.iter().map(|o| (o.name.as_str(), o.role)).collect();
    assert_eq!(organisers, [("东海省轴承工业协会", OrganiserRole::Host), ("东海大学", OrganiserRole::Undertake)]);
    let own = events("拟于9月举办第三届铸造年会。");
    assert_eq!(own[0].organisers[0].name, "甲协会");
    assert!(events("组团参加第三届铸造年会。")[0].organisers.is_empty());
}

#[test]
fn a_long_text_without_marks_takes_linear_time() {
    let text = "第三届铸造年会与2024".repeat(4000);
    let started = std::time::Instant::now();
    assert!(!events(&text).is_empty());
    assert!(started.elapsed().as_secs() < 60);
}

proptest! {
    #[test]
    fn any_text_gives_spans_in_bounds(
        parts in prop::collection::vec(prop::sample::select(vec![
            "第三届", "2024", "年", "大会", "理事会", "年会", "“", "”", "、", "暨", "与", "(", ")", "(扩大)会", "论坛", "活动",
            "《", "》", "5月8日", "在", "举办", "3场", "的", "铸造", "\n", "。", ",", "协会", "首", "届", "二次", "A", " ",
        ]), 0..40)
    ) {
        let source = parts.concat();
        let length = source.chars().count();
        let found = events(&source);
        for event in &found {
            prop_assert!(event.span.end() <= length && !event.span.is_empty());
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].span.end() <= pair[1].span.start());
        }
    }

    #[test]
    fn any_characters_do_no_harm(source in "\\PC{0,60}") {
        events(&source);
    }
}

/// The finders ask their own questions where a sign is, so that no character of theirs may lack it.
#[test]
fn signs_stand_on_all_characters_that_finders_know() {
    let characters: String = (0..=0xffff).filter_map(char::from_u32).collect();
    let text = clean(&characters);
    let places = LEXICON.signs.places(&text, &[]);
    let borne = |sign: Sign| places.all(sign).filter_map(|at| text.chars().get(at).copied()).collect::<Vec<char>>();
    let closing: Vec<char> = text.chars().iter().filter_map(|c| view::closing_quote(*c)).collect();
    let is_mark = |c: char| view::closing_quote(c).is_some() || closing.contains(&c) || "《》\n".contains(c);
    let is_edition = |c: char| edition::is_digit(c) || matches!(c, '首' | '第');
    let (marks, editions) = (borne(Sign::Mark), borne(Sign::Edition));
    let lacking = |borne: &[char], asked: &dyn Fn(char) -> bool| {
        text.chars().iter().copied().filter(|c| asked(*c) && !borne.contains(c)).collect::<String>()
    };
    assert_eq!((lacking(&marks, &is_mark), lacking(&editions, &is_edition)), (String::new(), String::new()));
    assert!(marks.len() < 20 && editions.len() < 40);
}
