//! The places of a text, as the finders of names ask for them: made once and shared by all of them.

use super::pairs::mixed;
use super::words::BASIC;
use super::{CharSet, EventWords, Organisations, Persons, Words};
use crate::model::{CleanText, Token};

/// What may stand where a character does; where its sign is missing, it doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A surname begins.
    Surname,
    /// A title begins.
    Title,
    /// The suffix of an organisation begins.
    Suffix,
    /// A known organisation begins.
    KnownBody,
    /// The head of the name of an event ends.
    EventHead,
    /// An edition begins: 第十四届, 首届, 2024.
    Edition,
    /// The point between the parts of a foreign name.
    Point,
    /// A quotation or a title begins or ends, or a line ends.
    Mark,
}

/// What characters may be signs of: of most lists by two characters, since one alone begins too many words.
pub struct CharSigns {
    /// A bit for each [`Sign`] that a character bears by itself, for those of the basic plane. Those beyond it may be anything.
    alone: Box<[u8; BASIC]>,
    /// The same for pairs of characters, by their hashes.
    pairs: Box<[u8; PAIRS]>,
}

/// Points between the parts of foreign names.
pub const POINTS: [char; 5] = ['·', '•', '・', '‧', '．'];
/// Number of hashes of pairs.
const PAIRS: usize = 1 << 16;

#[inline]
fn hash(first: char, second: char) -> usize {
    (mixed(first, second) >> 16) as usize
}

impl std::fmt::Debug for CharSigns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let signed = |signs: &[u8]| signs.iter().filter(|signs| **signs != 0).count();
        write!(f, "CharSigns({} characters, {} hashes of pairs)", signed(&*self.alone), signed(&*self.pairs))
    }
}

pub(super) fn compile(organisations: &Organisations, persons: &Persons, events: &EventWords) -> CharSigns {
    const EDITIONS: &str = "首第0123456789〇零一二三四五六七八九十百廿卅";
    const MARKS: &str = "\n“”「」『』《》";
    let mut signs = CharSigns { alone: Box::new([0; BASIC]), pairs: Box::new([0; PAIRS]) };
    signs.add(&persons.surnames, Sign::Surname);
    signs.add(&persons.titles, Sign::Title);
    organisations.add_signs(&mut signs);
    let written = |characters: &str| characters.chars().collect::<CharSet>();
    let sets = [
        (events.heads.last(), Sign::EventHead),
        (&written(EDITIONS), Sign::Edition),
        (&POINTS.into_iter().collect(), Sign::Point),
        (&written(MARKS), Sign::Mark),
    ];
    sets.into_iter().for_each(|(set, sign)| signs.add_characters(set, sign));
    signs
}

impl CharSigns {
    /// The words begin where this sign is.
    pub(super) fn add<T>(&mut self, words: &Words<T>, sign: Sign) {
        self.add_characters(words.single(), sign);
        words.pairs().for_each(|(first, second)| self.pairs[hash(first, second)] |= 1 << sign as u8);
    }

    fn add_characters(&mut self, set: &CharSet, sign: Sign) {
        set.basic().for_each(|c| self.alone[c as usize] |= 1 << sign as u8);
    }

    /// The signs of a character before another one.
    #[inline]
    fn of_pair(&self, c: char, next: char) -> u8 {
        self.alone.get(c as usize).map_or(u8::MAX, |alone| alone | self.pairs[hash(c, next)])
    }

    /// The places of a text with these words.
    pub fn places(&self, text: &CleanText, tokens: &[Token]) -> Places {
        let chars = text.chars();
        let mut signs = vec![0; chars.len().next_multiple_of(EIGHT)];
        for (signs, pair) in signs.iter_mut().zip(chars.windows(2)) {
            *signs = self.of_pair(pair[0], pair[1]);
        }
        if let [.., last] = *chars {
            signs[chars.len() - 1] = self.of_pair(last, '\n');
        }
        Places { signs, tokens: token_at(chars.len(), tokens) }
    }
}

/// Characters whose signs are asked in a step.
const EIGHT: usize = 8;

