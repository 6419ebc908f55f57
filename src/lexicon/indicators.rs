//! Indicators: figures that are followed over the years, and the rules that find them among numbers.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::rule_words::{Anchor, RuleLists, RuleSet, RuleWords, WordHit, WordSet};
use super::{Faults, Files};

const FILE: &str = "indicators.toml";

/// What one figure is, such as the members that an association added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its name in the tables, ASCII snake_case.
    pub id: String,
    /// Its name for people, in Chinese.
    pub title: String,
    /// The unit that it is told in where the text gives none.
    pub unit: String,
    /// It is a level at a time (members in all), not a sum over a time (members added).
    pub stock: bool,
    /// Only the association itself has it (its members, its council), whoever its sentence begins with.
    pub own: bool,
    /// A sentence that denies it (没有举办培训班) tells a zero.
    pub zero: bool,
    /// It holds figures of many kinds, which make no series.
    pub rest: bool,
}

/// One way in which an indicator is told. Every part that is given must hold; an empty part always does.
#[derive(Clone, Debug, Default)]
pub struct IndicatorRule {
    /// Index of the indicator.
    pub indicator: u32,
    /// Units, simplified; never empty.
    pub units: Vec<String>,
    /// Words in the thing counted.
    pub object: WordSet,
    /// Verbs that govern the number; `bare` allows for none.
    pub action: WordSet,
    /// A number without a verb will do.
    pub bare: bool,
    /// Only a number of which neither a thing counted nor a verb was read will do.
    pub alone: bool,
    /// A part of a figure told before (其中, of these) will do too.
    pub part: bool,
    /// Words of the clause of the number.
    pub near: WordSet,
    /// Words earlier in the sentence, in its headings or the title.
    pub about: WordSet,
    /// Words right before the number.
    pub lead: WordSet,
    /// Words that may not stand in the clause.
    pub not: WordSet,
    /// Words that may not stand right before the number.
    pub not_lead: WordSet,
    /// Words that may not stand before the number in its sentence.
    pub not_before: WordSet,
}

/// All indicators and the words of their rules.
#[derive(Default)]
pub struct Indicators {
    indicators: Vec<Indicator>,
    rules: Vec<IndicatorRule>,
    /// The rules that name a thing counted, by the words of it.
    by_object: RuleLists,
    /// Those that name none, by their verbs.
    by_action: RuleLists,
    /// The rules that ask for no verb, and with each verb those that it is one of.
    verbless: RuleSet,
    by_verb: FxHashMap<u32, RuleSet>,
    /// The rules that name neither and are found by what the sentence or its heading is about.
    by_topic: RuleLists,
    /// The rules that a unit has.
    by_unit: FxHashMap<String, UnitRules>,
    words: RuleWords,
}

/// The rules that a number with a certain unit may be told by.
#[derive(Clone, Debug, Default)]
pub struct UnitRules {
    /// All of them.
    pub all: RuleSet,
    /// Those that name nothing at all but units, ascending.
    pub open: Vec<u32>,
}

impl std::fmt::Debug for Indicators {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Indicators({}, {} rules)", self.indicators.len(), self.rules.len())
    }
}

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(default)]
    groups: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    indicator: Vec<toml::Spanned<Entry>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    title: String,
    unit: String,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    stock: bool,
    #[serde(default)]
    own: bool,
    #[serde(default)]
    zero: bool,
    #[serde(default)]
    rest: bool,
    rules: Vec<RuleEntry>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RuleEntry {
    units: Vec<String>,
    object: Vec<String>,
    action: Vec<String>,
    near: Vec<String>,
    about: Vec<String>,
    lead: Vec<String>,
    not: Vec<String>,
    not_lead: Vec<String>,
    not_before: Vec<String>,
    any: bool,
    alone: bool,
    part: bool,
}

/// An entry with the file and line it stands at.
struct Placed {
    file: String,
    line: usize,
    entry: Entry,
}

