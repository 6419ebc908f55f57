//! Phenomena of real reports, read from the source to the facts: every stage has its part in them.
//!
//! Each table holds what must be found and, beside it, what looks alike and must not be.

use std::sync::LazyLock;

use wenmai::lexicon::{Files, Lexicon};
use wenmai::model::{Document, Facts, Format, Given, Status};
use wenmai::pipeline::Reader;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(&Files::shipped()).expect("a lexicon"));
static READER: LazyLock<Reader<'static>> = LazyLock::new(|| Reader::new(&LEXICON));

/// Reads a report of the last day of 2024.
fn read(text: &str) -> Facts {
    read_given(text, Given { published: "2024-12-31".parse().ok(), ..Given::default() })
}

fn read_given(text: &str, given: Given) -> Facts {
    read_named("report.txt", text, given)
}

fn read_named(key: &str, text: &str, given: Given) -> Facts {
    READER.read(Document {
        key: key.into(),
        text: text.to_owned(),
        format: Format::Text,
        encoding: "UTF-8",
        sha256: String::new(),
        blocks: None,
        pages: Vec::new(),
        given,
    })
}

/// First and last day of the period under review.
fn period(facts: &Facts) -> String {
    let period = facts.document.profile.period.expect("a period");
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    format!("{}..{}", day(period.from), day(period.to))
}

/// What stands between two places of the text, blanks left out.
fn written(text: &str, start: usize, end: usize) -> String {
    text.chars().skip(start).take(end - start).filter(|c| !c.is_whitespace()).collect()
}

/// `span:min..max`, one a quantity; ordinals with `#` before and numbers inside names in brackets.
fn quantities(text: &str) -> String {
    let bound = |bound: Option<rust_decimal::Decimal>| bound.map(|b| b.round_dp(4).to_string()).unwrap_or_default();
    let facts = read(text);
    let told = facts.quantities.iter().map(|deed| {
        let q = &deed.quantity;
        let span = written(text, q.span.start(), q.span.end());
        let mark = if q.kind.as_str() == "ordinal" { "#" } else { "" };
        let told = format!("{mark}{span}:{}..{}", bound(q.min), bound(q.max));
        if q.in_name { format!("({told})") } else { told }
    });
    told.collect::<Vec<_>>().join(" ")
}

/// `span:from..to`, or the duration; one a date. The year 2024 is left out of days.
fn dates(text: &str) -> String {
    let facts = read(text);
    let told = facts.dates.iter().map(|d| {
        let span = written(text, d.span.start(), d.span.end());
        let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string().replace("2024-", "")).unwrap_or_default();
        match &d.duration {
            Some(duration) => format!("{span}:{duration}"),
            None => format!("{span}:{}..{}", day(d.from), day(d.to)),
        }
    });
    told.collect::<Vec<_>>().join(" ")
}

