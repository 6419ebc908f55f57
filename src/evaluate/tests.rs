//! Small pairs of annotation and prediction, and what they score; agreement with the scorer of the annotations.

mod reference;

use std::fs;

use serde_json::{Value, json};

use super::*;

/// An annotation with the given lists and the others empty.
fn gold(lists: Value) -> Gold {
    let mut whole = json!({"organisation_mentions": [], "persons": [], "dates": [], "quantities": [], "events": []});
    whole.as_object_mut().unwrap().extend(lists.as_object().unwrap().clone());
    Gold::parse("a", &whole.to_string()).unwrap()
}

fn prediction(lists: Value) -> Prediction {
    let mut whole = json!({"id": "corpus/a.txt", "status": "ok"});
    whole.as_object_mut().unwrap().extend(lists.as_object().unwrap().clone());
    read_predictions(whole.to_string().as_bytes()).unwrap().remove(0)
}

fn scored(annotated: Value, predicted: Value) -> Report {
    score(&[gold(annotated)], &[prediction(predicted)])
}

/// Scores rows `{"start", "end", …}` of one kind and checks what the figures are made of:
/// gold, predicted, strict, right, loose gold, loose predicted.
fn check(kind: Kind, cases: Vec<(&str, Value, Value, [usize; 6])>) {
    for (what, annotated, predicted, expected) in cases {
        let list = if kind == Kind::Organisations { "organisation_mentions" } else { kind.as_str() };
        let counts = scored(json!({list: annotated}), json!({kind.as_str(): predicted})).kind(kind);
        let Counts { gold, predicted, strict, right, loose_gold, loose_predicted } = counts;
        assert_eq!([gold, predicted, strict, right, loose_gold, loose_predicted], expected, "{what}");
    }
}

fn date(start: u32, end: u32, from: &str) -> Value {
    json!({"start": start, "end": end, "text": "", "kind": "date", "from": from, "to": from})
}

fn with(mut row: Value, key: &str, value: impl Into<Value>) -> Value {
    row[key] = value.into();
    row
}

#[test]
fn spans_and_days_are_compared() {
    let day = || date(10, 16, "2024-12-25");
    let optional = || with(day(), "optional", true);
    let set = || json!({"start": 10, "end": 16, "kind": "set"});
    let duration = |text: &str| json!({"start": 10, "end": 16, "kind": "duration", "duration": text});
    check(
        Kind::Dates,
        vec![
            ("same", json!([day()]), json!([day()]), [1, 1, 1, 1, 1, 1]),
            ("another day", json!([day()]), json!([date(10, 16, "2023-12-25")]), [1, 1, 1, 0, 1, 1]),
            ("half of the span", json!([day()]), json!([date(10, 13, "2024-12-25")]), [1, 1, 0, 0, 1, 1]),
            ("less than half", json!([day()]), json!([date(10, 12, "2024-12-25")]), [1, 1, 0, 0, 0, 0]),
            ("missed", json!([day()]), json!([]), [1, 0, 0, 0, 0, 0]),
            ("spurious", json!([]), json!([day()]), [0, 1, 0, 0, 0, 0]),
            ("optional and found", json!([optional()]), json!([day()]), [0, 0, 0, 0, 0, 0]),
            ("optional and missed", json!([optional()]), json!([]), [0, 0, 0, 0, 0, 0]),
            ("touches an optional", json!([optional()]), json!([date(15, 30, "2024-12-25")]), [0, 0, 0, 0, 0, 0]),
            ("beside an optional", json!([optional()]), json!([date(16, 30, "2024-12-25")]), [0, 1, 0, 0, 0, 0]),
            (
                "required beside optional",
                json!([day(), with(date(10, 12, "2024-12-01"), "optional", true)]),
                json!([day(), date(11, 12, "")]),
                [1, 1, 1, 1, 1, 1],
            ),
            ("two readings, one right", json!([day()]), json!([date(10, 16, "2023"), day()]), [1, 1, 1, 1, 1, 1]),
            ("a set is a set", json!([set()]), json!([with(set(), "from", "2024-01-01")]), [1, 1, 1, 1, 1, 1]),
            ("a set is no day", json!([set()]), json!([day()]), [1, 1, 1, 0, 1, 1]),
            ("same duration", json!([duration("P3Y")]), json!([duration("P3Y")]), [1, 1, 1, 1, 1, 1]),
            ("other duration", json!([duration("P3Y")]), json!([duration("P3M")]), [1, 1, 1, 0, 1, 1]),
        ],
    );
}