impl Indicators {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut entries: Vec<Placed> = Vec::new();
        for (file, text) in files.documents(FILE, faults) {
            let document: Document = match toml::from_str(&text) {
                Ok(document) => document,
                Err(error) => {
                    let line = error.span().map_or(0, |span| line_at(&text, span.start));
                    let advice = "write it as the shipped dictionaries/indicators.toml is written";
                    faults.add(&file, line, error.message().replace('\n', " "), advice);
                    continue;
                }
            };
            groups.extend(document.groups);
            for spanned in document.indicator {
                let line = line_at(&text, spanned.span().start);
                let placed = Placed { file: file.clone(), line, entry: spanned.into_inner() };
                // a user's indicator takes the place of the shipped one
                match entries.iter_mut().find(|old| old.entry.id == placed.entry.id) {
                    Some(old) if old.file != placed.file => *old = placed,
                    Some(old) => {
                        let problem = format!("the indicator `{}` stands on line {} too", placed.entry.id, old.line);
                        faults.add(&placed.file, placed.line, problem, "give each its own id");
                    }
                    None => entries.push(placed),
                }
            }
        }
        let mut builder = Builder { groups, words: RuleWords::default() };
        let mut found = Indicators::default();
        for placed in &entries {
            builder.add(placed, &mut found, faults);
        }
        let [mut by_object, mut by_action, mut by_topic] = [(); 3].map(|()| vec![Vec::new(); builder.words.len()]);
        let none = UnitRules { all: RuleSet::with_room(found.rules.len()), open: Vec::new() };
        let mut verbless = none.all.clone();
        for (rule, at) in found.rules.iter().zip(0..) {
            for unit in &rule.units {
                found.by_unit.entry(unit.clone()).or_insert_with(|| none.clone()).all.extend(&[at]);
            }
            for verb in rule.action.words() {
                found.by_verb.entry(verb).or_insert_with(|| none.all.clone()).extend(&[at]);
            }
            if rule.action.is_empty() {
                verbless.extend(&[at]);
            }
            let (keys, index) = match (rule.object.is_empty(), rule.action.is_empty(), rule.about.is_empty()) {
                (false, ..) => (&rule.object, &mut by_object),
                (true, false, _) => (&rule.action, &mut by_action),
                (true, true, false) => (&rule.about, &mut by_topic),
                (true, true, true) => {
                    for unit in &rule.units {
                        found.by_unit.entry(unit.clone()).or_insert_with(|| none.clone()).open.push(at);
                    }
                    continue;
                }
            };
            for word in keys.words() {
                let of_word: &mut Vec<u32> = &mut index[word as usize];
                if of_word.last() != Some(&at) {
                    of_word.push(at);
                }
            }
        }
        found.by_verb.values_mut().for_each(|rules| rules.add(&verbless));
        found.verbless = verbless;
        found.by_object = by_object.into_iter().collect();
        found.by_action = by_action.into_iter().collect();
        found.by_topic = by_topic.into_iter().collect();
        builder.words.close();
        found.words = builder.words;
        found
    }

    /// The indicators in the order of the file.
    pub fn indicators(&self) -> &[Indicator] {
        &self.indicators
    }

    /// The rules in the order of the file: the first that holds wins.
    pub fn rules(&self) -> &[IndicatorRule] {
        &self.rules
    }

    /// Adds all words of the rules that occur in `chars`, overlapping ones too, by their start; offsets are shifted by
    /// `base`.
    pub fn find(&self, chars: &[char], base: usize, found: &mut Vec<WordHit>) {
        self.words.find(chars, base, found);
    }

    /// The word of the rules that `text` as a whole is.
    pub fn word(&self, text: &str) -> Option<u32> {
        self.words.get(text)
    }

    /// No rule, with room for all.
    pub fn no_rules(&self) -> RuleSet {
        RuleSet::with_room(self.rules.len())
    }

    /// Indices of the rules that name a word among the things counted, ascending.
    #[inline]
    pub fn rules_counting(&self, word: u32) -> &[u32] {
        self.by_object.of(word)
    }

    /// Indices of the rules that name no thing counted and this verb, ascending.
    #[inline]
    pub fn rules_doing(&self, word: u32) -> &[u32] {
        self.by_action.of(word)
    }

    /// The rules that a number with a verb may be told by: those that name the verb, which is none of their words where it
    /// is `None`, and those that ask for none.
    pub fn rules_with_verb(&self, verb: Option<u32>) -> &RuleSet {
        verb.and_then(|verb| self.by_verb.get(&verb)).unwrap_or(&self.verbless)
    }

    /// The rules that have this unit.
    pub fn rules_with(&self, unit: &str) -> Option<&UnitRules> {
        self.by_unit.get(unit)
    }

    /// Indices of the rules that are found by a topic.
    #[inline]
    pub fn rules_about(&self, word: u32) -> &[u32] {
        self.by_topic.of(word)
    }
}

