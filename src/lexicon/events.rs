//! What the names of events are made of.

use rustc_hash::FxHashSet;

use crate::model::{EventKind, OrganiserRole};

use super::{Endings, Faults, Files, Lookup};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventHead {
    /// What it makes of the event.
    pub kind: EventKind,
    /// What must stand with it.
    pub needs: EventNeeds,
}

/// Nouns that end names of events, and the words around such names.
#[derive(Debug)]
pub struct EventWords {
    /// The nouns.
    pub heads: Endings<EventHead>,
    /// Words at which a name can't be continued to the left.
    pub stops: Lookup,
    /// Verbs of holding (举办); also stops.
    pub hold: Lookup,
    /// Verbs of those who come to the event of another (参加); also stops.
    pub join: Lookup,
    /// Words beside the number of those who came.
    pub attend: Lookup,
    /// Words that tell no event from others of its kind.
    pub generic: Lookup,
    /// Words that make another noun of a head that they follow (大赛组委会, committee of a contest).
    pub behind: Lookup,
    /// Verbs that say what an organiser does; also stops.
    pub organising: Lookup<OrganiserRole>,
}

impl EventWords {
    /// Reads and checks `events/heads.csv` and `events/words.csv`.
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let heads = Endings::new(read_heads(files, faults));
        let mut words = EventWords {
            heads,
            stops: Lookup::default(),
            hold: Lookup::default(),
            join: Lookup::default(),
            attend: Lookup::default(),
            generic: Lookup::default(),
            behind: Lookup::default(),
            organising: Lookup::from_iter([]),
        };
        words.read_words(files, faults);
        words
    }

    fn read_words(&mut self, files: &Files, faults: &mut Faults) {
        for row in files.table("events/words.csv", &["words", "role"], faults) {
            let words = || row.parts(0).map(str::to_owned);
            let add = |list: &mut Lookup| words().for_each(|word| list.insert(word, ()));
            match row.cell(1) {
                "stop" => {}
                "hold" => add(&mut self.hold),
                "join" => add(&mut self.join),
                "attend" => add(&mut self.attend),
                "generic" => add(&mut self.generic),
                "behind" => add(&mut self.behind),
                role => match serde_json::from_value::<OrganiserRole>(serde_json::Value::from(role)) {
                    Ok(role) => words().for_each(|word| self.organising.insert(word, role)),
                    Err(_) => {
                        let advice = "write stop, hold, join, attend, generic, behind, host, undertake, assist, guide \
                                      or support";
                        faults.add(&row.file, row.line, format!("`{role}` is no role of a word"), advice);
                        continue;
                    }
                },
            }
            if !matches!(row.cell(1), "attend" | "generic" | "behind") {
                add(&mut self.stops);
            }
        }
    }
}

fn read_heads(files: &Files, faults: &mut Faults) -> Vec<(String, EventHead)> {
    let mut heads = Vec::new();
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
        heads.push((row.cell(0).to_owned(), EventHead { kind, needs }));
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
        let chars: Vec<char> = "会员代表大会".chars().collect();
        let longest = words.heads.longest(&chars, 6).map(|(length, head)| (length, head.kind));
        assert_eq!(longest, Some((6, EventKind::Meeting)));
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
