use super::*;
use crate::output::TABLES;
use crate::output::cells::tests::{EVERY_KIND, TEXTS, write_every_kind};
use crate::output::schema::{ORGANISATIONS, REJECTED, TERMS};

fn script(folder: &Path, tables: &[&'static Table], style: CsvStyle) -> String {
    write(folder, tables, style, &|_| ()).unwrap();
    std::fs::read_to_string(folder.join(FILE_NAME)).unwrap()
}

#[test]
fn every_kind_is_a_literal() {
    let texts: Vec<String> = [CsvStyle::Plain, CsvStyle::Excel]
        .into_iter()
        .map(|style| {
            let folder = tempfile::tempdir().unwrap();
            write_every_kind(folder.path(), style);
            script(folder.path(), &[&EVERY_KIND], style)
        })
        .collect();
    assert_eq!(texts[0], texts[1], "no guard of spreadsheets gets in");
    let text = &texts[0];
    for part in [
        "BEGIN TRANSACTION;\n\n-- 各种类型\nCREATE TABLE \"every_kind\" (\n  \"key\" BIGINT, -- 主键: It is there.\n",
        "\"text\" VARCHAR,",
        "\"decimal\" DECIMAL(38, 9),",
        "\"number\" DOUBLE,",
        "\"date\" DATE,",
        "\"boolean\" BOOLEAN,",
        "  PRIMARY KEY (\"key\")\n);\nINSERT INTO \"every_kind\" VALUES\n(0, '协会', 0, 0, '2024-02-29', TRUE),\n",
        "(1, '=1+1', 1.25, 0.142857, '2024-02-29', FALSE)",
        "'a\"b,c''d'",
        "'甲\r\n乙'",
        "(-1, NULL, 0, -0.000000000000001e0, '1899-12-31', TRUE)",
        "(-3, NULL, NULL, NULL, NULL, NULL);\nCOMMIT;\n",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    assert_eq!(text.matches("'2024-02-29'").count(), TEXTS.len());
    assert!(!text.contains('\0'));
}

#[test]
fn nul_does_not_end_the_script() {
    let mut tuple = String::new();
    push_quoted(&mut tuple, "甲\0';乙");
    assert_eq!(tuple, "'甲\u{fffd}'';乙'");
}

#[test]
fn tables_stand_behind_those_they_refer_to() {
    let ordered = in_order(TABLES);
    assert_eq!(ordered.len(), TABLES.len());
    let place = |name: &str| ordered.iter().position(|table| table.name == name).unwrap();
    for table in TABLES {
        for key in table.foreign_keys {
            assert!(place(key.table) <= place(table.name), "{} refers to {}", table.name, key.table);
        }
    }
    assert_eq!(
        (own_parent(&ORGANISATIONS), own_parent(&TERMS), own_parent(&REJECTED)),
        (Some((0, 2)), Some((0, 2)), None)
    );
}

#[test]
fn keys_to_tables_that_are_not_written_are_left_out() {
    let shapes = vec![DecimalShape::default(); TERMS.columns.len()];
    assert!(
        definition(&TERMS, &[&TERMS], &shapes).contains("FOREIGN KEY (\"broader\") REFERENCES \"terms\" (\"term\")")
    );
    assert!(!definition(&TERMS, &[], &shapes).contains("FOREIGN"));
}

#[test]
fn parents_stand_before_their_children() {
    for (parents, expected) in [
        (vec![], vec![]),
        (vec![None, Some(0), Some(1)], vec![0, 1, 2]),
        (vec![Some(1), Some(2), None], vec![2, 1, 0]),
        (vec![Some(0), Some(0)], vec![0, 1]),
    ] {
        assert_eq!(generations(&parents), expected, "{parents:?}");
    }
    // a circle ends, whatever it gives
    assert_eq!(generations(&[Some(1), Some(0), Some(0)]).len(), 3);
    // and a long chain is no deep recursion
    let chain: Vec<Option<usize>> = (0..100_000).map(|at| (at < 99_999).then_some(at + 1)).collect();
    assert_eq!(generations(&chain)[0], 99_999);
}

#[test]
fn a_child_is_inserted_in_a_later_statement() {
    let folder = tempfile::tempdir().unwrap();
    let header = TERMS.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
    std::fs::write(
        folder.path().join("terms.csv"),
        format!("{header}\n甲,,丙,,1,1,1,,\n乙,,,,1,1,1,,\n丙,,,,1,1,1,,\n"),
    )
    .unwrap();
    let text = script(folder.path(), &[&TERMS], CsvStyle::Plain);
    let statements: Vec<&str> = text.split("INSERT INTO").skip(1).collect();
    assert_eq!(statements.len(), 2);
    assert!(statements[0].contains("('乙'") && statements[0].contains("('丙'"));
    assert!(statements[1].contains("('甲', NULL, '丙'"));
}

#[test]
fn statements_are_bounded() {
    let mut batch = Batch::new(&TERMS);
    let mut text = Vec::new();
    for _ in 0..BATCH_ROWS * 2 + 1 {
        batch.add("(1)", &mut text).unwrap();
    }
    batch.add(&"字".repeat(BATCH_BYTES), &mut text).unwrap();
    batch.end(&mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert_eq!(text.matches("INSERT INTO \"terms\" VALUES\n(").count(), 3);
    assert_eq!(text.matches(";\n").count(), 3);
}
