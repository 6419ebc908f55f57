//! Words that stand for dates, or stand around them, and the table that matches them.

use rustc_hash::FxHashMap;

use super::{CharSet, Faults, Files, Row};
use crate::model::{Edge, MonthOf, Part, Precision, YearOf};

/// What a word of `dates.csv` does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DateWord {
    /// Names a year (去年).
    Year(YearOf),
    /// Names a part of a year, or a time counted from now (上半年, 本月, 昨天).
    Part(Part),
    /// Behind a year or month: its beginning or end (底).
    Edge(Edge),
    /// A season, which is read behind its year alone (今年夏季).
    Season(i8),
    /// The name of an era of the old calendar, and the year that it counts from (康熙, 1662).
    Era(i16),
    /// A day of the lunar calendar as a whole (大年初一).
    Lunar,
    /// The beginning or end of a year, month or quarter (年底, 月末, 季度末).
    EdgeOf(Part, Edge),
    /// A third of a month (上旬); 4 is all but the first, 5 all but the last.
    Third(i8),
    /// A day of the week, 1 is Monday.
    Weekday(i8),
    /// A half-day or hour word attached to a day (上午).
    HalfDay,
    /// Before a date that ends a range (截至).
    AsOf,
    /// Behind a date that begins a range (以来).
    Since,
    /// Behind a date that ends a range (之前).
    Before,
    /// Between two dates (至).
    Connector,
    /// A repeated time as a whole (一年一度).
    Repeated,
    /// Makes a repeated time of the unit behind it (每).
    Each,
    /// A unit that only repeats, behind 每 (月: 3月 is no length).
    Cycle,
    /// A unit of time: index into the parts of a length and how many of them.
    Unit(u8, i16),
    /// In the span before a length (近, 未来).
    Around,
    /// Before a number of days that is a length, no day of a month; not in the span (为期).
    Lasting,
    /// In the span behind a length (左右, 来).
    Trailing,
    /// A plan of several years (十四五).
    Plan(i16, i16),
    /// What a year makes a topic of when it stands behind it (工作计划).
    Agenda,
    /// Before a year that is only compared with (比).
    Compared,
    /// Behind four digits that are a number, no year (名).
    Measure,
    /// Before four digits that are a number, no year (约).
    Amount,
    /// A word that hides a shorter one (起草 hides 起).
    Hidden,
}

#[derive(Clone, Debug)]
struct Entry {
    /// Its second character, which tells most words apart without a look at the rest; of a word of one character, none.
    second: Option<char>,
    tail: Box<[char]>,
    word: DateWord,
}

impl Entry {
    /// The word, its first character left out, stands at the start of `rest`.
    #[inline]
    fn begins(&self, rest: &[char]) -> bool {
        (self.second.is_none() || self.second.as_ref() == rest.first())
            && rest.len() >= self.tail.len()
            && self.tail.iter().zip(rest).skip(1).all(|(own, other)| own == other)
    }
}

/// The words that begin with one character, the longest first.
#[derive(Clone, Debug, Default)]
struct Group {
    entries: Vec<Entry>,
    /// How many of them have more than one character.
    longer: usize,
}

/// The words of `dates.csv`, by their first character.
#[derive(Clone, Debug)]
pub struct DateWords {
    numbers: Numbers,
    /// The words by the number of their first character; none for number 0.
    groups: Vec<Group>,
    /// Second characters of words.
    second: CharSet,
}

/// Characters with a number each, from 1 on, in pages of 64 of which most are empty: asked without a hash.
#[derive(Clone, Debug)]
struct Numbers {
    pages: Vec<u16>,
    numbers: Vec<[u32; 64]>,
}

impl Default for Numbers {
    fn default() -> Self {
        Numbers { pages: Vec::new(), numbers: vec![[0; 64]] }
    }
}

impl Numbers {
    /// The number of a character; 0 where it has none.
    #[inline]
    fn of(&self, c: char) -> usize {
        let page = self.pages.get(c as usize / 64).copied().unwrap_or(0);
        self.numbers[usize::from(page)][c as usize % 64] as usize
    }

