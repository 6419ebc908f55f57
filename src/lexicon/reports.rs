//! Words that tell what a report is.

use crate::model::ReportType;

use super::{Faults, Files};

/// One row of `report_types.csv`: the earlier rule wins.
#[derive(Clone, Debug)]
pub struct TypeRule {
    /// Any of these words.
    pub words: Vec<String>,
    /// Tells this type.
    pub report_type: ReportType,
    /// In the title; else in the text.
    pub in_title: bool,
}

/// Rules in the order of the file.
#[derive(Debug, Default)]
pub struct Reports {
    rules: Vec<TypeRule>,
}

impl Reports {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let mut rules = Vec::new();
        for row in files.table("report_types.csv", &["words", "type", "where"], faults) {
            let report_type = serde_json::from_value(serde_json::Value::from(row.cell(1)));
            let in_title = match row.cell(2) {
                "title" => true,
                "text" => false,
                other => {
                    faults.add(&row.file, row.line, format!("`{other}` is no place"), "write title or text");
                    continue;
                }
            };
            match report_type {
                Ok(report_type) => rules.push(TypeRule { words: row.parts(0).map(str::to_owned).collect(), report_type, in_title }),
                Err(_) => faults.add(
                    &row.file,
                    row.line,
                    format!("`{}` is no type of report", row.cell(1)),
                    "write annual_summary, new_year_address, work_plan, meeting_news, event_news, monthly_report, speech, notice or other",
                ),
            }
        }
        Reports { rules }
    }

    /// The type that the title tells, or else the text.
    pub fn type_of(&self, title: &str, text: &str) -> ReportType {
        let told = |rule: &&TypeRule| {
            let place = if rule.in_title { title } else { text };
            rule.words.iter().any(|word| place.contains(word.as_str()))
        };
        self.rules.iter().find(told).map_or(ReportType::Other, |rule| rule.report_type)
    }

    /// The line holds a word that titles hold.
    pub fn is_telling(&self, line: &str) -> bool {
        self.rules
            .iter()
            .filter(|rule| rule.in_title)
            .any(|rule| rule.words.iter().any(|word| line.contains(word.as_str())))
    }
}