#[test]
fn organisations_are_compared_by_their_names() {
    let row = |text: &str, name: &str, form: &str| json!({"start": 0, "end": text.chars().count(), "text": text, "name": name, "form": form});
    // A full name (`Yunfeng City Machinery Association`), its short form, and the bare noun `association`.
    let (full, short, bare) = ("云峰市机械协会", "云机协", "协会");
    let elsewhere = || with(with(row(full, full, "full"), "start", 50), "end", 57);
    check(
        Kind::Organisations,
        vec![
            ("canonical", json!([row(short, full, "alias")]), json!([row(short, full, "alias")]), [1, 1, 1, 1, 1, 1]),
            (
                "stands nowhere",
                json!([row(short, full, "alias")]),
                json!([row(short, short, "full")]),
                [1, 1, 1, 1, 1, 1],
            ),
            (
                "stands elsewhere",
                json!([row(short, full, "alias"), elsewhere()]),
                json!([row(short, short, "full"), elsewhere()]),
                [2, 2, 2, 1, 2, 2],
            ),
            (
                "blanks",
                json!([row(full, full, "full")]),
                json!([row(full, "云峰市\n机械 协会", "full")]),
                [1, 1, 1, 1, 1, 1],
            ),
            (
                "no name",
                json!([row(full, full, "full")]),
                json!([with(row(full, full, ""), "name", Value::Null)]),
                [1, 1, 1, 0, 1, 1],
            ),
            (
                "generic in gold",
                json!([row(bare, full, "generic")]),
                json!([row(bare, full, "alias")]),
                [0, 0, 0, 0, 0, 0],
            ),
            (
                "generic found",
                json!([row(bare, full, "alias")]),
                json!([row(bare, full, "generic")]),
                [1, 0, 0, 0, 0, 0],
            ),
        ],
    );
}

#[test]
fn quantities_are_compared_by_value_bounds_and_unit() {
    let row = || {
        json!({"start": 0, "end": 4, "kind": "cardinal", "value": 300, "min": 301, "max": null,
                        "modifier": "more_than", "unit": "名", "object": "代表"})
    };
    let percent = |unit: &str| with(with(row(), "kind", "percent"), "unit", unit);
    let range = || with(with(row(), "modifier", "range"), "value", Value::Null);
    let right = [1, 1, 1, 1, 1, 1];
    let wrong = [1, 1, 1, 0, 1, 1];
    let decimal = serde_json::from_str::<Value>("300.000").unwrap();
    let cases: Vec<(&str, Value, Value, [usize; 6])> = vec![
        ("same", row(), row(), right),
        ("as a decimal", row(), with(row(), "value", decimal), right),
        ("another value", row(), with(row(), "value", 301), wrong),
        ("no value", row(), with(row(), "value", Value::Null), wrong),
        ("closed", row(), with(row(), "max", 400), wrong),
        ("open below", row(), with(row(), "min", Value::Null), wrong),
        ("another unit", row(), with(row(), "unit", "人"), wrong),
        ("another object", row(), with(row(), "object", "会员"), right),
        ("per cent by any unit", percent("成"), percent("%"), right),
        ("a range has no value", range(), with(range(), "value", 3), right),
        ("in a name, annotated", with(row(), "in_name", true), row(), [0; 6]),
        ("in a name, found", row(), with(row(), "in_name", true), [1, 0, 0, 0, 0, 0]),
    ];
    check(Kind::Quantities, cases.into_iter().map(|(what, g, p, n)| (what, json!([g]), json!([p]), n)).collect());
}

