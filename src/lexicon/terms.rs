//! The dictionary of terms.

use rustc_hash::FxHashMap;

use super::{Faults, Files, Row};

const FILE: &str = "terms.csv";
const HEADER: [&str; 4] = ["term", "category", "broader", "aliases"];

/// A canonical term.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its name in the tables.
    pub name: String,
    /// What kind of thing it is (technology, product, policy, …).
    pub category: String,
    /// The next broader term.
    pub broader: Option<u32>,
    /// Other names, as in the dictionary.
    pub aliases: Vec<String>,
}

/// All terms; a term's index is its rank by name, so that it does not hang on the order of the file.
pub struct TermDictionary {
    terms: Vec<Term>,
    /// The term of each spelling.
    names: FxHashMap<String, u32>,
}

impl std::fmt::Debug for TermDictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TermDictionary({} terms, {} spellings)", self.terms.len(), self.names.len())
    }
}

impl TermDictionary {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let mut rows = files.table(FILE, &HEADER, faults);
        rows.retain(|row| check_row(row, faults));
        let mut rows = override_earlier_files(rows);
        rows.sort_by(|a, b| a.cell(0).cmp(b.cell(0)));
        let names = unique_names(&rows, faults);
        let mut terms: Vec<Term> = Vec::with_capacity(rows.len());
        let rank: FxHashMap<&str, u32> = rows.iter().zip(0..).map(|(row, at)| (row.cell(0), at)).collect();
        for row in &rows {
            let broader = Some(row.cell(2)).filter(|broader| !broader.is_empty());
            let known = broader.and_then(|broader| rank.get(broader).copied());
            if let (Some(broader), None) = (broader, known) {
                let advice = format!("add a row for `{broader}`, or leave the cell empty");
                faults.add(&row.file, row.line, format!("the broader term `{broader}` has no row"), advice);
            }
            let aliases = row.parts(3).map(str::to_owned).collect();
            terms.push(Term { name: row.cell(0).into(), category: row.cell(1).into(), broader: known, aliases });
        }
        report_cycles(&rows, &terms, faults);
        TermDictionary { terms, names }
    }

    /// The terms in order of their names.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The term with this name.
    pub fn named(&self, name: &str) -> Option<u32> {
        self.names.get(name).copied()
    }

    /// Every spelling of every name, as it stands in clean text, with its term.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, u32)> {
        self.names.iter().map(|(name, term)| (name.as_str(), *term))
    }
}

/// A row of a file that extends another takes the place of the row for the same term there.
fn override_earlier_files(rows: Vec<Row>) -> Vec<Row> {
    let mut last: FxHashMap<String, String> = FxHashMap::default();
    for row in &rows {
        last.insert(row.cell(0).to_owned(), row.file.clone());
    }
    rows.into_iter().filter(|row| last.get(row.cell(0)).is_some_and(|file| *file == row.file)).collect()
}

/// A row that can't stand is reported and left out.
fn check_row(row: &Row, faults: &mut Faults) -> bool {
    let before = faults.len();
    for name in std::iter::once(row.cell(0)).chain(row.parts(3)) {
        match name.chars().count() {
            0 => faults.add(&row.file, row.line, "the term is empty", "write the term's name in the first cell"),
            1 => {
                let problem = format!("`{name}` is a single character, which would match inside most words");
                faults.add(&row.file, row.line, problem, "write a name of two characters or more");
            }
            _ => {}
        }
    }
    if row.cell(1).is_empty() {
        faults.add(&row.file, row.line, format!("`{}` has no category", row.cell(0)), "write one, such as technology");
    }
    faults.len() == before
}

/// Every spelling of every name, folded as text is, with its term; a name of two terms is a fault.
fn unique_names(rows: &[Row], faults: &mut Faults) -> FxHashMap<String, u32> {
    let mut names: FxHashMap<String, u32> = FxHashMap::default();
    for (row, at) in rows.iter().zip(0u32..) {
        for name in std::iter::once(row.cell(0)).chain(row.parts(3)) {
            for spelling in spellings(name) {
                match names.get(&spelling) {
                    Some(&other) if other != at => {
                        let first = &rows[other as usize];
                        let problem = format!(
                            "`{name}` already names `{}` (line {} of {})",
                            first.cell(0),
                            first.line,
                            first.file
                        );
                        faults.add(&row.file, row.line, problem, "leave it in one of the two rows");
                        break;
                    }
                    Some(_) => {}
                    None => {
                        names.insert(spelling, at);
                    }
                }
            }
        }
    }
    names
}