    fn insert(&mut self, c: char, number: u32) {
        let at = c as usize / 64;
        self.pages.resize(self.pages.len().max(at + 1), 0);
        if self.pages[at] == 0 {
            self.pages[at] = self.numbers.len() as u16;
            self.numbers.push([0; 64]);
        }
        self.numbers[usize::from(self.pages[at])][c as usize % 64] = number;
    }
}

const FILE: &str = "dates.csv";

impl DateWords {
    /// Reads the table; faults are added to `faults`.
    pub fn compile(files: &Files, faults: &mut Faults) -> Self {
        let groups = vec![Group::default()];
        let mut words = DateWords { numbers: Numbers::default(), groups, second: CharSet::default() };
        let mut seen = FxHashMap::default();
        for row in files.table(FILE, &["word", "class", "value"], faults) {
            let mut chars = row.cell(0).chars();
            let Some(first) = chars.next() else {
                faults.add(&row.file, row.line, "has no word", "write the word in the first column");
                continue;
            };
            if let Some(line) = seen.insert((row.cell(0).to_owned(), row.cell(1).to_owned()), row.line) {
                let problem = format!("`{}` stands in line {line} already", row.cell(0));
                faults.add(&row.file, row.line, problem, "keep one of the two rows");
            }
            match read_word(&row) {
                Ok(word) => {
                    let tail: Box<[char]> = chars.collect();
                    words.group(first).entries.push(Entry { second: tail.first().copied(), tail, word });
                }
                Err((problem, advice)) => faults.add(&row.file, row.line, problem, advice),
            }
        }
        for group in &mut words.groups {
            group.entries.sort_by_key(|entry| std::cmp::Reverse(entry.tail.len()));
            group.longer = group.entries.iter().take_while(|entry| entry.second.is_some()).count();
        }
        words.second = words.groups.iter().flat_map(|group| &group.entries).filter_map(|entry| entry.second).collect();
        words
    }

    /// The words that begin with `first`, to be added to.
    fn group(&mut self, first: char) -> &mut Group {
        if self.numbers.of(first) == 0 {
            self.numbers.insert(first, self.groups.len() as u32);
            self.groups.push(Group::default());
        }
        &mut self.groups[self.numbers.of(first)]
    }

    /// Some word begins with `first`.
    pub fn begins(&self, first: char) -> bool {
        self.numbers.of(first) != 0
    }

    /// Some word that passes `test` begins with `first`.
    pub fn begins_with(&self, first: char, test: impl Fn(DateWord) -> bool) -> bool {
        self.groups[self.numbers.of(first)].entries.iter().any(|entry| test(entry.word))
    }

    /// The words that may stand where `first` has `rest` behind it, the longest first: most have another second character.
    #[inline]
    fn entries(&self, first: char, rest: &[char]) -> &[Entry] {
        let group = &self.groups[self.numbers.of(first)];
        let goes_on = || rest.first().is_some_and(|second| self.second.contains(*second));
        if group.longer > 0 && goes_on() { &group.entries } else { &group.entries[group.longer..] }
    }

    /// The longest word at `at` of which `pick` makes something, and its end. A hidden word hides the shorter ones.
    pub fn at<T>(&self, chars: &[char], at: usize, pick: impl Fn(DateWord) -> Option<T>) -> Option<(T, usize)> {
        let (first, rest) = chars.get(at..)?.split_first()?;
        for entry in self.entries(*first, rest) {
            if entry.begins(rest) {
                if entry.word == DateWord::Hidden {
                    return None;
                }
                if let Some(picked) = pick(entry.word) {
                    return Some((picked, at + 1 + entry.tail.len()));
                }
            }
        }
        None
    }

    /// A word that hides a shorter one stands at `at` (月饼, mooncake, is no month).
    pub fn hides(&self, chars: &[char], at: usize) -> bool {
        let Some((first, rest)) = chars.get(at..).and_then(<[char]>::split_first) else { return false };
        let hidden = |entry: &Entry| entry.word == DateWord::Hidden && entry.begins(rest);
        self.entries(*first, rest).iter().any(hidden)
    }