struct Builder {
    groups: BTreeMap<String, Vec<String>>,
    words: RuleWords,
}

impl Builder {
    fn add(&mut self, placed: &Placed, found: &mut Indicators, faults: &mut Faults) {
        let Placed { file, line, entry } = placed;
        let named =
            !entry.id.is_empty() && entry.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !named {
            let problem = format!("`{}` is no id", entry.id);
            faults.add(file, *line, problem, "write small letters, digits and underscores, such as members_added");
        }
        if entry.title.is_empty() {
            faults.add(file, *line, format!("`{}` has no title", entry.id), "write its name in Chinese");
        }
        let indicator = found.indicators.len() as u32;
        found.indicators.push(Indicator {
            id: entry.id.clone(),
            title: entry.title.clone(),
            unit: entry.unit.clone(),
            stock: entry.stock,
            own: entry.own,
            zero: entry.zero,
            rest: entry.rest,
        });
        for rule in &entry.rules {
            let mut list = |words: &[String]| self.expand(words, placed, faults);
            let units = if rule.units.is_empty() { list(&entry.units) } else { list(&rule.units) };
            let [object, action, near] = [&rule.object, &rule.action, &rule.near].map(|words| list(words));
            let [about, lead] = [&rule.about, &rule.lead].map(|words| list(words));
            let [not, not_lead, not_before] = [&rule.not, &rule.not_lead, &rule.not_before].map(|words| list(words));
            if units.is_empty() {
                faults.add(file, *line, format!("a rule of `{}` has no units", entry.id), "list them in `units`");
            }
            let bare = action.iter().any(String::is_empty);
            if object.is_empty() && action.iter().all(String::is_empty) && about.is_empty() && !(rule.any && entry.rest)
            {
                let problem = format!("a rule of `{}` names neither a thing nor a verb nor a topic", entry.id);
                let advice = "give it `object`, `action` or `about`; only where `rest = true` it may say `any = true`";
                faults.add(file, *line, problem, advice);
            }
            found.rules.push(IndicatorRule {
                indicator,
                units,
                object: self.set(&object),
                action: self.set(&action),
                bare: bare || action.is_empty(),
                alone: rule.alone,
                part: rule.part,
                near: self.set(&near),
                about: self.set(&about),
                lead: self.set(&lead),
                not: self.set(&not),
                not_lead: self.set(&not_lead),
                not_before: self.set(&not_before),
            });
        }
    }

    /// `@name` is the group called so.
    fn expand(&self, words: &[String], placed: &Placed, faults: &mut Faults) -> Vec<String> {
        let mut expanded = Vec::with_capacity(words.len());
        for word in words {
            match word.strip_prefix('@') {
                None => expanded.push(word.clone()),
                Some(name) => match self.groups.get(name) {
                    Some(group) => expanded.extend(group.iter().cloned()),
                    None => {
                        let problem = format!("`{}` uses the group `{name}`, which is not there", placed.entry.id);
                        faults.add(&placed.file, placed.line, problem, format!("add `{name}` below [groups]"));
                    }
                },
            }
        }
        expanded
    }

