//! The contract of `wenmai extract`: a line out for a line in, offsets that hold.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::support::{corpus, documents, json_lines, requests, shared, slice, stderr, stdout, wenmai};

fn extract(input: &str, code: i32) -> Vec<Value> {
    let output = wenmai().arg("extract").write_stdin(input).output().expect("it ends");
    assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
    json_lines(&stdout(&output))
}

#[test]
fn a_line_out_for_every_line_in_and_bad_ones_rejected() {
    let input = concat!(
        "{\"id\": \"甲\", \"text\": \"协会新增会员86家。\"}\n",
        "no json\n",
        "[1, 2]\n",
        "{\"id\": 7, \"text\": \"\"}\n",
        "{\"id\": \"乙\"}\n",
        "{\"text\": \"2023年，举办培训12期。\"}\n",
        "{\"id\": \"丙\", \"text\": \"去年\", \"reference_date\": \"soon\"}\n",
        "{\"id\": \"丁\", \"text\": \"去年\", \"format\": \"docx\"}\n",
        "{\"id\": \"戊\", \"text\": \"去年\", \"reference_date\": \"2024-01-05\", \"title\": \"标题\", \"publisher\": \"甲乙协会\"}",
    );
    let lines = extract(input, 1);
    let told: Vec<(Value, &str, &str)> = lines
        .iter()
        .map(|line| (line["id"].clone(), line["status"].as_str().unwrap_or(""), line["reason"].as_str().unwrap_or("")))
        .collect();
    let wanted = [
        (Value::from("甲"), "ok", ""),
        (Value::from(2), "rejected", "bad_json"),
        (Value::from(3), "rejected", "bad_json"),
        (Value::from(7), "ok", ""),
        (Value::from("乙"), "rejected", "bad_json"),
        (Value::from(6), "ok", ""),
        (Value::from("丙"), "rejected", "bad_date"),
        (Value::from("丁"), "rejected", "unknown_format"),
        (Value::from("戊"), "ok", ""),
    ];
    assert_eq!(told, wanted);
    assert!(
        lines.iter().filter(|l| l["status"] == "rejected").all(|l| l["detail"].as_str().is_some_and(|d| !d.is_empty()))
    );
    assert_eq!(lines[0]["quantities"][0]["value"], 86);
    let given = &lines[8];
    assert_eq!(given["document"]["title"], "标题");
    assert_eq!(given["document"]["publisher"], "甲乙协会");
    assert_eq!(given["dates"][0]["from"], "2023-01-01", "a relative date is read against the date that is given");
    assert_eq!(given["dates"][0]["to"], "2023-12-31");
}

#[test]
fn the_order_is_kept_on_many_threads_and_over_many_batches() {
    let texts: Vec<String> =
        (0..3000).map(|n| format!("第{n}次统计：新增会员{n}家。{}", "甲".repeat(n % 700))).collect();
    let input = requests(texts.iter().map(|text| ("same", text.as_str())));
    assert!(input.len() > 2 << 20, "more than one batch");
    let output = wenmai().args(["extract", "--threads", "4"]).write_stdin(input).output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    let lines = json_lines(&stdout(&output));
    assert_eq!(lines.len(), texts.len());
    for (n, line) in lines.iter().enumerate() {
        let quantities = line["quantities"].as_array().expect("quantities");
        assert!(quantities.iter().any(|q| q["text"] == format!("{n}家")), "line {n}: {quantities:?}");
    }
}