#[test]
fn persons_are_compared_by_title_and_events_by_first_day() {
    let person = |title: Value| json!({"start": 0, "end": 3, "text": "", "title": title});
    let event = |from: Value| json!({"start": 0, "end": 9, "text": "", "from": from});
    let right = [1, 1, 1, 1, 1, 1];
    let wrong = [1, 1, 1, 0, 1, 1];
    check(
        Kind::Persons,
        vec![
            ("same title", json!([person("会长".into())]), json!([person("会 长".into())]), right),
            ("other title", json!([person("会长".into())]), json!([person("副会长".into())]), wrong),
            ("no title", json!([person(Value::Null)]), json!([person("".into())]), right),
        ],
    );
    check(
        Kind::Events,
        vec![
            ("same day", json!([event("2024-01-12".into())]), json!([event("2024-01-12".into())]), right),
            ("no day", json!([event(Value::Null)]), json!([event("".into())]), right),
            ("a day too many", json!([event(Value::Null)]), json!([event("2024-01-12".into())]), wrong),
        ],
    );
}

#[test]
fn names_are_a_set_a_document() {
    let row = |start: u32, text: &str, name: &str, form: &str| json!({"start": start, "end": start + 3, "text": text, "name": name, "form": form});
    let annotated = json!({"organisation_mentions": [
        row(0, "甲协会", "甲协会", "full"), row(10, "甲协", "甲协会", "alias"), row(20, "乙公司", "乙公司", "full"),
        row(30, "丙学会", "丙学会", "full"), with(row(40, "丁局", "丁局", "full"), "optional", true),
    ]});
    let predicted = json!({"organisations": [
        row(0, "甲协会", "甲协会", "full"), row(10, "甲协", "甲协", "alias"), row(20, "乙公司", "", "full"),
        row(40, "丁局", "丁局", "full"), row(60, "协会", "戊会", "generic"), row(70, "己会", "己会", "full"),
    ]});
    // `甲协` is no accepted name, as `甲协会` stands in the document; a row without a name is named by its text.
    assert_eq!(scored(annotated, predicted).names, NameCounts { gold: 3, found: 2, spurious: 2 });
}

#[test]
fn objects_are_asked_of_quantities_that_were_found() {
    let row = |start: u32, object: Value| json!({"start": start, "end": start + 2, "text": "3家", "value": 3, "min": 3, "max": 3, "unit": "家", "object": object});
    let annotated = json!({"quantities": [row(0, "企业".into()), row(10, "会员".into()), row(20, "代表".into()),
                                          row(30, Value::Null), row(40, "课题".into())]});
    let predicted = json!({"quantities": [row(0, "企 业".into()), row(10, "单位".into()), row(30, "人".into()),
                                          row(40, Value::Null)]});
    let report = scored(annotated, predicted);
    assert_eq!(report.objects, Share { gold: 3, right: 1 });
    let objects = report.errors.iter().filter(|d| d.subject == Subject::Object);
    let objects: Vec<_> = objects.map(|d| (d.error, d.span.unwrap().start())).collect();
    assert_eq!(objects, [(ErrorKind::Value, 10), (ErrorKind::Missed, 40)]);
}

#[test]
fn fields_of_the_document_are_compared_where_gold_states_them() {
    let cases = [
        ("title", json!("年度总结"), json!("年度总结"), Some(true)),
        ("title", json!("年度总结"), json!("年度总结 "), Some(false)),
        ("title", json!("年度总结"), Value::Null, Some(false)),
        ("title", Value::Null, json!("年度总结"), None),
        ("reference_date", json!("2022"), json!("2022-12-31"), Some(true)),
        ("reference_date", json!("2022-11"), json!("2022-12-31"), Some(false)),
        ("reference_date", json!("2022-12-31"), json!("2022-12-31T08:00"), Some(true)),
        ("reference_date", json!("2022-12-31"), json!("2022"), Some(false)),
        ("period_start", json!("2022-01-01"), json!("2022-01"), Some(false)),
        ("report_type", json!("speech"), json!("speech"), Some(true)),
    ];
    for (field, annotated, predicted, right) in cases {
        let what = format!("{field}: {annotated} against {predicted}");
        let report = scored(json!({"document": {field: annotated}}), json!({"document": {field: predicted}}));
        let field = Field::ALL.into_iter().find(|f| f.as_str() == field).unwrap();
        let expected = right.map_or(Share::default(), |right| Share { gold: 1, right: right.into() });
        assert_eq!(report.field(field), expected, "{what}");
        assert_eq!(report.errors.len(), usize::from(right == Some(false)), "{what}");
    }
}