    /// The end of the longest word of class `word` at `at`.
    pub fn end_of(&self, chars: &[char], at: usize, word: DateWord) -> Option<usize> {
        self.at(chars, at, |found| (found == word).then_some(())).map(|(_, end)| end)
    }

    /// A word of class `word` ends right before `at`. Words of up to four characters are looked for.
    pub fn ends_before(&self, chars: &[char], at: usize, word: DateWord) -> bool {
        (1..=4.min(at)).any(|n| self.end_of(&chars[..at], at - n, word) == Some(at))
    }
}

type Problem = (String, String);

/// The class and value of a row as what the word does.
fn read_word(row: &Row) -> Result<DateWord, Problem> {
    let value = row.cell(2);
    let number = || value.parse::<i16>().map_err(|_| bad_value(row, "a whole number such as -1"));
    let small = |least: i8, most: i8| {
        let n = value.parse::<i8>().ok().filter(|n| (least..=most).contains(n));
        n.ok_or_else(|| bad_value(row, &format!("a number from {least} to {most}")))
    };
    Ok(match row.cell(1) {
        "year" => DateWord::Year(year_of(row)?),
        "part" => DateWord::Part(part(row)?),
        "month" => DateWord::Part(Part::Month(MonthOf::Review(number()?))),
        "last_month" => DateWord::Part(Part::Month(MonthOf::Last)),
        "named_month" => DateWord::Part(Part::Month(MonthOf::Named(small(1, 12)?))),
        "quarter" => DateWord::Part(Part::Quarter(number()?)),
        "week" => DateWord::Part(Part::Week(number()?, None)),
        "day" => DateWord::Part(Part::Today(number()?)),
        "same_day" => DateWord::Part(Part::SameDay(number()?)),
        "same_period" => DateWord::Part(Part::SamePeriod),
        "named_day" => DateWord::Part(named_day(row)?),
        "season" => DateWord::Season(small(1, 12)?),
        "era" => DateWord::Era(number()?),
        "lunar" => DateWord::Lunar,
        "edge" => DateWord::Edge(edge(row)?),
        "year_edge" => DateWord::EdgeOf(Part::Year, edge(row)?),
        "month_edge" => DateWord::EdgeOf(Part::Month(MonthOf::Last), edge(row)?),
        "quarter_edge" => DateWord::EdgeOf(Part::Quarter(0), edge(row)?),
        "third" => DateWord::Third(small(1, 5)?),
        "weekday" => DateWord::Weekday(small(1, 7)?),
        "half_day" => DateWord::HalfDay,
        "as_of" => DateWord::AsOf,
        "since" => DateWord::Since,
        "before" => DateWord::Before,
        "connector" => DateWord::Connector,
        "repeated" => DateWord::Repeated,
        "each" => DateWord::Each,
        "cycle" => DateWord::Cycle,
        "unit" => unit(row)?,
        "around" => DateWord::Around,
        "lasting" => DateWord::Lasting,
        "trailing" => DateWord::Trailing,
        "plan" => plan(row)?,
        "agenda" => DateWord::Agenda,
        "compared" => DateWord::Compared,
        "measure" => DateWord::Measure,
        "amount" => DateWord::Amount,
        "hidden" => DateWord::Hidden,
        other => {
            let advice = "use a class that dictionaries/dates.csv shows";
            return Err((format!("`{other}` is no class of date words"), advice.into()));
        }
    })
}

fn bad_value(row: &Row, wanted: &str) -> Problem {
    (format!("`{}` is no value for `{}`", row.cell(2), row.cell(1)), format!("write {wanted}"))
}

/// `passage -1`, `topic -1`, `named 1`, `coming 0`.
fn year_of(row: &Row) -> Result<YearOf, Problem> {
    let (of, offset) = row.cell(2).split_once(' ').unwrap_or((row.cell(2), "0"));
    let offset = offset.parse().map_err(|_| bad_value(row, "a whole number behind the blank"))?;
    match of {
        "passage" => Ok(YearOf::Passage(offset)),
        "topic" => Ok(YearOf::Topic(offset)),
        "named" => Ok(YearOf::Named(offset)),
        "coming" => Ok(YearOf::Coming(offset)),
        _ => Err(bad_value(row, "`passage`, `topic`, `named` or `coming`, a blank and a number of years")),
    }
}