fn table(read: fn(&str) -> String, cases: &[(&str, &str)]) {
    let wrong = cases.iter().filter_map(|(text, expected)| {
        let found = read(text);
        (found != *expected).then(|| format!("{text}\n  found    {found}\n  expected {expected}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_with_their_bounds() {
    table(
        quantities,
        &[
            ("会员86家,300余名代表。", "86家:86..86 300余名:301.."),
            ("40多人,3400余名,14 万人次。", "40多人:41.. 3400余名:3401.. 14万人次:140000..140000"),
            ("近千家企业,十余家企业,两百余名。", "近千家:..999 十余家:11.. 两百余名:201.."),
            (
                "三十几万元,1,260家,36.57亿元。",
                "三十几万元:300000.. 1,260家:1260..1260 36.57亿元:3657000000..3657000000",
            ),
            ("80%以上,近五成,八成以上,不足八成。", "80%以上:80.. 近五成:..50 八成以上:80.. 不足八成:..80"),
            ("三分之二以上,回升2个多百分点,翻一番。", "三分之二以上:0.6667.. 2个多百分点:2.. 翻一番:2..2"),
            ("不少于3期,超过1000家,突破1万人。", "不少于3期:3.. 超过1000家:1001.. 突破1万人:10001.."),
            ("至少5家,最多8家,约20家,20家左右。", "至少5家:5.. 最多8家:..8 约20家:.. 20家左右:.."),
            ("3-5家,30～50人,两三个项目。", "3-5家:3..5 30～50人:30..50 两三个:2..3"),
            ("上百家企业,数十家企业。", "上百家:100.. 数十家:11.."),
            ("分别回落0.7个和收窄0.6个百分点。", "0.7个:0.7..0.7 0.6个百分点:0.6..0.6"),
            ("营业收入、利润分别增长3%、5%。", "3%:3..3 5%:5..5"),
            ("解决70余问题。", "70余:71.."),
        ],
    );
}

#[test]
fn points_told_with_those_behind_are_per_cent() {
    for (text, kind) in [("回落0.7个和收窄0.6个百分点", "percent"), ("建成7个和在建6个,升0.6个百分点", "cardinal")]
    {
        assert_eq!(read(text).quantities[0].quantity.kind.as_str(), kind, "{text}");
    }
}

#[test]
fn terms_sessions_and_numbers_in_names() {
    table(
        quantities,
        &[
            ("第十四届轴承论坛召开。", "(#第十四届:14..14)"),
            ("召开二届二次理事会。", "(#二届:2..2) (#二次:2..2)"),
            ("五届一次会员大会召开。", "(#五届:5..5) (#一次:1..1)"),
            ("共召开一次会议,二次开发。", ""),
            ("六届六次理事会,首届大会。", "(#六届:6..6) (#六次:6..6) (#首届:1..1)"),
            ("第卅屆年會。", "(#第卅屆:30..30)"),
            ("学习《100条措施》,学习100条措施。", "(100条:100..100) 100条:100..100"),
            ("“1+X”证书,5A级社会组织,工业4.0,三重一大。", ""),
        ],
    );
}

#[test]
fn what_is_no_number() {
    for text in [
        "一体化、统一、一起、一致、一些。",
        "一是发展会员。",
        "1. 发展会员",
        "(二)发展会员",
        "民函〔2022〕19号文件。",
        "T/XX 012-2023标准。",
        "请到301室。",
        "软件2.1.3版发布。",
        "见http://a.com/2023/12/25.html。",
        "电话:010-62345678。",
        "1_副本.jpg",
        "企业会员家,XX年成立。",
    ] {
        assert_eq!(quantities(text), "", "{text}");
    }
}

#[test]
fn dates_and_ranges() {
    table(
        dates,
        &[
            ("12月25-26日在北京。", "12月25-26日:12-25..12-26"),
            ("12月5日,28~29日。", "12月5日:12-05..12-05 28~29日:12-28..12-29"),
            ("9月16至17日。", "9月16至17日:09-16..09-17"),
            ("2022 年 8 月 26-27 日。", "2022年8月26-27日:2022-08-26..2022-08-27"),
            ("2021 年 1-3 月,1 ~ 10 月。", "2021年1-3月:2021-01-01..2021-03-31 1~10月:01-01..10-31"),
            ("2018.04.13,2018-04-13。", "2018.04.13:2018-04-13..2018-04-13 2018-04-13:2018-04-13..2018-04-13"),
            ("二〇二二年,二零二二年。", "二〇二二年:2022-01-01..2022-12-31 二零二二年:2022-01-01..2022-12-31"),
            ("民國114年,今(114)年。", "民國114年:2025-01-01..2025-12-31 今(114)年:2025-01-01..2025-12-31"),
            ("22年,会员增加。", "22年:2022-01-01..2022-12-31"),
            ("全年,去年,明年。", "全年:01-01..12-31 去年:2023-01-01..2023-12-31 明年:2025-01-01..2025-12-31"),
            ("本年度,上半年,三季度。", "本年度:01-01..12-31 上半年:01-01..06-30 三季度:07-01..09-30"),
            ("10月上旬,11月中旬,月底。", "10月上旬:10-01..10-10 11月中旬:11-11..11-20 月底:11-30..11-30"),
            ("年初,年底。", "年初:01-01..01-31 年底:12-01..12-31"),
            ("昨天(9月6日),次日。", "昨天:09-06..09-06 9月6日:09-06..09-06 次日:09-07..09-07"),
            ("三季度,比上年同期。", "三季度:07-01..09-30 上年同期:2023-07-01..2023-09-30"),
            ("自2021年7月开始,2021年4月份以来。", "2021年7月开始:2021-07-01.. 2021年4月份以来:2021-04-01.."),
            ("2022年4月后,截止到11月30日。", "2022年4月后:2022-04-01.. 截止到11月30日:..11-30"),
            ("截至2022年底。", "截至2022年底:..2022-12-31"),
            ("“十四五”期间,“十四五”末。", "十四五:2021-01-01..2025-12-31 “十四五”末:2025-12-31..2025-12-31"),
            ("35周年,近半年,未来三年,三年。", "35周年:P35Y 近半年:P6M 未来三年:P3Y 三年:P3Y"),
            ("每年,一年一度。", "每年:P1Y 一年一度:P1Y"),
            ("近年来,目前,近期,未来。", ""),
            ("1.2 主要工作,2000余名代表,三点建议,三分之一,19号,2022923日。", ""),
        ],
    );
}

#[test]
fn a_bare_day_takes_the_year_of_its_part_of_the_paper() {
    let text =
        "轴承协会2023年工作总结\n\n一、2023年工作\n12月25日,召开理事会。\n\n二、2024年工作计划\n3月,举办培训。\n";
    let given = Given { published: "2024-01-10".parse().ok(), ..Given::default() };
    let facts = READER.read(Document {
        key: "report.txt".into(),
        text: text.to_owned(),
        format: Format::Text,
        encoding: "UTF-8",
        sha256: String::new(),
        blocks: None,
        pages: Vec::new(),
        given,
    });
    let from = |wanted: &str| {
        let found = facts.dates.iter().find(|d| written(text, d.span.start(), d.span.end()) == wanted);
        found.and_then(|d| d.from).map(|day| day.to_string())
    };
    assert_eq!(from("12月25日").as_deref(), Some("2023-12-25"));
    assert_eq!(from("3月").as_deref(), Some("2024-03-01"));
}

#[test]
fn numbers_and_dates_in_spoilt_text() {
    table(
        quantities,
        &[
            ("共 300 余名,标准８项,会员２６家。", "300余名:301.. ８项:8..8 ２６家:26..26"),
            ("会员2 6家,共1 200余名,列2 6 8。", "26家:26..26 1200余名:1201.."),
            ("會(huì)員(yuán)30家(jiā)。", "30家(jiā):30..30"),
            ("新增会员\u{200b}3\u{200b}0家。", "3\u{200b}0家:30..30"),
            ("獲獎20餘項,樑先生3人。", "20餘項:21.. 3人:3..3"),
            ("机器⼈⼀百台。", "⼀百台:100..100"),
        ],
    );
    table(
        dates,
        &[
            ("2022 年 10 月 16 日。", "2022年10月16日:2022-10-16..2022-10-16"),
            ("2 0 2 3年,共2 0 2 3家。", "2023年:2023-01-01..2023-12-31"),
            ("自2 0 2 3年起。", "2023年起:2023-01-01.."),
            ("２０２３年１月。", "２０２３年１月:2023-01-01..2023-01-31"),
        ],
    );
    let wrapped =
        "协会围绕行业发展需要开展了一系列工作,全年走访企业三十家,并于2022\n年12月25日召开了理事会\n".repeat(6);
    let found = dates(&wrapped);
    assert!(found.contains("2022年12月25日:2022-12-25..2022-12-25"), "{found}");
}

#[test]
fn what_was_done_and_what_is_planned() {
    for (text, status) in [
        ("召开了理事会3次。", Status::Done),
        ("完成诊断3家。", Status::Done),
        ("全年共培训3期。", Status::Done),
        ("截至12月会员3家。", Status::Done),
        ("将举办培训3期。", Status::Planned),
        ("计划举办培训3期。", Status::Planned),
        ("拟举办培训3期。", Status::Planned),
        ("力争举办培训3期。", Status::Planned),
        ("举办培训不少于3期。", Status::Planned),
        ("原计划的3场培训取消。", Status::None),
        ("落实发展规划》3项。", Status::None),
        ("培训3期。", Status::None),
    ] {
        let facts = read(text);
        assert_eq!(facts.sentences[0].aspect.status, status, "{text}");
    }
    let text = "轴承协会2024年工作总结\n\n一、2024年工作\n培训3期。\n\n二、2025年工作要点\n培训5期。\n";
    let facts = read(text);
    let told = |wanted: &str| {
        let sentence = |s: &&wenmai::model::Sentence| written(text, s.span.start(), s.span.end()).starts_with(wanted);
        facts.sentences.iter().find(sentence).map(|s| s.aspect.status)
    };
    assert_eq!(told("培训5期"), Some(Status::Planned));
    assert_ne!(told("培训3期"), Some(Status::Planned));
}

#[test]
fn events_with_edition_day_place_roles_and_attendance() {
    let text = "2024年5月8日,由东海省轴承工业协会主办、东海大学承办、南岭学会协办的第三届东海轴承博览会在宁波国际会展中心举行,300余名代表参加。";
    let facts = read(text);
    let [event] = facts.events.as_slice() else { panic!("{:?}", facts.events) };
    assert_eq!((event.name.as_str(), event.edition.as_deref()), ("第三届东海轴承博览会", Some("第三届")));
    assert_eq!(event.from.map(|day| day.to_string()).as_deref(), Some("2024-05-08"));
    assert_eq!(event.place.as_deref(), Some("宁波国际会展中心"));
    assert_eq!(event.attendance, Some(300.into()));
    assert_eq!(event.organisers.len(), 3);
    for text in ["举办了培训班12期。", "大会由会长主持。"] {
        assert!(read(text).events.is_empty(), "{text}");
    }
}

#[test]
fn meetings_early_in_a_year_review_the_year_whose_report_they_hear() {
    let cases = [
        ("2024年1月20日,会议在甲市召开。会议听取了2023年度工作报告。", "2023-01-01..2023-12-31"),
        ("2024年1月20日,会议在甲市召开。会议讨论了2024年工作要点。", "2024-01-20..2024-01-20"),
        ("2024年1月20日,会议在甲市召开。会议听取了2022年度工作报告。", "2024-01-20..2024-01-20"),
        ("2024年9月20日,会议在甲市召开。会议听取了2023年度工作报告。", "2024-09-20..2024-09-20"),
    ];
    for (told, expected) in cases {
        let facts = read_given(&format!("甲省机器人协会三届二次理事会召开\n\n{told}\n"), Given::default());
        assert_eq!(period(&facts), expected, "{told}");
    }
}

#[test]
fn news_without_a_year_take_that_of_their_file() {
    let news = "甲市技能竞赛闭幕\n\n9月17日,竞赛在甲市闭幕。竞赛自9月15日开赛,比2021年首届多20人。\n";
    let cases = [
        ("news/甲市-2023-竞赛.txt", news, "2023-09-15..2023-09-17"),
        ("news/竞赛.txt", news, "2022-09-15..2022-09-17"),
        ("news/2019-竞赛.txt", "甲市技能竞赛闭幕\n\n2023年9月17日,竞赛在甲市闭幕。\n", "2023-09-17..2023-09-17"),
        (
            "a.txt",
            "甲市技能竞赛闭幕\n\n2023年9月17日,竞赛闭幕。展会9月15日开幕的消息不实。\n",
            "2023-09-17..2023-09-17",
        ),
        ("a.txt", "甲市技能竞赛闭幕\n\n2023年9月17日,竞赛闭幕。首届6月15日开幕。\n", "2023-09-17..2023-09-17"),
    ];
    for (name, text, expected) in cases {
        assert_eq!(period(&read_named(name, text, Given::default())), expected, "{name} {text}");
    }
}

#[test]
fn notices_and_speeches_cover_what_they_are_on() {
    let cases = [
        ("在会员大会上的讲话", "今年新增会员12家。", "2024-12-06", "2024-01-01..2024-12-06"),
        ("在会员大会上的讲话", "今年新增会员12家。", "2024-12-20", "2024-01-01..2024-12-31"),
        (
            "关于公布第三届铸造技能竞赛结果的通知",
            "第三届铸造技能竞赛于10月20日至22日举办。",
            "2024-11-06",
            "2024-10-20..2024-10-22",
        ),
        (
            "关于举办第三届铸造技能竞赛的通知",
            "第三届铸造技能竞赛定于10月20日至22日举办。",
            "2024-08-06",
            "2024-08-06..2024-10-22",
        ),
        (
            "关于举办第三届铸造博览会的通知",
            "第三届铸造博览会原定于10月20日举办,展会延至2025年5月。",
            "2024-08-06",
            "2024-08-06..2025-05-31",
        ),
        ("关于缴纳2024年度会费的通知", "请于3月31日前缴纳。", "2024-01-15", "2024-01-15..2024-12-31"),
        ("关于表彰2023年度先进单位的通知", "现予表彰。", "2024-01-15", "2023-01-01..2023-12-31"),
        ("关于发布团体标准的公告", "现予发布。第二届铸造论坛定于9月20日举办。", "2024-08-06", "2024-08-06..2024-09-20"),
        ("关于发布团体标准的公告", "现予发布。第二届铸造论坛已于3月20日举办。", "2024-08-06", "2024-01-01..2024-08-06"),
    ];
    for (title, told, published, expected) in cases {
        let given = Given { published: published.parse().ok(), ..Given::default() };
        let facts = read_given(&format!("{title}\n\n{told}\n"), given);
        assert_eq!(period(&facts), expected, "{title} {told}");
    }
}

#[test]
fn nothing_is_known_to_be_ahead_of_a_notice_without_a_date() {
    let told = "关于发布团体标准的公告\n\n现予发布。第二届铸造论坛于2024年3月20日举办。\n";
    assert_eq!(period(&read_given(told, Given::default())), "2024-01-01..2024-12-31");
    let dated = Given { published: "2024-01-06".parse().ok(), ..Given::default() };
    assert_eq!(period(&read_given(told, dated)), "2024-01-06..2024-03-20");
}
