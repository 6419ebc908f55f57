//! Words around numbers: units, bounds, and words that only look like numbers.

use super::{Faults, Files, Words};

/// What a number of a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// A measure word that counts things (家, 项, 人次): bounds step by one.
    Count,
    /// As `Count`, but a noun as well (省, 校), so that one Chinese digit before it is a number only beside others.
    Place,
    /// Money.
    Money,
    /// Per cent.
    Percent,
    /// Tenths (成, 折): the value is ten times the number.
    Tenth,
    /// A physical or other measure: bounds stay open.
    Measure,
    /// Time: belongs to the dates, never to the quantities.
    Time,
}

/// A unit of the dictionary.
#[derive(Clone, Debug)]
pub struct Unit {
    /// What a number of it is.
    pub kind: UnitKind,
    /// ISO 4217 or UCUM code; empty for measure words.
    pub code: String,
    /// Characters that make another word when they follow (家 before 具).
    pub not_before: Vec<char>,
}

/// How a word beside a number bounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// 约.
    Approx,
    /// 至少.
    AtLeast,
    /// 不超过.
    AtMost,
    /// 超过.
    MoreThan,
    /// 近.
    LessThan,
    /// 上百, 上千: at least, before a bare power alone.
    Power,
}

/// A word that bounds a number.
#[derive(Clone, Debug)]
pub struct BoundWord {
    /// How.
    pub bound: Bound,
    /// Characters that make another word when they stand before (节 before 约).
    pub not_after: Vec<char>,
}

/// What the grammar of quantities needs to know of words.
#[derive(Clone, Debug, Default)]
pub struct QuantityWords {
    /// Units and measure words.
    pub units: Words<Unit>,
    /// Bounds before the number.
    pub before: Words<BoundWord>,
    /// Bounds behind the unit.
    pub after: Words<BoundWord>,
    /// Words with a numeral in them that are no numbers (统一, 一些, 三重一大).
    pub idioms: Words<()>,
    /// Words that make up a clause around a number.
    pub clause: Words<Role>,
    /// Verbs that only lead to the verb behind them (组织, 参与).
    pub leaders: Words<()>,
}

/// What a word does in the clause of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A verb that governs a number (发展, 举办).
    Action,
    /// A verb that says how large its subject is or becomes (达到, 增长): the thing counted stands before it.
    Change,
    /// A word that may stand between a number and its noun (共, 累计, 同比).
    Filler,
    /// A word at which a noun ends (在, 由, 其中).
    Stop,
    /// Joins two nouns to one (和, 及).
    Link,
    /// Belongs to no noun at its end (等, 中), but may stand inside one (一等奖, 中小企业).
    Edge,
    /// Leads a noun without being counted with it (协会, 全省, 各类).
    Lead,
    /// A verb where it ends what is said (企业参展), a part of the noun that follows it (参展企业).
    Modifier,
    /// A noun that holds one of the others (发展中国家, 培训班).
    Noun,
}

impl QuantityWords {
    /// Reads and checks `units.csv`, `bounds.csv`, `not_numbers.txt` and `clause_words.csv`, `actions.txt`.
    pub fn read(files: &Files, faults: &mut Faults) -> Self {
        let idioms = files.list("not_numbers.txt", faults).into_iter().map(|(_, word)| (word, ()));
        let [before, after] = bounds(files, faults);
        let (clause, leaders) = clause(files, faults);
        QuantityWords { units: units(files, faults), before, after, idioms: Words::new(idioms), clause, leaders }
    }
}

fn units(files: &Files, faults: &mut Faults) -> Words<Unit> {
    let mut units = Vec::new();
    for row in files.table("units.csv", &["unit", "kind", "code", "not_before"], faults) {
        let kind = match row.cell(1) {
            "count" => UnitKind::Count,
            "place" => UnitKind::Place,
            "money" => UnitKind::Money,
            "percent" => UnitKind::Percent,
            "tenth" => UnitKind::Tenth,
            "measure" => UnitKind::Measure,
            "time" => UnitKind::Time,
            other => {
                let advice = "write count, place, money, percent, tenth, measure or time";
                faults.add(&row.file, row.line, format!("`{other}` is no kind of unit"), advice);
                continue;
            }
        };
        units.push((
            row.cell(0).to_owned(),
            Unit { kind, code: row.cell(2).to_owned(), not_before: row.cell(3).chars().collect() },
        ));
    }
    Words::new(units)
}

/// Bounds before and behind the number.
fn bounds(files: &Files, faults: &mut Faults) -> [Words<BoundWord>; 2] {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for row in files.table("bounds.csv", &["word", "side", "bound", "not_after"], faults) {
        let bound = match row.cell(2) {
            "approx" => Bound::Approx,
            "at_least" => Bound::AtLeast,
            "at_most" => Bound::AtMost,
            "more_than" => Bound::MoreThan,
            "less_than" => Bound::LessThan,
            "power" => Bound::Power,
            other => {
                let advice = "write approx, at_least, at_most, more_than, less_than or power";
                faults.add(&row.file, row.line, format!("`{other}` is no bound"), advice);
                continue;
            }
        };
        let word = (row.cell(0).to_owned(), BoundWord { bound, not_after: row.cell(3).chars().collect() });
        match row.cell(1) {
            "before" => before.push(word),
            "after" => after.push(word),
            other => faults.add(&row.file, row.line, format!("`{other}` is no side"), "write before or after"),
        }
    }
    [Words::new(before), Words::new(after)]
}

fn clause(files: &Files, faults: &mut Faults) -> (Words<Role>, Words<()>) {
    let mut words: Vec<(String, Role)> = Vec::new();
    let mut leaders = Vec::new();
    for row in files.table("clause_words.csv", &["word", "role"], faults) {
        let role = match row.cell(1) {
            "change" => Role::Change,
            "filler" => Role::Filler,
            "stop" => Role::Stop,
            "link" => Role::Link,
            "edge" => Role::Edge,
            "lead" => Role::Lead,
            "modifier" => Role::Modifier,
            "noun" => Role::Noun,
            "leader" => {
                leaders.extend(row.parts(0).map(|word| (word.to_owned(), ())));
                continue;
            }
            other => {
                faults.add(
                    &row.file,
                    row.line,
                    format!("`{other}` is no role"),
                    "write change, filler, stop, link, edge, lead, modifier, leader or noun",
                );
                continue;
            }
        };
        words.extend(row.parts(0).map(|word| (word.to_owned(), role)));
    }
    words.extend(files.list("actions.txt", faults).into_iter().map(|(_, word)| (word, Role::Action)));
    (Words::new(words), Words::new(leaders))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_words_have_no_fault() {
        let mut faults = Faults::default();
        let words = QuantityWords::read(&Files::shipped(), &mut faults);
        assert!(faults.is_empty(), "{faults}");
        let chars: Vec<char> = "个百分点".chars().collect();
        let (length, unit) = words.units.longest(&chars, 0).unwrap();
        assert_eq!((length, unit.kind), (4, UnitKind::Percent));
    }

    #[test]
    fn faults_name_their_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("units.csv"), "unit,kind,code,not_before\n家,many,,\n").unwrap();
        std::fs::write(
            folder.path().join("bounds.csv"),
            "word,side,bound,not_after\n约,left,approx,\n近,before,near,\n",
        )
        .unwrap();
        let mut faults = Faults::default();
        QuantityWords::read(&Files::overlaid(folder.path()), &mut faults);
        let text = faults.to_string();
        for part in ["units.csv:2", "bounds.csv:2", "bounds.csv:3", "no kind of unit", "no side", "no bound"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