#[test]
fn every_field_of_the_contract_is_there() {
    let text = "中国机电一体化技术应用协会2023年工作总结\n2023年12月，协会举办机器人培训12期，培训300余人；在北京召开第三届智能制造高峰论坛。";
    let line = &extract(&requests([("1", text)]), 0)[0];
    let fields = [
        ("document", vec!["title", "publisher", "report_type", "reference_date", "period_start", "period_end"]),
        ("terms", vec!["start", "end", "text", "term", "category", "nested", "negated"]),
        ("organisations", vec!["start", "end", "text", "name", "kind", "form", "parent"]),
        ("dates", vec!["start", "end", "text", "kind", "from", "to", "precision", "duration"]),
        (
            "quantities",
            vec![
                "start",
                "end",
                "text",
                "kind",
                "value",
                "min",
                "max",
                "modifier",
                "unit",
                "unit_code",
                "numeral_start",
                "numeral_end",
                "object",
                "action",
                "organisation",
                "status",
                "in_name",
            ],
        ),
        (
            "events",
            vec!["start", "end", "text", "name", "edition", "kind", "from", "to", "place", "attendance", "organisers"],
        ),
    ];
    for (part, names) in fields {
        let object = line[part].as_object().or_else(|| line[part][0].as_object());
        let object = object.unwrap_or_else(|| panic!("no {part} in {line}"));
        for name in names {
            assert!(object.contains_key(name), "{part} has no {name}: {object:?}");
        }
    }
}

/// Rows whose text is the slice that their offsets say; all must be.
fn assert_slices(texts: &[(String, String)]) {
    let input = requests(texts.iter().map(|(id, text)| (id.as_str(), text.as_str())));
    let lines = extract(&input, 0);
    assert_eq!(lines.len(), texts.len());
    let offset = |row: &Value, name: &str| row[name].as_u64().expect("an offset") as usize;
    for ((id, text), line) in texts.iter().zip(&lines) {
        assert_eq!(line["id"], id.as_str());
        let text: Vec<char> = text.chars().collect();
        let mut rows = 0;
        // every list of the line is one of mentions, whatever its kind
        for row in line.as_object().into_iter().flat_map(|line| line.values()).filter_map(Value::as_array).flatten() {
            let (start, end) = (offset(row, "start"), offset(row, "end"));
            assert!(start < end, "{id}: {row}");
            assert_eq!(row["text"], slice(&text, start, end), "{id}: {row}");
            if !row["numeral_start"].is_null() {
                let (first, last) = (offset(row, "numeral_start"), offset(row, "numeral_end"));
                assert!(start <= first && first < last && last <= end, "{id}: {row}");
            }
            rows += 1;
        }
        assert!(rows > 10, "{id} gave {rows} rows");
    }
}

fn texts(folder: &std::path::Path) -> Vec<(String, String)> {
    documents(folder).into_values().map(|document| (document.key, document.text)).collect()
}

#[test]
fn offsets_hold_in_the_sample_corpus() {
    let texts = texts(&corpus());
    assert!(texts.len() >= 55, "{} documents", texts.len());
    assert_slices(&texts);
}

#[test]
fn offsets_hold_in_the_seeds() {
    let Some(seeds) = shared("seeds") else { return };
    let texts = texts(&seeds);
    assert_eq!(texts.len(), 5);
    assert_slices(&texts);
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let input = requests((0..4000).map(|_| ("1", "2023年，协会新增会员86家，举办智能制造培训12期。")));
    let mut child = Command::new(env!("CARGO_BIN_EXE_wenmai"))
        .arg("extract")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("stdin");
    // the pipe into it may break too, once it has ended
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("stdout"));
    reader.read_line(&mut first).expect("a line");
    drop(reader);
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("the writer ends");
    assert_eq!(json_lines(&first)[0]["status"], "ok");
    assert_eq!(stderr(&output), "", "no complaint");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_year_in_the_id_serves_texts_that_name_none() {
    let text = "甲市技能竞赛闭幕\\n\\n9月17日,竞赛在甲市闭幕。比2021年首届多20人。";
    let input = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text}\"}}\n");
    let lines = extract(&[input("news/甲市-2023-竞赛"), input("17")].concat(), 0);
    let years: Vec<_> = lines.iter().map(|line| line["document"]["period_start"].clone()).collect();
    assert_eq!(years, ["2023-09-17", "2022-09-17"]);
}
