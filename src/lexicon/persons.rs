//! What names of people are made of, and the words that stand around them.

use rustc_hash::FxHashSet;

use super::{CharSet, Endings, Faults, Files, Row, Words};

/// How much a surname says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurnameStrength {
    /// Seldom anything but a surname.
    Plain,
    /// A common word too (高, high; 于, at).
    Word,
    /// Nearly always something else.
    Rare,
}

/// What a title is, and where it may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleKind {
    /// An office that associations have (会长, president).
    Association,
    /// Any other office (局长, head of a bureau).
    Office,
    /// An office that takes a field before it (技术总监, technical director).
    Post,
    /// A degree or profession (教授, professor).
    Academic,
    /// What a person is in the text (记者, journalist), right before the name.
    Role,
    /// A label with a colon that is the person's title (起草人, drafter).
    Label,
    /// A label that gives no title (联系人, contact).
    Contact,
    /// A form of address behind the name (女士, Ms).
    Address,
}

/// The kinds of one title: a word may be a label in one place and an office in another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TitleKinds(u8);

impl TitleKinds {
    /// It is of this kind, among others.
    pub fn has(self, kind: TitleKind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }

    /// It is of one of these kinds.
    pub fn has_any(self, kinds: &[TitleKind]) -> bool {
        kinds.iter().any(|kind| self.has(*kind))
    }

    fn with(self, kind: TitleKind) -> Self {
        TitleKinds(self.0 | 1 << kind as u8)
    }
}

/// What a word beside a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CueRole {
    /// Behind the name: what people do (表示, say).
    After,
    /// Behind the name, and behind much else (在, at).
    Particle,
    /// Behind the name and before the office that the person takes (当选, is elected).
    Election,
    /// Before a name (聘请, engage).
    Before,
    /// Before a name, and before much else (对, to).
    Preposition,
    /// Behind a name that something else bears (思想, thought; 奖学金, scholarship).
    NamedAfter,
}

/// Before which titles a word is a part of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrefixUse {
    /// Any (常务副, executive deputy).
    Any,
    /// Posts: it is a field or a department (技术, technical).
    Posts,
}

/// Dictionaries of names and titles, compiled.
#[derive(Debug, Default)]
pub struct Persons {
    /// Surnames.
    pub surnames: Words<SurnameStrength>,
    /// Characters that stand often in given names.
    pub given: CharSet,
    /// Characters that foreign names are written with.
    pub transliteration: CharSet,
    /// Words that look like names and are none.
    pub not_names: Words<()>,
    /// Titles and labels.
    pub titles: Words<TitleKinds>,
    /// The characters that they end with.
    pub title_ends: CharSet,
    /// Words before an office that belong to it (常务副, executive deputy).
    pub title_prefixes: FxHashSet<String>,
    /// Fields and departments before a post.
    pub title_fields: FxHashSet<String>,
    /// Both, by where they end.
    pub before_titles: Endings<PrefixUse>,
    /// Words behind a name.
    pub after: Words<CueRole>,
    /// Words before a name.
    pub before: Endings<CueRole>,
}

impl Persons {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let surnames = files.table("persons/surnames.csv", &["surname", "strength"], faults);
        let surnames = Words::new(surnames.iter().filter_map(|row| {
            let strength = match row.cell(1) {
                "plain" => SurnameStrength::Plain,
                "word" => SurnameStrength::Word,
                "rare" => SurnameStrength::Rare,
                other => return refuse(row, other, "strength", "plain, word or rare", faults),
            };
            Some((row.cell(0).to_owned(), strength))
        }));
        let titles = files.table("persons/titles.csv", &["title", "kinds"], faults);
        let title_ends = titles.iter().filter_map(|row| row.cell(0).chars().last()).collect();
        let titles = Words::new(titles.iter().map(|row| (row.cell(0).to_owned(), title_kinds(row, faults))));
        let mut list = |name| files.list(name, faults).into_iter().map(|(_, word)| word).collect::<FxHashSet<String>>();
        let title_prefixes = list("persons/title_prefixes.txt");
        let title_fields = list("persons/title_fields.txt");
        let mut characters =
            |name| list(name).iter().flat_map(|line| line.chars().collect::<Vec<_>>()).collect::<CharSet>();
        let given = characters("persons/given.txt");
        let transliteration = characters("persons/transliteration.txt");
        let not_names = Words::new(list("persons/not_names.txt").into_iter().map(|word| (word, ())));
        let mut persons =
            Persons { surnames, given, transliteration, not_names, titles, title_ends, ..Persons::default() };
        let before_any = title_prefixes.iter().map(|word| (word.clone(), PrefixUse::Any));
        let before_posts = title_fields.iter().map(|word| (word.clone(), PrefixUse::Posts));
        persons.before_titles = Endings::new(before_any.chain(before_posts));
        (persons.title_prefixes, persons.title_fields) = (title_prefixes, title_fields);
        persons.read_cues(files, faults);
        persons
    }

    fn read_cues(&mut self, files: &Files, faults: &mut Faults) {
        let (mut after, mut before, mut prepositions) = (Vec::new(), Vec::new(), Vec::new());
        for row in files.table("persons/cues.csv", &["word", "role"], faults) {
            let word = row.cell(0).to_owned();
            match row.cell(1) {
                "after" => after.push((word, CueRole::After)),
                "particle" => after.push((word, CueRole::Particle)),
                "election" => after.push((word, CueRole::Election)),
                "named_after" => after.push((word, CueRole::NamedAfter)),
                "before" => before.push((word, CueRole::Before)),
                "preposition" => prepositions.push((word, CueRole::Preposition)),
                other => {
                    let advice = "after, particle, election, named_after, before or preposition";
                    refuse::<()>(&row, other, "role", advice, faults);
                }
            }
        }
        self.after = Words::new(after);
        // a word that is both says what the surer one does
        self.before = Endings::new(before.into_iter().chain(prepositions));
    }
}

fn title_kinds(row: &Row, faults: &mut Faults) -> TitleKinds {
    let mut kinds = TitleKinds::default();
    for part in row.parts(1) {
        kinds = kinds.with(match part {
            "association" => TitleKind::Association,
            "office" => TitleKind::Office,
            "post" => TitleKind::Post,
            "academic" => TitleKind::Academic,
            "role" => TitleKind::Role,
            "label" => TitleKind::Label,
            "contact" => TitleKind::Contact,
            "address" => TitleKind::Address,
            other => {
                let advice = "association, office, post, academic, role, label, contact or address";
                refuse::<()>(row, other, "kind of title", advice, faults);
                continue;
            }
        });
    }
    kinds
}

fn refuse<T>(row: &Row, found: &str, what: &str, advice: &str, faults: &mut Faults) -> Option<T> {
    faults.add(&row.file, row.line, format!("`{found}` is no {what}"), format!("write {advice}"));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_dictionaries_are_whole() {
        let mut faults = Faults::default();
        let persons = Persons::compile(&Files::shipped(), &mut faults);
        assert!(faults.is_empty(), "{faults}");
        let chars: Vec<char> = "欧阳".chars().collect();
        assert_eq!(persons.surnames.longest(&chars, 0), Some((2, &SurnameStrength::Plain)));
        let chars: Vec<char> = "指导教师".chars().collect();
        let (length, kinds) = persons.titles.longest(&chars, 0).unwrap();
        assert!(length == 4 && kinds.has(TitleKind::Role) && kinds.has(TitleKind::Label));
        assert!(!kinds.has_any(&[TitleKind::Address, TitleKind::Contact]));
    }
}
