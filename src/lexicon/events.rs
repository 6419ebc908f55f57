//! What the names of events are made of.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{EventKind, OrganiserRole};

use super::{Faults, Files};

/// What must stand with a head noun for it to name one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventNeeds {
    /// Nothing: it always means one event (成立大会, founding assembly).
    Nothing,
    /// Words that tell what it is about.
    Topic,
    /// Many of them, behind a verb of holding: the noun is a common one (活动, activity).
    Phrase,
    /// An edition, a leading year, the name of an organisation or quotation marks.
    Edition,
    /// The number of a session: without one the noun is the body that meets (理事会, council).
    Session,
    /// Quotation marks.
    Quotes,
}

/// A noun that ends names of events.
#[derive(Clone, Debug)]
pub struct EventHead {
    /// The noun.
    pub text: String,
    /// What it makes of the event.
    pub kind: EventKind,
    /// What must stand with it.
    pub needs: EventNeeds,
}

/// Nouns that end names of events, and the words around such names.
#[derive(Default)]
pub struct EventWords {
    heads: Vec<EventHead>,
    matcher: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Words at which a name can't be continued to the left.
    pub stops: FxHashSet<String>,
    /// Verbs of holding (举办); also stops.
    pub hold: FxHashSet<String>,
    /// Verbs of those who come to the event of another (参加); also stops.
    pub join: FxHashSet<String>,
    /// Words beside the number of those who came.
    pub attend: FxHashSet<String>,
    /// Words that tell no event from others of its kind.
    pub generic: FxHashSet<String>,
    /// Words that make another noun of a head that they follow (大赛组委会, committee of a contest).
    pub behind: FxHashSet<String>,
    /// Verbs that say what an organiser does; also stops.
    pub organising: FxHashMap<String, OrganiserRole>,
}

impl std::fmt::Debug for EventWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EventWords({} heads, {} stops)", self.heads.len(), self.stops.len())
    }
}

impl EventWords {
    /// Reads and checks `events/heads.csv` and `events/words.csv`.
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let heads = read_heads(files, faults);
        let matcher = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(heads.iter().map(|head| head.text.as_str()))
            .ok();
        let mut words = EventWords { heads, matcher, ..EventWords::default() };
        words.read_words(files, faults);
        words
    }

    /// Head nouns in `text`, ascending by their ends, overlapping ones included: (first byte, behind the last byte,
    /// head).
    pub fn heads<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize, &'t EventHead)> + 't {
        self.matcher
            .iter()
            .flat_map(move |m| m.find_overlapping_iter(text))
            .map(|m| (m.start(), m.end(), &self.heads[m.value() as usize]))
    }

    fn read_words(&mut self, files: &Files, faults: &mut Faults) {
        for row in files.table("events/words.csv", &["words", "role"], faults) {
            let words = || row.parts(0).map(str::to_owned);
            match row.cell(1) {
                "stop" => {}
                "hold" => self.hold.extend(words()),
                "join" => self.join.extend(words()),
                "attend" => self.attend.extend(words()),
                "generic" => self.generic.extend(words()),
                "behind" => self.behind.extend(words()),
                role => match serde_json::from_value::<OrganiserRole>(serde_json::Value::from(role)) {
                    Ok(role) => self.organising.extend(words().map(|word| (word, role))),
                    Err(_) => {
                        let advice = "write stop, hold, join, attend, generic, behind, host, undertake, assist, guide \
                                      or support";
                        faults.add(&row.file, row.line, format!("`{role}` is no role of a word"), advice);
                        continue;
                    }
                },
            }
            if !matches!(row.cell(1), "attend" | "generic" | "behind") {
                self.stops.extend(words());
            }
        }
    }
}

fn read_heads(files: &Files, faults: &mut Faults) -> Vec<EventHead> {
    let mut heads: Vec<EventHead> = Vec::new();
    let mut seen = FxHashSet::default();
    for row in files.table("events/heads.csv", &["head", "kind", "needs"], faults) {
        let needs = match row.cell(2) {
            "nothing" => EventNeeds::Nothing,
            "topic" => EventNeeds::Topic,
            "phrase" => EventNeeds::Phrase,
            "edition" => EventNeeds::Edition,
            "session" => EventNeeds::Session,
            "quotes" => EventNeeds::Quotes,
            other => {
                let advice = "write nothing, topic, phrase, edition, session or quotes";
                faults.add(&row.file, row.line, format!("`{other}` is nothing a head needs"), advice);
                continue;
            }
        };
        let Ok(kind) = serde_json::from_value::<EventKind>(serde_json::Value::from(row.cell(1))) else {
            let advice = "write conference, forum, exhibition, contest, training, meeting, visit, launch, ceremony or \
                          other";
            faults.add(&row.file, row.line, format!("`{}` is no kind of event", row.cell(1)), advice);
            continue;
        };
        if row.cell(0).is_empty() || !seen.insert(row.cell(0).to_owned()) {
            let problem = format!("the head `{}` is empty or stands twice", row.cell(0));
            faults.add(&row.file, row.line, problem, "leave one row for it");
            continue;
        }
        heads.push(EventHead { text: row.cell(0).to_owned(), kind, needs });
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_words_have_no_fault() {
        let mut faults = Faults::default();
        let words = EventWords::compile(&Files::shipped(), &mut faults);
        assert!(faults.is_empty(), "{faults}");
        let longest = words.heads("会员代表大会").map(|(start, _, head)| (start, head.kind)).min();
        assert_eq!(longest, Some((0, EventKind::Meeting)));
        assert!(words.stops.contains("举办") && words.stops.contains("主办") && !words.stops.contains("系列"));
    }

    #[test]
    fn faults_name_their_line() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("events")).unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join("events").join(name), text).unwrap();
        write(
            "heads.csv",
            "head,kind,needs\n大会,party,topic\n论坛,forum,luck\n年会,conference,topic\n年会,forum,topic\n",
        );
        write("words.csv", "words,role\n举办,hold\n为,nothing\n");
        let mut faults = Faults::default();
        EventWords::compile(&Files::overlaid(folder.path()), &mut faults);
        let text = faults.to_string();
        for part in ["heads.csv:2", "heads.csv:3", "heads.csv:5", "words.csv:3", "no kind of event", "stands twice"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
