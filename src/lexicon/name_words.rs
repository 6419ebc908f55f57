//! All that the lists say of a word beside or inside a name, in one question.

use rustc_hash::FxHashMap;

use super::{CharSet, Organisations, PairSieve, Persons};

/// A list in which a word may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameClass {
    /// A name can't be continued to the left at it.
    HardStop,
    /// As before, unless a place stands before it.
    SoftStop,
    /// It stands in names, though it is a verb or a time elsewhere.
    Inner,
    /// A trade that ends short names of companies.
    Trade,
    /// A place.
    Place,
    /// A country.
    Country,
    /// It names no one.
    Modifier,
    /// It names no one, but may name the field of a branch.
    FieldModifier,
    /// What one does with organisations.
    Visit,
    /// What an organisation is, before its name.
    Holder,
    /// A preposition before a name.
    Preposition,
    /// What organisations do.
    Deed,
    /// What the items of a list are: organisations.
    Body,
    /// What the items of a list are: something else.
    OtherBody,
    /// It belongs to the office that follows.
    TitlePrefix,
    /// The field of an office.
    TitleField,
}

/// The lists in which a word stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NameClasses(u16);

impl NameClasses {
    /// A bit for each list.
    #[inline]
    pub fn bits(self) -> u16 {
        self.0
    }

    /// The lists of these bits: see [`Self::bits`].
    #[inline]
    pub fn from_bits(bits: u16) -> Self {
        NameClasses(bits)
    }

    /// It stands in this list.
    #[inline]
    pub fn has(self, class: NameClass) -> bool {
        self.0 >> class as u16 & 1 == 1
    }

    /// A name can't be continued to the left at it, or only behind a place.
    #[inline]
    pub fn is_stop(self) -> bool {
        self.has(NameClass::HardStop) || self.has(NameClass::SoftStop)
    }

    /// It names no one.
    pub fn is_modifier(self) -> bool {
        self.has(NameClass::Modifier) || self.has(NameClass::FieldModifier)
    }
}

/// The words of all lists with the lists of each, asked once for every token.
#[derive(Debug, Default)]
pub struct NameWords {
    /// Many words begin none.
    first: CharSet,
    /// First and last characters: they refuse most of the others.
    ends: PairSieve,
    /// By their keys: see [`key`].
    short: FxHashMap<u64, NameClasses>,
    long: FxHashMap<Box<[char]>, NameClasses>,
}

/// A word of four characters at most, all of the basic plane, as a number of its own.
fn key(word: &[char]) -> Option<u64> {
    let plain = word.len() <= 4 && !word.contains(&'\0');
    let mut units = word.iter().map(|c| u16::try_from(*c));
    if plain { units.try_fold(0, |key, unit| Some(key << 16 | u64::from(unit.ok()?))) } else { None }
}

impl NameWords {
    /// The lists in which a word stands.
    pub fn classes(&self, word: &[char]) -> NameClasses {
        let (Some(&first), Some(&last)) = (word.first(), word.last()) else { return NameClasses::default() };
        if !self.first.contains(first) || !self.ends.may_hold(first, last) {
            return NameClasses::default();
        }
        let classes = key(word).map_or_else(|| self.long.get(word), |key| self.short.get(&key));
        classes.copied().unwrap_or_default()
    }

    fn new(words: &[(&str, NameClass)]) -> Self {
        let mut all = NameWords { ends: PairSieve::with_room_for(words.len()), ..NameWords::default() };
        for (word, class) in words {
            let word: Box<[char]> = word.chars().collect();
            let (Some(&first), Some(&last)) = (word.first(), word.last()) else { continue };
            all.first.extend(&[first]);
            all.ends.insert(first, last);
            let classes = match key(&word) {
                Some(key) => all.short.entry(key).or_default(),
                None => all.long.entry(word).or_default(),
            };
            classes.0 |= 1 << *class as u16;
        }
        all
    }
}

pub(super) fn compile(organisations: &Organisations, persons: &Persons) -> NameWords {
    use NameClass as Class;
    let mut words = Vec::new();
    let cues = &organisations.cues;
    let lists = [
        (&organisations.inner_words, Class::Inner),
        (&organisations.trades, Class::Trade),
        (&organisations.places, Class::Place),
        (&cues.visit, Class::Visit),
        (&cues.holder, Class::Holder),
        (&cues.preposition, Class::Preposition),
        (&cues.deed, Class::Deed),
        (&cues.body, Class::Body),
        (&cues.other_body, Class::OtherBody),
    ];
    for (list, class) in lists {
        words.extend(list.words().map(|word| (word, class)));
    }
    let parted = [
        (&organisations.stops, [Class::HardStop, Class::SoftStop]),
        (&organisations.generic_modifiers, [Class::Modifier, Class::FieldModifier]),
    ];
    for (list, classes) in parted {
        words.extend(list.entries().map(|(word, second)| (word, classes[usize::from(*second)])));
    }
    let sets = [
        (&organisations.countries, Class::Country),
        (&persons.title_prefixes, Class::TitlePrefix),
        (&persons.title_fields, Class::TitleField),
    ];
    for (set, class) in sets {
        words.extend(set.iter().map(|word| (word.as_str(), class)));
    }
    NameWords::new(&words)
}

#[cfg(test)]
mod tests {
    use super::super::{Files, Lexicon};
    use super::*;

    #[test]
    fn a_word_has_the_classes_of_its_lists() {
        let lexicon = Lexicon::compile(&Files::shipped()).expect("the dictionaries that ship have no faults");
        let of = |word: &str| lexicon.name_words.classes(&word.chars().collect::<Vec<char>>());
        let organisations = &lexicon.organisations;
        let lists = [&organisations.inner_words, &organisations.places, &organisations.cues.holder];
        let listed = lists.iter().flat_map(|list| list.words()).chain(organisations.stops.words());
        let listed: Vec<&str> = listed.chain(organisations.generic_modifiers.words()).collect();
        assert!(listed.iter().any(|word| word.chars().count() > 6), "words of all lengths");
        for word in listed {
            assert_eq!(of(word).has(NameClass::Inner), organisations.inner_words.contains(word), "{word}");
            assert_eq!(of(word).has(NameClass::Holder), organisations.cues.holder.contains(word), "{word}");
            assert_eq!(of(word).has(NameClass::Place), organisations.places.contains(word), "{word}");
            assert_eq!(of(word).has(NameClass::Country), organisations.countries.contains(word), "{word}");
            assert_eq!(of(word).has(NameClass::HardStop), organisations.stops.get(word) == Some(&false), "{word}");
            assert_eq!(of(word).is_stop(), organisations.stops.contains(word), "{word}");
            assert_eq!(of(word).is_modifier(), organisations.generic_modifiers.contains(word), "{word}");
            assert_eq!(of(word).has(NameClass::TitleField), lexicon.persons.title_fields.contains(word), "{word}");
        }
        assert_eq!(of("不在任何名单里的词"), NameClasses::default());
    }
}