/// A name as it stands in clean text: full-width forms folded; Latin letters as written, all small, all capital.
fn spellings(name: &str) -> Vec<String> {
    let fold = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let folded: String = name.chars().map(fold).collect();
    let mut all = vec![folded.to_ascii_lowercase(), folded.to_ascii_uppercase(), folded];
    all.sort_unstable();
    all.dedup();
    all
}

/// One fault for each circle of broader terms, at its first term; a chain is walked once, however many lead into it.
fn report_cycles(rows: &[Row], terms: &[Term], faults: &mut Faults) {
    const UNSEEN: u32 = u32::MAX;
    // the walk that came by each term
    let mut seen_by = vec![UNSEEN; terms.len()];
    for walk in 0..terms.len() as u32 {
        let mut next = Some(walk);
        while let Some(term) = next {
            let seen = seen_by[term as usize];
            if seen == walk {
                let row = &rows[term as usize];
                let problem = format!("`{}` is broader than itself", row.cell(0));
                faults.add(&row.file, row.line, problem, "leave the broader cell of one term in the circle empty");
            }
            if seen != UNSEEN {
                break;
            }
            seen_by[term as usize] = walk;
            next = terms[term as usize].broader;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dictionary with this file beside the shipped one, or its faults.
    fn extended(rows: &str) -> Result<TermDictionary, Faults> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("terms.extend.csv"), format!("term,category,broader,aliases\n{rows}"))
            .unwrap();
        let mut faults = Faults::default();
        let dictionary = TermDictionary::compile(&Files::overlaid(folder.path()), &mut faults);
        faults.into_result(dictionary)
    }

    #[test]
    fn a_row_of_ones_own_takes_the_place_of_a_shipped_one() {
        let dictionary = extended("机器人,mine,,自动机\n").unwrap();
        let robots: Vec<&Term> = dictionary.terms().iter().filter(|term| term.name == "机器人").collect();
        assert_eq!(robots.len(), 1);
        assert_eq!((robots[0].category.as_str(), robots[0].aliases.as_slice()), ("mine", &["自动机".to_owned()][..]));
    }

    #[test]
    fn circles_are_told_once_and_long_chains_take_no_time() {
        let circle = "电子甲甲,mine,电子乙乙,\n电子乙乙,mine,电子丙丙,\n电子丙丙,mine,电子甲甲,\n";
        let into = "电子丁丁,mine,电子甲甲,\n电子戊戊,mine,电子丁丁,\n";
        let faults = extended(&format!("{circle}{into}")).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults}");
        let chain: String = (0..20_000).map(|at| format!("链条{at},mine,链条{},\n", at + 1)).collect();
        extended(&format!("{chain}链条20000,mine,,\n")).unwrap();
    }

    #[test]
    fn a_mark_carriage_returns_and_blank_lines_do_no_harm() {
        let folder = tempfile::tempdir().unwrap();
        let rows = "\u{feff}term,category,broader,aliases\r\n\r\n 电子皮肤甲 ,\tmine,,\r\n";
        std::fs::write(folder.path().join("terms.extend.csv"), rows).unwrap();
        std::fs::write(folder.path().join("stopwords.extend.txt"), "\u{feff}甲乙丙\r\n\r\n\t丁戊己 \r\n").unwrap();
        let mut faults = Faults::default();
        let files = Files::overlaid(folder.path());
        let dictionary = TermDictionary::compile(&files, &mut faults);
        assert!(faults.is_empty(), "{faults}");
        assert!(dictionary.terms().iter().any(|term| term.name == "电子皮肤甲" && term.category == "mine"));
        let words: Vec<String> = files.list("stopwords.txt", &mut faults).into_iter().map(|(_, word)| word).collect();
        assert!(["甲乙丙", "丁戊己"].iter().all(|word| words.iter().any(|known| known == word)));
    }

    #[test]
    fn faults_name_their_lines() {
        let cases = [
            ("\n\n甲,mine,,\n", 4, "single character"),
            ("电子皮肤甲,,,\n", 2, "no category"),
            ("电子皮肤甲,mine,没有的词,\n", 2, "has no row"),
            ("电子皮肤甲,mine,,机器人\n", 2, "already names"),
            ("电子皮肤甲,mine,,\n电子皮肤甲,mine,,\n", 3, "already names"),
            ("电子皮肤甲,mine,电子皮肤甲,\n", 2, "broader than itself"),
        ];
        for (rows, line, problem) in cases {
            let faults = extended(rows).unwrap_err();
            let found = faults.iter().find(|fault| fault.problem.contains(problem));
            assert!(found.is_some_and(|fault| fault.line == line || problem == "already names"), "{rows:?}: {faults}");
        }
    }
}