    /// `^word` stands at the start of its region, `word$` at the end.
    fn set(&mut self, words: &[String]) -> WordSet {
        let mut set: Vec<(u32, Anchor)> = Vec::with_capacity(words.len());
        for word in words {
            let (start, rest) = word.strip_prefix('^').map_or((false, word.as_str()), |rest| (true, rest));
            let (end, plain) = rest.strip_suffix('$').map_or((false, rest), |rest| (true, rest));
            if plain.is_empty() {
                continue;
            }
            set.push((self.words.number(plain), Anchor { start, end }));
        }
        WordSet::new(set)
    }
}

fn line_at(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|b| **b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlaid(text: &str) -> (Indicators, Faults) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        let mut faults = Faults::default();
        let found = Indicators::compile(&Files::overlaid(folder.path()), &mut faults);
        (found, faults)
    }

    #[test]
    fn shipped_rules_have_no_fault_and_cover_forty_indicators() {
        let mut faults = Faults::default();
        let found = Indicators::compile(&Files::shipped(), &mut faults);
        assert!(faults.is_empty(), "{faults}");
        assert!(found.indicators().len() >= 40, "{}", found.indicators().len());
        assert!(found.rules().iter().all(|rule| !rule.units.is_empty()));
    }

    #[test]
    fn words_are_found_where_their_anchor_wants_them() {
        let text = "[groups]\nsome = [\"个\"]\n[[indicator]]\nid = \"a\"\ntitle = \"甲\"\nunit = \"个\"\nunits = [\"@some\"]\n\
                    rules = [{ object = [\"^会员$\", \"队伍\"], action = [\"\", \"有\"] }]\n";
        let (found, faults) = overlaid(text);
        assert!(faults.is_empty(), "{faults}");
        let rule = &found.rules()[0];
        assert!(rule.bare && rule.units == ["个"]);
        let object = |text: &str| {
            let (chars, mut hits): (Vec<char>, _) = (text.chars().collect(), Vec::new());
            found.find(&chars, 0, &mut hits);
            rule.object.hits(&hits, 0, chars.len())
        };
        assert!(object("会员") && object("参赛队伍多"));
        assert!(!object("新会员") && !object("会员大会"));
    }

    #[test]
    fn faults_name_their_line() {
        for (text, line, part) in [
            ("[[indicator]]\nid = \"a\"\nname = 1\n", 3, "unknown field"),
            (
                "\n[[indicator]]\nid = \"A b\"\ntitle = \"甲\"\nunit = \"个\"\nunits=[\"个\"]\nrules = [{action=[\"办\"]}]\n",
                2,
                "is no id",
            ),
            ("[[indicator]]\nid = \"a\"\ntitle = \"甲\"\nunit = \"个\"\nrules = [{action=[\"办\"]}]\n", 1, "no units"),
            (
                "[[indicator]]\nid = \"a\"\ntitle = \"甲\"\nunit = \"个\"\nunits=[\"@x\"]\nrules = [{action=[\"办\"]}]\n",
                1,
                "group `x`",
            ),
            (
                "[[indicator]]\nid = \"a\"\ntitle = \"甲\"\nunit = \"个\"\nunits=[\"个\"]\nrules = [{near=[\"办\"]}]\n",
                1,
                "neither a thing nor a verb nor a topic",
            ),
            ("[[indicator]\n", 1, "indicators.toml"),
        ] {
            let faults = overlaid(text).1.to_string();
            assert!(faults.contains(&format!("indicators.toml:{line}:")) && faults.contains(part), "{text}: {faults}");
        }
    }
}
