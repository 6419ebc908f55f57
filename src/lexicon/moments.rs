//! Words that tell when a number is told of.

use super::{CharSet, Faults, Files, Words};

/// What a word says of the time and the truth of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentRole {
    /// Told of the time under review (如今, today).
    Now,
    /// Told as done (已, already).
    Firm,
    /// Told as not come about (原定, originally planned; 未, not).
    Void,
    /// A change begins from what follows (由, from).
    Begin,
    /// A change (增加, grow).
    Change,
    /// Behind a length of time: all of it (来, over).
    Several,
    /// A sentence that begins with it tells of the event itself (会议, the meeting), not of what is looked back on.
    Event,
}

/// Words of `moments.csv`.
#[derive(Clone, Debug, Default)]
pub struct MomentWords {
    /// By their first character.
    pub words: Words<MomentRole>,
    /// First characters of the words of [`MomentRole::Void`].
    voids: CharSet,
    /// First characters of the words that [`Self::telling`] finds.
    tell: CharSet,
}

/// Roles of words that stand before a number and tell of its time.
const TELL: [MomentRole; 3] = [MomentRole::Now, MomentRole::Firm, MomentRole::Begin];

impl MomentWords {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let mut words = Vec::new();
        for row in files.table("moments.csv", &["word", "role"], faults) {
            let role = match row.cell(1) {
                "now" => MomentRole::Now,
                "firm" => MomentRole::Firm,
                "void" => MomentRole::Void,
                "begin" => MomentRole::Begin,
                "change" => MomentRole::Change,
                "several" => MomentRole::Several,
                "event" => MomentRole::Event,
                other => {
                    let advice = "write now, firm, void, begin, change, several or event";
                    faults.add(&row.file, row.line, format!("`{other}` is no role"), advice);
                    continue;
                }
            };
            words.extend(row.parts(0).map(|word| (word.to_owned(), role)));
        }
        let first = |roles: &[MomentRole]| {
            let words = words.iter().filter(|(_, role)| roles.contains(role));
            words.filter_map(|(word, _)| word.chars().next()).collect()
        };
        MomentWords { voids: first(&[MomentRole::Void]), tell: first(&TELL), words: Words::new(words) }
    }

    /// A word of [`MomentRole::Void`] begins at `at`, which is in the text.
    #[inline]
    pub fn voids(&self, chars: &[char], at: usize) -> bool {
        self.voids.contains(chars[at]) && self.is(chars, at, MomentRole::Void)
    }

    /// The words that begin in `[start, end)` and are of [`MomentRole::Now`], [`MomentRole::Firm`] or
    /// [`MomentRole::Begin`], in order, and where: `found` becomes these.
    pub fn telling(&self, chars: &[char], start: usize, end: usize, found: &mut Vec<(usize, MomentRole)>) {
        found.clear();
        for (ahead, c) in chars[start..end].iter().enumerate() {
            if !self.tell.contains(*c) {
                continue;
            }
            let at = start + ahead;
            let word = self.words.longest(chars, at).map(|(_, role)| *role);
            found.extend(word.filter(|role| TELL.contains(role)).map(|role| (at, role)));
        }
    }

    /// A word of `role` begins at `at`.
    pub fn is(&self, chars: &[char], at: usize, role: MomentRole) -> bool {
        self.words.longest(chars, at).is_some_and(|(_, found)| *found == role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_and_faults_told() {
        let mut faults = Faults::default();
        let words = MomentWords::compile(&Files::shipped(), &mut faults);
        assert!(faults.is_empty(), "{faults}");
        let chars: Vec<char> = "如今已有".chars().collect();
        assert!(words.is(&chars, 0, MomentRole::Now) && words.is(&chars, 2, MomentRole::Firm));
        let mut found = Vec::new();
        words.telling(&chars, 0, 4, &mut found);
        assert_eq!(found, [(0, MomentRole::Now), (2, MomentRole::Firm)]);
        words.telling(&chars, 1, 2, &mut found);
        assert!(found.is_empty());
        let denied: Vec<char> = "未能".chars().collect();
        assert!(words.voids(&denied, 0) && !words.voids(&denied, 1));
        assert!(!words.is(&chars, 3, MomentRole::Firm) && !words.is(&chars, 9, MomentRole::Now));

        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("moments.csv"), "word,role\n已,never\n").unwrap();
        MomentWords::compile(&Files::overlaid(folder.path()), &mut faults);
        assert!(faults.to_string().contains("moments.csv:2: `never` is no role"), "{faults}");
    }
}