#[test]
fn documents_without_a_prediction_count_as_empty() {
    let annotated = gold(json!({"dates": [date(0, 4, "2024-01-01")]}));
    let other = Gold { id: "b".into(), ..annotated.clone() };
    let rejected = read_predictions(
        &br#"{"id": 7, "status": "ok"}

        {"id": "b.md", "status": "rejected", "reason": "encoding"}"#[..],
    );
    let report = score(&[annotated, other], &rejected.unwrap());
    assert_eq!(report.kind(Kind::Dates), Counts { gold: 2, ..Counts::default() });
    assert_eq!(report.missing, ["a"]);
    assert_eq!(report.rejected, [("b".to_owned(), "encoding".to_owned())]);
    assert!(report.to_string().ends_with("no prediction for a\nrejected: b (encoding)"));
}

#[test]
fn ids_lose_their_path_and_extension() {
    let cases = [("a", "a"), ("x/y/a.txt", "a"), ("a.b.md", "a.b"), (".txt", ".txt"), ("..x.md", "..x"), ("", "")];
    for (id, expected) in cases {
        let prediction = Prediction { id: id.into(), ..Prediction::default() };
        assert_eq!(prediction.document_id(), expected, "{id}");
    }
}

/// Four differences over the text `会议于12月25日召开，共30人参加。` ("the meeting was held on 25 December, 30 people").
fn small_report() -> Report {
    let day = |start: u32, end: u32, text: &str, from: &str| with(date(start, end, from), "text", text);
    let annotated = json!({"dates": [day(3, 9, "12月25日", "2024-12-25"), day(20, 22, "去年", "2023")],
        "persons": [{"start": 0, "end": 2, "text": "会议", "title": "会长"}]});
    let predicted =
        json!({"dates": [day(3, 6, "12月", "2024-12"), day(13, 16, "30人", "2030"), day(20, 22, "去年", "2022")]});
    scored(annotated, predicted)
}

