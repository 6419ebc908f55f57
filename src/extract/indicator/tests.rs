use jiff::civil::date;
use proptest::prelude::*;

use crate::clean::clean;
use crate::extract::date::DateGrammar;
use crate::extract::quantity::QuantityGrammar;
use crate::lexicon::Files;
use crate::model::{Document, Format, Given, SourceText};
use crate::segment::Segmenter;

use super::*;

fn lexicon() -> &'static Lexicon {
    static LEXICON: std::sync::OnceLock<Lexicon> = std::sync::OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::compile(&Files::shipped()).unwrap())
}

/// Figures of a text about 2024, every number done unless `planned`.
fn figures(text: &str, status: Status) -> Vec<(IndicatorMention<Clean>, String)> {
    let lexicon = lexicon();
    let document = Document {
        pages: Vec::new(),
        key: "a.txt".into(),
        text: text.to_owned(),
        format: Format::Text,
        encoding: "UTF-8",
        sha256: String::new(),
        blocks: None,
        given: Given::default(),
    };
    let source = SourceText::new(&document.text);
    let (text, _) = clean(&document, &lexicon.variants);
    let grammar = DateGrammar::new(lexicon);
    let context = crate::model::DateContext { reference: "2024".parse().ok(), ..Default::default() };
    let dates = grammar.resolve(&text, &grammar.scan(&text), &context);
    let covered: Vec<_> = dates.iter().map(|d| d.span).collect();
    static SEGMENTER: std::sync::OnceLock<Segmenter> = std::sync::OnceLock::new();
    let tokens = SEGMENTER.get_or_init(|| Segmenter::new(lexicon)).segment(&text).tokens;
    let quantities = QuantityGrammar::new(lexicon).scan(&text, &tokens, &source, &covered, &[]);
    let told = Aspect { period: DateRange::year(2024), status };
    let moments = vec![told; quantities.len()];
    let aspects = vec![told; text.sentences.len()];
    let sources = IndicatorSources {
        text: &text,
        source: &document.text,
        title: None,
        dates: &dates,
        quantities: &quantities,
        moments: &moments,
        aspects: &aspects,
    };
    let found = IndicatorFinder::new(lexicon).find(sources, |_, _| Some(Doer::Publisher));
    let slice = |m: &IndicatorMention<Clean>| text.slice(m.span).to_owned();
    found.into_iter().map(|m| (m.clone(), slice(&m))).collect()
}

fn told(text: &str) -> String {
    let found = figures(text, Status::Done);
    let show = |(m, _): &(IndicatorMention<Clean>, String)| {
        let number = m.value.or(m.min).unwrap_or_default().normalize();
        format!("{} {number}{}", lexicon().indicators.indicators()[m.indicator as usize].id, m.unit.within(text))
    };
    found.iter().map(show).collect::<Vec<_>>().join(", ")
}