/// For each of so many characters, and the end, the first token that ends behind it.
fn token_at(characters: usize, tokens: &[Token]) -> Vec<u32> {
    // words are short: a few places are filled in a step, more than the word has, and the next word puts its own there
    const STEP: usize = 4;
    let mut all = vec![tokens.len() as u32; characters + 1 + STEP];
    let mut end = 0;
    for (token, at) in tokens.iter().zip(0..) {
        let start = end;
        end = token.span.end();
        if let Some(step) = all[start..].first_chunk_mut() {
            *step = [at; STEP];
        }
        if end > start + STEP {
            all[start + STEP..end].fill(at);
        }
    }
    all[end..].fill(tokens.len() as u32);
    all
}

/// The places of one text.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The signs of each character, and of some behind the last, which bear none.
    signs: Vec<u8>,
    tokens: Vec<u32>,
}

impl Places {
    /// Index of the first token that ends behind `at`; the number of tokens where none does.
    #[inline]
    pub fn token(&self, at: usize) -> usize {
        self.tokens.get(at).or(self.tokens.last()).map_or(0, |token| *token as usize)
    }

    /// Where characters bear this sign, in order; here and there, where they bear none.
    #[inline]
    pub fn all(&self, sign: Sign) -> impl Iterator<Item = usize> + Clone + use<'_> {
        const LOWEST_OF_EACH: u64 = 0x0101_0101_0101_0101;
        let mut rest = self.signs.as_chunks::<EIGHT>().0.iter();
        let (mut open, mut behind) = (0_u64, 0);
        std::iter::from_fn(move || {
            while open == 0 {
                open = u64::from_le_bytes(*rest.next()?) >> sign as u8 & LOWEST_OF_EACH;
                behind += EIGHT;
            }
            let at = behind - EIGHT + open.trailing_zeros() as usize / 8;
            open &= open - 1;
            Some(at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Files, Lexicon};
    use super::*;
    use crate::model::{PartOfSpeech, Span};

    fn text(written: &str) -> CleanText {
        CleanText::new(written.chars().enumerate().map(|(at, c)| (c, Span::new(at, at + 1))))
    }

    #[test]
    fn signs_stand_where_their_characters_do() {
        let lexicon = Lexicon::compile(&Files::shipped()).expect("the dictionaries that ship have no faults");
        let text = text("第十届“东海论坛”由东海省轴承协会会长李国强主持,让·保罗到会。\n\u{20001}《年鉴》");
        let places = lexicon.signs.places(&text, &[]);
        let signed = |sign: Sign, expected: &str| {
            let found: Vec<usize> = places.all(sign).collect();
            let all = |at: usize| expected.contains(text.chars()[at]);
            let missing: Vec<usize> = (0..text.chars().len()).filter(|at| all(*at) && !found.contains(at)).collect();
            assert!(missing.is_empty(), "{sign:?}: {missing:?}");
            let others = found.iter().filter(|at| !all(**at) && text.chars()[**at] <= '\u{ffff}').count();
            assert!(others * 2 <= text.chars().len(), "{sign:?}: {others} others");
        };
        signed(Sign::Surname, "李\u{20001}");
        signed(Sign::Title, "\u{20001}");
        signed(Sign::Suffix, "协");
        signed(Sign::EventHead, "坛会");
        signed(Sign::Edition, "第十");
        signed(Sign::Point, "·\u{20001}");
        signed(Sign::Mark, "“”\n《》");
        assert!(places.all(Sign::Title).any(|at| text.chars()[at..].starts_with(&['会', '长'])));
        assert!(lexicon.signs.places(&CleanText::default(), &[]).all(Sign::Mark).next().is_none());
    }

    #[test]
    fn each_place_has_the_token_that_ends_behind_it() {
        let lexicon = Lexicon::compile(&Files::shipped()).expect("the dictionaries that ship have no faults");
        let spans = [(0, 1), (2, 9), (9, 10), (11, 12)];
        let token = |(start, end)| Token { span: Span::new(start, end), pos: PartOfSpeech::default(), word: None };
        let tokens = spans.map(token);
        let places = lexicon.signs.places(&text("一 二三四五六七八九 十 "), &tokens);
        let found: Vec<usize> = (0..=13).map(|at| places.token(at)).collect();
        assert_eq!(found, [0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, 3, 4, 4]);
        assert_eq!(places.token(99), 4);
    }
}
