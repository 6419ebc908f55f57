use super::*;
use crate::model::{
    DateKind, EventKind, Format, Modifier, OrganisationForm, OrganisationKind, PartialDate, Precision, QuantityKind,
    Status,
};
use regex::Regex;
use serde::Serialize;

#[test]
fn every_table_is_whole() {
    for (at, table) in TABLES.iter().enumerate() {
        let name = table.name;
        assert!(TABLES[..at].iter().all(|other| other.name != name), "{name} stands twice");
        assert_eq!(Table::named(name), Some(*table));
        assert!(!table.key.is_empty(), "{name} has no key");
        let title = table.title_zh;
        assert!(TABLES[..at].iter().all(|other| other.title_zh != title), "{title} stands twice");
        assert!(
            (1..=31).contains(&title.chars().count()) && !title.contains(['[', ']', ':', '*', '?', '/', '\\', '\''])
        );
        for key in table.key {
            let column = table.column(key).unwrap_or_else(|| panic!("{name}: key {key} is no column"));
            assert!(column.required, "{name}.{key} is part of the key and must be required");
        }
        for (at, column) in table.columns.iter().enumerate() {
            let label = format!("{name}.{}", column.name);
            assert!(column.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "{label}");
            assert!(table.columns[..at].iter().all(|other| other.name != column.name), "{label} stands twice");
            assert!(!column.title_zh.is_empty(), "{label} wants a Chinese title");
            let same = table.columns[..at].iter().find(|other| other.title_zh == column.title_zh);
            assert_eq!(same, None, "{label} has the Chinese title of another column");
            assert!(column.description.ends_with('.'), "{label} wants a description");
            assert!(
                column.unit.is_none() || matches!(column.kind.as_str(), "integer" | "number"),
                "{label} has a unit"
            );
            if let ColumnKind::Pattern(pattern) = column.kind {
                Regex::new(pattern).unwrap_or_else(|error| panic!("{label}: {error}"));
            }
        }
        for reference in table.foreign_keys {
            let other = Table::named(reference.table).unwrap_or_else(|| panic!("{name} refers to {}", reference.table));
            assert_eq!(other.key, reference.referenced, "{name} refers to what is no key of {}", other.name);
            assert_eq!(reference.columns.len(), reference.referenced.len());
            assert!(reference.columns.iter().all(|column| table.column(column).is_some()), "{name}: {reference:?}");
        }
    }
}

#[test]
fn fact_tables_begin_with_the_place() {
    for table in TABLES.iter().filter(|table| table.name.ends_with("_mentions")) {
        let names: Vec<_> = table.columns.iter().map(|column| column.name).take(6).collect();
        assert_eq!(names, ["document", "sentence", "page", "start", "end", "text"], "{}", table.name);
    }
}

#[test]
fn patterns_take_labels_and_nothing_else() {
    let takes = |pattern: &str, text: &str| Regex::new(&format!("^(?:{pattern})$")).unwrap().is_match(text);
    for label in ["2024", "2024H1", "2024Q3", "2024-05"] {
        assert!(takes(PERIOD_PATTERN, label), "{label}");
    }
    for label in ["", "24", "2024H3", "2024Q0", "2024-13", "2024-5", "2024年", "2024-05-01"] {
        assert!(!takes(PERIOD_PATTERN, label), "{label}");
    }
    for date in ["2024", "2024-05", "2024-05-31"] {
        assert_eq!(date.parse::<PartialDate>().unwrap().to_string(), date);
        assert!(takes(PARTIAL_DATE_PATTERN, date), "{date}");
    }
    for date in ["2024-00", "2024-05-32", "2024/05", "05-31"] {
        assert!(!takes(PARTIAL_DATE_PATTERN, date), "{date}");
    }
    for duration in ["P35Y", "P6M", "P1Y6M", "P0.5Y", "PT3H", "P2DT12H"] {
        assert!(takes(DURATION_PATTERN, duration), "{duration}");
    }
    for duration in ["P", "35Y", "PT", "P1YT", "三年"] {
        assert!(!takes(DURATION_PATTERN, duration), "{duration}");
    }
}

/// The words of `column` are those that the model writes.
fn assert_words<T: Serialize>(table: &Table, column: &str, values: &[T]) {
    let ColumnKind::OneOf(words) = table.column(column).unwrap().kind else { panic!("{column} has no words") };
    let written: Vec<_> =
        values.iter().map(|v| serde_json::to_value(v).unwrap().as_str().unwrap().to_owned()).collect();
    assert_eq!(written, words, "{}.{column}", table.name);
}

#[test]
fn words_are_those_of_the_model() {
    use OrganisationKind as K;
    let kinds = [
        K::Association,
        K::Society,
        K::Federation,
        K::Alliance,
        K::Branch,
        K::Company,
        K::University,
        K::Institute,
        K::Government,
        K::Party,
        K::Union,
        K::Media,
        K::Fund,
        K::Court,
        K::International,
        K::Other,
    ];
    assert_words(&ORGANISATION_MENTIONS, "kind", &kinds);
    let forms = [OrganisationForm::Full, OrganisationForm::Alias, OrganisationForm::Generic];
    assert_words(&ORGANISATION_MENTIONS, "form", &forms);
    assert_words(&SENTENCES, "status", &[Status::Done, Status::Planned, Status::None]);
    assert_words(&DATE_MENTIONS, "kind", &[DateKind::Date, DateKind::Range, DateKind::Duration, DateKind::Set]);
    use Precision as P;
    assert_words(&DATE_MENTIONS, "precision", &[P::Day, P::Month, P::Quarter, P::Half, P::Year, P::Years]);
    use QuantityKind as Q;
    assert_words(&QUANTITY_MENTIONS, "kind", &[Q::Cardinal, Q::Ordinal, Q::Percent, Q::Money, Q::Measure]);
    use EventKind as E;
    let events = [
        E::Conference,
        E::Forum,
        E::Exhibition,
        E::Contest,
        E::Training,
        E::Meeting,
        E::Visit,
        E::Launch,
        E::Ceremony,
        E::Other,
    ];
    assert_words(&EVENT_MENTIONS, "kind", &events);
    use Modifier as M;
    let modifiers = [M::Exact, M::Approx, M::AtLeast, M::AtMost, M::MoreThan, M::LessThan, M::Range];
    assert_words(&QUANTITY_MENTIONS, "modifier", &modifiers);
    use Format as F;
    let formats = [F::Text, F::Markdown, F::Jsonl, F::Csv, F::Html, F::Docx, F::Doc, F::Odt, F::Rtf, F::Pdf];
    // A new format doesn't compile here until it is listed above, and fails below until the column knows it.
    let _ = |format| match format {
        F::Text | F::Markdown | F::Jsonl | F::Csv | F::Html | F::Docx | F::Doc | F::Odt | F::Rtf | F::Pdf => {}
    };
    let ColumnKind::OneOf(words) = DOCUMENTS.column("format").unwrap().kind else { panic!("formats have no words") };
    assert_eq!(words, formats.map(Format::as_str));
}