/// `year`, or first and last month and precision: `1-6 half`.
fn part(row: &Row) -> Result<Part, Problem> {
    let value = row.cell(2);
    let read = || {
        let (months, precision) = value.split_once(' ')?;
        let (first, last) = months.split_once('-')?;
        let (first, last) = (first.parse::<i8>().ok()?, last.parse::<i8>().ok()?);
        let precision = match precision {
            "quarter" => Precision::Quarter,
            "half" => Precision::Half,
            "month" => Precision::Month,
            _ => return None,
        };
        (1 <= first && first <= last && last <= 12).then_some(Part::Months(first, last, precision))
    };
    if value == "year" {
        return Ok(Part::Year);
    }
    read().ok_or_else(|| bad_value(row, "`year`, or months and precision such as `1-6 half`"))
}

/// Month and day: `10-1`.
fn named_day(row: &Row) -> Result<Part, Problem> {
    let (month, day) = row.cell(2).split_once('-').ok_or_else(|| bad_value(row, "month and day such as `10-1`"))?;
    let read = |text: &str, most: i8| text.parse::<i8>().ok().filter(|n| (1..=most).contains(n));
    match (read(month, 12), read(day, 31)) {
        (Some(month), Some(day)) => Ok(Part::Day(Some(MonthOf::Named(month)), day)),
        _ => Err(bad_value(row, "month and day such as `10-1`")),
    }
}

fn edge(row: &Row) -> Result<Edge, Problem> {
    match row.cell(2) {
        "start" => Ok(Edge::Start),
        "end" => Ok(Edge::End),
        _ => Err(bad_value(row, "`start` or `end`")),
    }
}

/// `1Y`, `3M`, `1W`, `1D`, `T1H`, `T1M`, `T1S`.
fn unit(row: &Row) -> Result<DateWord, Problem> {
    const UNITS: [&str; 7] = ["Y", "M", "W", "D", "TH", "TM", "TS"];
    let value = row.cell(2);
    let digits = value.chars().filter(char::is_ascii_digit).collect::<String>();
    let letters = value.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
    let index = UNITS.iter().position(|unit| **unit == letters);
    match (index, digits.parse::<i16>()) {
        (Some(index), Ok(count)) => Ok(DateWord::Unit(index as u8, count)),
        _ => Err(bad_value(row, "an ISO 8601 unit such as `1Y`, `3M` or `T1H`")),
    }
}

fn plan(row: &Row) -> Result<DateWord, Problem> {
    let years = row.cell(2).split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let (first, last) = years.filter(|(a, b)| a <= b).ok_or_else(|| bad_value(row, "years such as `2021-2025`"))?;
    Ok(DateWord::Plan(first, last))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::Fault;
    use super::*;

    fn shipped() -> DateWords {
        let mut faults = Faults::default();
        let words = DateWords::compile(&Files::shipped(), &mut faults);
        assert_eq!(faults.iter().collect::<Vec<&Fault>>(), Vec::<&Fault>::new());
        words
    }

    #[test]
    fn longest_word_wins_and_hidden_words_hide() {
        let words = shipped();
        let since = |text: &str| words.end_of(&text.chars().collect::<Vec<_>>(), 0, DateWord::Since);
        for (text, end) in
            [("起", Some(1)), ("起草", None), ("以来,", Some(2)), ("后", Some(1)), ("后续", None), ("内", None)]
        {
            assert_eq!(since(text), end, "{text}");
        }
        let before: Vec<char> = "为期3日".chars().collect();
        assert!(words.ends_before(&before, 2, DateWord::Lasting));
        assert!(!words.ends_before(&before, 1, DateWord::Lasting));
    }

    #[test]
    fn faults_name_the_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "word,class,value\n去年,year,passage x\n甲,strange,\n,year,passage 0\n")
            .unwrap();
        let mut faults = Faults::default();
        DateWords::compile(&Files::overlaid(folder.path()), &mut faults);
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [2, 3, 4]);
    }
}