#[test]
fn numbers_are_figures_of_indicators() {
    let cases = [
        ("全年发展会员单位86家。", "members_added 86家"),
        ("截至年底,会员总数212家。", "members 212家"),
        ("全年召开理事会1次、常务理事会2次。", "council_meetings 1次, standing_council_meetings 2次"),
        (
            "立项团体标准14项、发布5项,累计发布12项。",
            "standards_initiated 14项, standards_published 5项, standards_published_total 12项",
        ),
        ("开展了16项科技成果评价。", "technology_evaluations 16项"),
        ("举办培训班9期,培训620余人次。", "trainings 9期, trainees 620人次"),
        (
            "1480家企业参展,展出面积12.6万平方米,观众16.8万人次。",
            "exhibitors 1480家, exhibition_area 126000平方米, exhibition_visitors 168000人次",
        ),
        ("86支代表队、258名选手进入总决赛。", "contest_teams 86支, contestants 258名"),
        ("组织6个出访团组赴德国考察。", "delegations 6个"),
        ("全年总收入386.4万元,会费收入96.4万元。", "income 3864000元, membership_fees 964000元"),
        ("会费收缴率92%。", "membership_fee_rate 92%"),
        ("举办供需对接会5场。", "matchmaking_events 5场"),
        // the same thing of another time
        ("大赛收到367支队伍报名,而2020年只有41支。", "contest_teams 367支, contest_teams 41支"),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_figure_stays_out() {
    let cases = [
        ("第三届理事会召开。", ""),
        ("原定4场宣贯会未举办。", ""),
        ("提三点建议。", ""),
        ("会员总数比2019年增加89家。", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn a_denial_is_a_zero() {
    let found = figures("全年没有举办培训班。", Status::Done);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(lexicon().indicators.indicators()[found[0].0.indicator as usize].id, "trainings");
    assert_eq!(found[0].0.value, Some(Decimal::ZERO));
    for text in ["8月没有举办培训班。", "全年没有新的进展。"] {
        assert_eq!(told(text), "", "{text}");
    }
    assert!(figures("全年没有举办培训班。", Status::Planned).is_empty());
}

#[test]
fn cells_are_told_by_their_row_and_column() {
    let found =
        figures("|指标|2021年|2022年|2025年计划|\n|发布标准(项)|5|4|20|\n|会员总数|719家|786家|850家|\n", Status::Done);
    let show: Vec<_> = found
        .iter()
        .map(|(m, _)| {
            (
                lexicon().indicators.indicators()[m.indicator as usize].id.as_str(),
                m.value.unwrap().to_string(),
                m.period.from.unwrap().year(),
                m.planned,
            )
        })
        .collect();
    let expected = [
        ("standards_published", "5", 2021, false),
        ("standards_published", "4", 2022, false),
        ("standards_published", "20", 2025, true),
        ("members", "719", 2021, false),
        ("members", "786", 2022, false),
        ("members", "850", 2025, true),
    ];
    let expected: Vec<_> =
        expected.into_iter().map(|(id, value, year, planned)| (id, value.to_owned(), year, planned)).collect();
    assert_eq!(show, expected);
}

#[test]
fn sums_over_several_years_belong_to_none() {
    let long = DateRange::closed(date(2021, 1, 1), date(2024, 12, 31));
    assert_eq!(settled(long, false), None);
    assert_eq!(settled(long, true), Some(DateRange::closed(date(2024, 12, 31), date(2024, 12, 31))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_is_read(text in "([会员培训标准没有举办全年2024年0-9项家次场期,。;|\t\n、()比由的增至其中]|\\PC){0,120}") {
        for (figure, _) in figures(&text, Status::None) {
            prop_assert!(figure.period.from <= figure.period.to);
        }
    }
}

#[test]
fn what_is_left_is_told_by_its_unit() {
    let cases = [
        ("为642家企业免费体检。", "other_organisations 642家"),
        // a part is told apart from the whole
        ("立项标准44项,其中快速立项5项。", "standards_initiated 44项, other_results 5项"),
        ("采风14次,其中境外2次。", "other_activities 14次, other_activities 2次"),
        ("协会向灾区拨付36.5万元。", "other_amounts 365000元"),
        // the trade, and what each gets
        ("全市现有门店642家,店员9000人。", ""),
        ("金奖作品各奖20000元。", ""),
        // how a text counts up what it says
        ("汇报了6个方面的情况。", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn cells_take_their_unit_from_the_head_or_leave_it_out() {
    let table = "项目    支出(万元)    受益(人)\n朝阳助学    863    2315\n慈善助医    1547    4902\n";
    assert_eq!(
        told(table),
        "other_amounts 8630000元, other_participants 2315人, other_amounts 15470000元, other_participants 4902人"
    );
    assert_eq!(
        told("项目    数量\n个人会员    46\n党员    19\n分支机构    4\n"),
        "individual_members 46名, other_participants 19人, branches 4个"
    );
}