#[test]
fn differences_are_listed_in_order() {
    let lines: Vec<_> = small_report().errors.iter().map(Difference::to_string).collect();
    let expected = [
        "a 0..2 persons missed: expected 会议 = 会长",
        "a 3..9 dates missed: expected 12月25日 = 2024-12-25, found 12月 = 2024-12",
        "a 13..16 dates spurious: found 30人 = 2030",
        "a 20..22 dates value: expected 去年 = 2023, found 去年 = 2022",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn differences_are_a_table_with_context() {
    let write = |text: Option<&str>| {
        let mut table = Vec::new();
        small_report().write_csv(&mut table, |id| text.filter(|_| id == "a").map(str::to_owned)).unwrap();
        String::from_utf8(table).unwrap()
    };
    let table = write(Some("会议于12月25日召开，\n共30人参加。"));
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 5);
    assert_eq!(
        rows[0],
        "document,kind,error,start,end,expected_text,found_text,expected_value,found_value,before,after"
    );
    assert_eq!(rows[2], "a,dates,missed,3,9,12月25日,12月,2024-12-25,2024-12,会议于,召开， 共30人参加。");
    // Beyond the end of the text there is no context.
    assert_eq!(rows[4], "a,dates,value,20,22,去年,去年,2023,2022,会议于12月25日召开， 共30人参加。,");
    assert!(write(None).lines().nth(2).unwrap().ends_with("2024-12,,"));
}

#[test]
fn figures_are_a_table() {
    let expected = "
                    gold  pred      P      R     F1  loose  right
organisations          0     0
persons                1     0  0.000  0.000  0.000  0.000  0.000
dates                  2     3  0.333  0.500  0.400  0.800  0.000
quantities             0     0
events                 0     0
organisation_names     0
quantity_objects       0
title                  0
publisher              0
report_type            0
reference_date         0
period_start           0
period_end             0
1 documents; differences: 2 missed, 1 spurious, 1 value";
    assert_eq!(format!("\n{}", small_report()), expected);
}

#[test]
fn reports_are_compared() {
    let day = |from: &str| json!({"dates": [with(date(0, 4, from), "text", "今年")]});
    let (right, wrong) = (scored(day("2024"), day("2024")), scored(day("2024"), day("2023")));
    assert!(right.compare(&right).is_empty());
    let worse = wrong.compare(&right);
    assert_eq!((worse.new.len(), worse.gone.len()), (1, 0));
    let shown = worse.to_string();
    let expected = "dates                  1   1.000          1.000          0.000 -1.000";
    assert!(shown.lines().any(|line| line == expected), "{shown}");
    assert!(
        shown.ends_with(
            "1 differences are new, 0 are gone\n+ a 0..4 dates value: expected 今年 = 2024, found 今年 = 2023"
        )
    );
    assert_eq!(right.compare(&wrong).gone, worse.new);
}

#[test]
fn equal_differences_are_counted() {
    let report = small_report();
    let mut twice = report.clone();
    twice.errors.extend(report.errors.clone());
    assert_eq!(twice.compare(&report).new, report.errors);
    assert_eq!(report.compare(&twice).gone, report.errors);
}

#[test]
fn reports_are_read_as_they_were_written() {
    let report = small_report();
    let json = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
}

#[test]
fn a_report_is_held_against_a_baseline() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("baseline.json");
    let report = small_report();
    report.baseline().write(&path).unwrap();
    let json = fs::read_to_string(&path).unwrap();
    assert!(json.contains("\"right\": 0.0"), "{json}");
    let mut recorded = Baseline::read(&path).unwrap();
    assert_eq!(recorded, report.baseline());
    assert_eq!(recorded.0.keys().collect::<Vec<_>>(), ["dates", "persons"]);
    assert_eq!(report.falls_below(&recorded), [""; 0]);
    recorded.0.get_mut("dates").unwrap().loose = Some(0.8001);
    recorded.0.insert("events".into(), Floor { strict: Some(0.5), ..Floor::default() });
    let expected =
        ["dates: loose is 0.8000, recorded was 0.8001", "events: strict is not measured, recorded was 0.5000"];
    assert_eq!(report.falls_below(&recorded), expected);
    fs::write(&path, r#"{"dates": {"f1": 1}}"#).unwrap();
    assert!(Baseline::read(&path).unwrap_err().to_string().contains("unknown field `f1`"));
}

#[test]
fn faults_of_gold_files_name_the_file() {
    let row = |row: &str| format!("{{\"organisation_mentions\": [], \"persons\": [{row}]}}");
    let cases = [
        ("{".to_owned(), "line 1"),
        ("7".to_owned(), "expected struct Gold"),
        (row(""), "missing field `dates`"),
        (row(r#"{"start": 5, "end": 3}"#), "ends before it starts: 5..3"),
        (row(r#"{"start": -1, "end": 3}"#), "-1"),
        (row(r#"{"start": 1}"#), "missing field `end`"),
    ];
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(read_gold(folder.path()), Err(EvaluateError::NoGold { .. })));
    for (json, problem) in cases {
        fs::write(folder.path().join("x.gold.json"), &json).unwrap();
        let message = read_gold(folder.path()).unwrap_err().to_string();
        assert!(message.contains("x.gold.json") && message.contains(problem), "{json}: {message}");
    }
    let message = read_predictions(&b"{\"id\": 1}\n{}"[..]).unwrap_err().to_string();
    assert!(message.starts_with("predictions, line 2: missing field `id`"), "{message}");
}

#[test]
fn gold_is_read_by_id_and_checked_against_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let json = |rows: &str| {
        format!(
            r#"{{"extra": 1, "organisation_mentions": [], "persons": [], "dates": [{rows}], "quantities": [], "events": []}}"#
        )
    };
    let rows = r#"{"start": 1, "end": 3, "text": "年底", "more": [1.5]}, {"start": 0, "end": 2, "text": "年底"},
                  {"start": 2, "end": 4, "text": "底"}"#;
    fs::write(folder.path().join("b.gold.json"), json(rows)).unwrap();
    fs::write(folder.path().join("a.gold.json"), json("")).unwrap();
    fs::write(folder.path().join("c.json"), "").unwrap();
    let gold = read_gold(folder.path()).unwrap();
    assert_eq!(gold.iter().map(|g| g.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let problems: Vec<_> = gold[1].check("的年底").iter().map(GoldProblem::to_string).collect();
    let expected =
        ["dates, row 2, 0..2: `的年` stands there, the row says `年底`", "dates, row 3, 2..4: the text ends at 3"];
    assert_eq!(problems, expected);
}
