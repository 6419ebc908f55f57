//! The general words of Chinese, with how often they stand and what part of speech they are.

use std::borrow::Cow;

use super::fault::is_invisible;
use super::{Faults, Files};
use crate::model::PartOfSpeech;

const FILE: &str = "words.txt";

/// A word of the general dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GeneralWord<'w> {
    /// The word.
    pub text: &'w str,
    /// How often it stands in the text that the dictionary was counted in; none where the user leaves that open.
    pub frequency: Option<u32>,
    /// What it is, out of context.
    pub part_of_speech: PartOfSpeech,
}

/// The general dictionary, as text: one word a line with its frequency and its tag, the most frequent first. Words are read
/// from it when the segmenter is built and kept nowhere else.
#[derive(Default)]
pub struct GeneralWords {
    parts: Vec<Cow<'static, str>>,
}

impl std::fmt::Debug for GeneralWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GeneralWords({} words)", self.words().count())
    }
}

impl GeneralWords {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let mut parts = Vec::new();
        for (name, text) in files.documents(FILE, faults) {
            // what ships is held by a test
            if let Cow::Owned(text) = &text {
                check(&name, text, faults);
            }
            parts.push(text);
        }
        GeneralWords { parts }
    }

    /// Bytes of its text.
    pub fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.len()).sum()
    }

    /// The words, the shipped ones before those of the user.
    pub fn words(&self) -> impl Iterator<Item = GeneralWord<'_>> {
        self.parts.iter().flat_map(|part| lines(part)).filter_map(|(_, line)| read(line).ok())
    }
}

/// Lines that hold a word, by number.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().zip(1..).map(|(line, number)| (number, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// The word of a line, or what is wrong with it and what to write instead.
fn read(line: &str) -> Result<GeneralWord<'_>, (String, &'static str)> {
    let mut cells = line.split_ascii_whitespace();
    let text = cells.next().unwrap_or_default();
    let (mut frequency, mut part_of_speech) = (None, PartOfSpeech::default());
    let mut next = cells.next();
    if let Some(cell) = next.filter(|cell| cell.starts_with(|c: char| c.is_ascii_digit())) {
        let number = cell.parse().ok().filter(|frequency| *frequency > 0);
        let fault = || (format!("`{cell}` is no frequency"), "write a whole number from 1 to 4294967295, or none");
        frequency = Some(number.ok_or_else(fault)?);
        next = cells.next();
    }
    if let Some(cell) = next {
        let fault = || (format!("`{cell}` is no part of speech"), "write a tag of jieba, such as n, v or nz, or none");
        part_of_speech = PartOfSpeech::known(cell).ok_or_else(fault)?;
    }
    match cells.next() {
        Some(cell) => Err((format!("`{cell}` stands behind the part of speech"), "write `word frequency tag`")),
        None => Ok(GeneralWord { text, frequency, part_of_speech }),
    }
}

fn check(file: &str, text: &str, faults: &mut Faults) {
    for (number, line) in lines(text) {
        if let Err((problem, advice)) = read(line) {
            faults.add(file, number, problem, advice);
        }
        if let Some(c) = line.chars().find(|c| is_invisible(*c)) {
            let problem = format!("an invisible character (U+{:04X}) stands in the line", u32::from(c));
            faults.add(file, number, problem, "delete it: write the word anew");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_words_are_sound_and_the_most_frequent_come_first() {
        let mut faults = Faults::default();
        let words = GeneralWords::compile(&Files::shipped(), &mut faults);
        words.parts.iter().for_each(|part| check(FILE, part, &mut faults));
        assert!(faults.is_empty(), "{faults}");
        let all: Vec<GeneralWord<'_>> = words.words().collect();
        assert!(all.len() > 300_000 && all.is_sorted_by_key(|word| std::cmp::Reverse(word.frequency)));
        let texts: std::collections::HashSet<&str> = all.iter().map(|word| word.text).collect();
        assert_eq!(texts.len(), all.len(), "a word stands twice");
    }

    #[test]
    fn lines_are_read_as_jieba_reads_a_users_words() {
        let n = PartOfSpeech::known("n").unwrap();
        let cases = [("云端 5 n", Some(5), n), ("云端 n", None, n), ("云端\t7", Some(7), PartOfSpeech::default())];
        for (line, frequency, part_of_speech) in cases {
            assert_eq!(read(line), Ok(GeneralWord { text: "云端", frequency, part_of_speech }), "{line}");
        }
        assert_eq!(read("C++").map(|word| word.text), Ok("C++"));
        for (line, problem) in [("云端 0 n", "no frequency"), ("云端 5 名词", "no part"), ("云端 5 n 多", "stands behind")] {
            assert!(read(line).is_err_and(|(found, _)| found.contains(problem)), "{line}");
        }
    }

    #[test]
    fn faults_of_the_user_are_told_by_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("words.extend.txt"), "# mine\n云端 5 n\n\n云端 5 名词\n云\u{200b}端\n").unwrap();
        let mut faults = Faults::default();
        let words = GeneralWords::compile(&Files::overlaid(folder.path()), &mut faults);
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(words.parts.len(), 2);
    }
}
