//! The sentences behind the figures: each once, by number.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::collect::Place;

/// Characters of a sentence that the report shows.
const SENTENCE_CHARACTERS: usize = 300;

/// A sentence as the report shows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sentence {
    /// Key of its document.
    pub document: String,
    /// Its number in the document, from 1.
    pub number: u64,
    /// Page, where the format has pages.
    pub page: Option<u64>,
    /// Its text.
    pub text: String,
}

enum Source {
    Place(Place),
    Given(Sentence),
}

/// Sentences wanted, in the order in which they were asked for; at most so many.
pub(super) struct Pool {
    room: usize,
    wanted: Vec<Source>,
    places: FxHashMap<Place, u32>,
    given: FxHashMap<(String, u64), u32>,
    left_out: u64,
}

/// What stands in the page: documents, and for each sentence the index of its document, number, page and text.
#[derive(Debug, Default, Serialize)]
pub(super) struct Texts {
    documents: Vec<String>,
    sentences: Vec<(usize, u64, Option<u64>, String)>,
}

impl Pool {
    /// A pool for `room` sentences.
    pub fn new(room: usize) -> Self {
        Pool { room, wanted: Vec::new(), places: FxHashMap::default(), given: FxHashMap::default(), left_out: 0 }
    }

    /// Numbers of the sentences at these places; those for which there is no room are left out and counted.
    pub fn want(&mut self, places: &[Place]) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(places.len());
        for place in places {
            match self.places.get(place) {
                Some(number) => numbers.push(*number),
                None => numbers.extend(self.take(Source::Place(*place)).inspect(|number| {
                    self.places.insert(*place, *number);
                })),
            }
        }
        numbers
    }

    /// The number of a sentence whose text is at hand.
    pub fn give(&mut self, sentence: Sentence) -> Option<u32> {
        let key = (sentence.document.clone(), sentence.number);
        if let Some(number) = self.given.get(&key) {
            return Some(*number);
        }
        let number = self.take(Source::Given(sentence))?;
        self.given.insert(key, number);
        Some(number)
    }

    fn take(&mut self, source: Source) -> Option<u32> {
        if self.wanted.len() >= self.room {
            self.left_out += 1;
            return None;
        }
        self.wanted.push(source);
        Some(self.wanted.len() as u32 - 1)
    }

    /// Sentences for which there was no room.
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// Sentences that are shown.
    pub fn len(&self) -> usize {
        self.wanted.len()
    }

    /// Reads the texts; `fetch` gives the sentences of places, which ascend, in the same order.
    pub fn read<E>(self, fetch: impl FnOnce(&[Place]) -> Result<Vec<Sentence>, E>) -> Result<Texts, E> {
        let mut places: Vec<Place> = self.places.keys().copied().collect();
        places.sort_unstable();
        let fetched: FxHashMap<Place, Sentence> = places.iter().copied().zip(fetch(&places)?).collect();
        let mut texts = Texts::default();
        let mut documents: BTreeMap<String, usize> = BTreeMap::new();
        for source in self.wanted {
            let sentence = match &source {
                Source::Place(place) => fetched.get(place),
                Source::Given(sentence) => Some(sentence),
            };
            let Some(sentence) = sentence else {
                // numbers behind it must stay what they are
                texts.sentences.push((0, 0, None, String::new()));
                continue;
            };
            let document = *documents.entry(sentence.document.clone()).or_insert_with(|| {
                texts.documents.push(sentence.document.clone());
                texts.documents.len() - 1
            });
            let text = shortened(&sentence.text, SENTENCE_CHARACTERS);
            texts.sentences.push((document, sentence.number, sentence.page, text));
        }
        Ok(texts)
    }
}

/// A text of at most so many characters, line ends as blanks; what is cut shows as `…`.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    let mut kept: String = text.chars().take(characters).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(characters).is_some() {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(document: u32, sentence: u32) -> Place {
        Place { document, sentence }
    }

    #[test]
    fn a_sentence_is_read_once_and_what_has_no_room_is_counted() {
        let mut pool = Pool::new(2);
        assert_eq!(pool.want(&[place(1, 0), place(0, 4)]), [0, 1]);
        assert_eq!(pool.want(&[place(0, 4), place(7, 7)]), [1]);
        assert_eq!((pool.left_out(), pool.len()), (1, 2));
        let texts = pool.read(|places| {
            assert_eq!(places, [place(0, 4), place(1, 0)]);
            let sentence = |document: &str, number| Sentence {
                document: document.to_owned(),
                number,
                page: None,
                text: format!("第\n{number}句"),
            };
            Ok::<_, ()>(vec![sentence("甲", 5), sentence("乙", 1)])
        });
        let texts = texts.unwrap();
        assert_eq!(texts.documents, ["乙", "甲"]);
        assert_eq!(texts.sentences, [(0, 1, None, "第 1句".to_owned()), (1, 5, None, "第 5句".to_owned())]);
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(shortened("协会年会", 4), "协会年会");
        assert_eq!(shortened("协会年会", 3), "协会年…");
    }
}
