//! Words that tell what a report is.

use std::cell::Cell;

use crate::model::ReportType;

use super::{Faults, Files, Words};

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
    /// Words of the rules for the text, with the number of the rule.
    in_text: Words<usize>,
    /// Words of the rules for titles.
    in_title: Words<()>,
    /// What a meeting hears or closes of the year before.
    of_year: Vec<String>,
    /// What an event does on its first day.
    opening: Words<()>,
}

impl Reports {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let (mut rules, mut of_year, mut opening) = (Vec::new(), Vec::new(), Vec::new());
        for row in files.table("report_types.csv", &["words", "type", "where"], faults) {
            let report_type = serde_json::from_value(serde_json::Value::from(row.cell(1)));
            let in_title = match row.cell(2) {
                "title" => true,
                "text" => false,
                "year" => {
                    of_year.extend(row.parts(0).map(str::to_owned));
                    continue;
                }
                "opening" => {
                    opening.extend(row.parts(0).map(|word| (word.to_owned(), ())));
                    continue;
                }
                other => {
                    let write = "write title, text, year or opening";
                    faults.add(&row.file, row.line, format!("`{other}` is no place"), write);
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
        let in_text = Words::new(rules.iter().enumerate().filter(|(_, rule)| !rule.in_title).flat_map(words_of));
        let titles = rules.iter().filter(|rule| rule.in_title).flat_map(|rule| &rule.words);
        let in_title = Words::new(titles.map(|word| (word.clone(), ())));
        Reports { rules, in_text, in_title, of_year, opening: Words::new(opening) }
    }

    /// The type that the title tells, or else the text.
    pub fn type_of(&self, title: &str, text: &[char]) -> ReportType {
        let told = |rule: &TypeRule| rule.in_title && rule.words.iter().any(|word| title.contains(word.as_str()));
        let in_title = self.rules.iter().position(told);
        let in_text = || {
            let first = Cell::new(None);
            for at in 0..text.len() {
                self.in_text.longest_where(text, at, |_, rule| {
                    first.set(first.get().into_iter().chain([*rule]).min());
                    false // every word that begins here counts
                });
            }
            first.get()
        };
        // rules for titles come first in the file that ships, and save the walk over the text
        let before = |title: usize| self.rules[..title].iter().any(|rule| !rule.in_title);
        let first = match in_title {
            Some(title) if !before(title) => Some(title),
            title => in_text().into_iter().chain(title).min(),
        };
        first.map_or(ReportType::Other, |rule| self.rules[rule].report_type)
    }

    /// What stands behind a year, 年 or 年度 left out, is what a meeting hears or closes of it: a report, a year's work.
    pub fn looks_back(&self, behind_year: &str) -> bool {
        self.of_year.iter().any(|word| behind_year.starts_with(word.as_str()))
    }

    /// What stands behind a day says that an event began on it: 开幕, 正式开班, and not 开幕的….
    pub fn tells_opening(&self, behind_day: &[char]) -> bool {
        let at = if behind_day.starts_with(&['正', '式']) { 2 } else { 0 };
        self.opening.longest(behind_day, at).is_some_and(|(length, ())| behind_day.get(at + length) != Some(&'的'))
    }

    /// The line holds a word that titles hold.
    pub fn is_telling(&self, line: &[char]) -> bool {
        (0..line.len()).any(|at| self.in_title.longest(line, at).is_some())
    }
}

fn words_of((number, rule): (usize, &TypeRule)) -> impl Iterator<Item = (String, usize)> + '_ {
    rule.words.iter().map(move |word| (word.clone(), number))
}

#[cfg(test)]
mod tests {
    use crate::lexicon::{Files, Lexicon};

    #[test]
    fn meetings_look_back_on_the_year_of_what_they_hear() {
        let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
        for behind_year in ["工作报告，审议了", "财务报告", "年会在甲市举行"] {
            assert!(lexicon.reports.looks_back(behind_year), "{behind_year}");
        }
        for behind_year in ["工作要点", "，会议听取了工作报告", "度工作报告", ""] {
            assert!(!lexicon.reports.looks_back(behind_year), "{behind_year}");
        }
    }

    #[test]
    fn an_event_begins_on_the_day_in_front_of_its_opening() {
        let lexicon = Lexicon::compile(&Files::shipped()).unwrap();
        let tells = |behind_day: &str| lexicon.reports.tells_opening(&behind_day.chars().collect::<Vec<_>>());
        for behind_day in ["开赛", "开班,为期9天", "正式开幕。"] {
            assert!(tells(behind_day), "{behind_day}");
        }
        for behind_day in ["开幕的展会", "举行开幕式", "公开", "正式", ""] {
            assert!(!tells(behind_day), "{behind_day}");
        }
    }
}
