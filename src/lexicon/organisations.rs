//! What the names of organisations are made of.

use rustc_hash::FxHashSet;

use crate::model::OrganisationKind;

use super::{CharSigns, Endings, Faults, Files, Lookup, Places, Row, Sign, Words};

/// What must stand before a suffix for it to end a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Words that tell one organisation from others of its kind.
    Name,
    /// The field of a branch.
    Topic,
    /// A place, or 省, 市, 区, 县 for the one that is meant.
    Place,
    /// A place or country that is known, right at the beginning.
    Region,
    /// Another organisation that it is a part of.
    Parent,
    /// Nothing makes a name of it: 办公会 (a meeting) is no 公会 (a guild).
    Nothing,
}

/// A word that ends names.
#[derive(Clone, Debug)]
pub struct Suffix {
    /// The word.
    pub text: String,
    /// What it makes of the name.
    pub kind: OrganisationKind,
    /// What must stand before it.
    pub needs: Needs,
}

/// A body that is known by name.
#[derive(Clone, Debug)]
pub struct KnownBody {
    /// Canonical name.
    pub name: String,
    /// What it is.
    pub kind: OrganisationKind,
}

/// Words that stand beside the names of organisations, by the side they stand on.
#[derive(Debug, Default)]
pub struct NameCues {
    /// Before a name: what one does with organisations (走访, call on).
    pub visit: Lookup,
    /// Before a name: what it is (会员单位, member).
    pub holder: Lookup,
    /// Before a name, and before much else (由, by).
    pub preposition: Lookup,
    /// Behind a name: what organisations do (承办, host).
    pub deed: Lookup,
    /// Behind a list of names: what they are (企业, enterprises).
    pub body: Lookup,
    /// Behind a list: what its items are when they are no names of organisations (行业, trades).
    pub other_body: Lookup,
}

/// Dictionaries of names, compiled.
pub struct Organisations {
    suffixes: Vec<Suffix>,
    suffix_words: Words<usize>,
    suffix_endings: Endings<usize>,
    known: Vec<KnownBody>,
    /// The body of each spelling.
    known_names: Lookup<u32>,
    known_words: Words<u32>,
    /// Words at which a name can't be continued to the left; `true` where a place before them lifts that.
    pub stops: Lookup<bool>,
    /// Words inside names that are verbs or times elsewhere.
    pub inner_words: Lookup,
    /// Words that name no one; `true` where they may name the field of a branch.
    pub generic_modifiers: Lookup<bool>,
    /// Trades that end short names of companies.
    pub trades: Lookup,
    /// The same trades, asked which begins at a character.
    pub trade_words: Words<()>,
    /// The same trades, asked which ends at a character.
    pub trade_endings: Endings<()>,
    /// Words beside names.
    pub cues: NameCues,
    /// Provinces, prefectures, counties, by full and short name.
    pub places: Lookup,
    /// Countries, which are among the places.
    pub countries: FxHashSet<String>,
    /// Longest name of a place, in characters.
    pub longest_place: usize,
    /// Names of departments with 和, 与 inside, and the characters before it.
    pub joined_departments: Vec<(usize, Vec<char>)>,
    /// Short form and full form of departments (工信 and 工业和信息化).
    pub departments: Vec<(String, String)>,
}

impl std::fmt::Debug for Organisations {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Organisations({} suffixes, {} known, {} places)",
            self.suffixes.len(),
            self.known.len(),
            self.places.len()
        )
    }
}

impl Organisations {
    pub(super) fn compile(files: &Files, faults: &mut Faults) -> Self {
        let suffixes = read_suffixes(files, faults);
        let (known, known_names) = read_known(files, faults);
        let table = files.table("organisations/places.csv", &["place", "level"], faults);
        let places: Lookup = table.iter().map(|r| r.cell(0).to_owned()).collect();
        let countries = table.iter().filter(|r| r.cell(1) == "country").map(|r| r.cell(0).to_owned()).collect();
        let mut set = |name| files.list(name, faults).into_iter().map(|(_, word)| word).collect::<Lookup>();
        let inner_words = set("organisations/inner_words.txt");
        let trades = set("organisations/trades.txt");
        let departments = files.table("organisations/departments.csv", &["name", "short"], faults);
        let joined = departments.iter().filter_map(|row| {
            let name: Vec<char> = row.cell(0).chars().collect();
            Some((name.iter().position(|c| matches!(c, '和' | '与'))?, name))
        });
        let short = departments.iter().filter(|row| !row.cell(1).is_empty());
        Organisations {
            suffix_words: Words::new(suffixes.iter().zip(0..).map(|(s, at)| (s.text.clone(), at))),
            suffix_endings: Endings::new(suffixes.iter().zip(0..).map(|(s, at)| (s.text.clone(), at))),
            suffixes,
            known_words: Words::new(known_names.iter().cloned()),
            known,
            known_names: known_names.into_iter().collect(),
            stops: read_two(files, "organisations/stops.csv", ["word", "strength"], ["hard", "soft"], faults),
            inner_words,
            generic_modifiers: read_two(
                files,
                "organisations/generic_modifiers.csv",
                ["word", "scope"],
                ["any", "name"],
                faults,
            ),
            trade_endings: Endings::new(trades.words().map(|trade| (trade.to_owned(), ()))),
            trade_words: Words::new(trades.words().map(|trade| (trade.to_owned(), ()))),
            trades,
            cues: read_cues(files, faults),
            longest_place: places.words().map(|p| p.chars().count()).max().unwrap_or(0),
            places,
            countries,
            joined_departments: joined.collect(),
            departments: short.map(|row| (row.cell(1).to_owned(), row.cell(0).to_owned())).collect(),
        }
    }

    /// Suffixes in a text, leftmost and longest first: (first character, behind the last character, suffix).
    pub fn suffixes<'t>(
        &'t self,
        chars: &'t [char],
        places: &'t Places,
    ) -> impl Iterator<Item = (usize, usize, &'t Suffix)> + 't {
        let found = self.suffix_words.matches(chars, places.all(Sign::Suffix));
        found.map(|(start, end, suffix)| (start, end, &self.suffixes[*suffix]))
    }

    /// Known bodies in a text: (first character, behind the last character, body).
    pub fn known<'t>(
        &'t self,
        chars: &'t [char],
        places: &'t Places,
    ) -> impl Iterator<Item = (usize, usize, &'t KnownBody)> + 't {
        let found = self.known_words.matches(chars, places.all(Sign::KnownBody));
        found.map(|(start, end, body)| (start, end, &self.known[*body as usize]))
    }

    /// Adds where suffixes and known bodies may begin.
    pub(super) fn add_signs(&self, signs: &mut CharSigns) {
        signs.add(&self.suffix_words, Sign::Suffix);
        signs.add(&self.known_words, Sign::KnownBody);
    }

    /// The suffix that a whole name ends with.
    pub fn suffix_of(&self, name: &str) -> Option<&Suffix> {
        let name: Vec<char> = name.chars().collect();
        self.suffix_endings.longest(&name, name.len()).map(|(_, suffix)| &self.suffixes[*suffix])
    }

    /// The body with this name or alias.
    pub fn known_body(&self, name: &str) -> Option<&KnownBody> {
        self.known_names.get(name).map(|body| &self.known[*body as usize])
    }
}

fn kind(row: &Row, column: usize, faults: &mut Faults) -> Option<OrganisationKind> {
    let found = serde_json::from_value(serde_json::Value::from(row.cell(column))).ok();
    if found.is_none() {
        let advice = "write association, society, federation, alliance, branch, company, university, institute, \
                      government, party, union, media, fund, court, international or other";
        faults.add(&row.file, row.line, format!("`{}` is no kind of organisation", row.cell(column)), advice);
    }
    found
}

fn read_suffixes(files: &Files, faults: &mut Faults) -> Vec<Suffix> {
    let rows = files.table("organisations/suffixes.csv", &["suffix", "kind", "needs"], faults);
    let mut suffixes: Vec<Suffix> = Vec::with_capacity(rows.len());
    let mut seen = FxHashSet::default();
    for row in &rows {
        let needs = match row.cell(2) {
            "name" => Needs::Name,
            "topic" => Needs::Topic,
            "place" => Needs::Place,
            "region" => Needs::Region,
            "parent" => Needs::Parent,
            "never" => Needs::Nothing,
            other => {
                faults.add(
                    &row.file,
                    row.line,
                    format!("`{other}` is nothing a suffix needs"),
                    "write name, topic, place, region, parent or never",
                );
                continue;
            }
        };
        if row.cell(0).is_empty() || !seen.insert(row.cell(0)) {
            faults.add(
                &row.file,
                row.line,
                format!("the suffix `{}` is empty or stands twice", row.cell(0)),
                "leave one row for it",
            );
            continue;
        }
        if let Some(kind) = kind(row, 1, faults) {
            suffixes.push(Suffix { text: row.cell(0).to_owned(), kind, needs });
        }
    }
    suffixes
}

/// Bodies, and every spelling with its body.
fn read_known(files: &Files, faults: &mut Faults) -> (Vec<KnownBody>, Vec<(String, u32)>) {
    let mut bodies = Vec::new();
    let mut names: Vec<(String, u32)> = Vec::new();
    for row in files.table("organisations/known.csv", &["name", "kind", "aliases"], faults) {
        let Some(kind) = kind(&row, 1, faults) else { continue };
        for name in std::iter::once(row.cell(0)).chain(row.parts(2)) {
            match names.iter().find(|(known, _)| known == name) {
                Some(_) => {
                    faults.add(&row.file, row.line, format!("`{name}` stands in two rows"), "leave it in one of them")
                }
                None => names.push((name.to_owned(), bodies.len() as u32)),
            }
        }
        bodies.push(KnownBody { name: row.cell(0).to_owned(), kind });
    }
    (bodies, names)
}

fn read_cues(files: &Files, faults: &mut Faults) -> NameCues {
    let mut cues = NameCues::default();
    for row in files.table("organisations/cues.csv", &["word", "role"], faults) {
        let set = match row.cell(1) {
            "visit" => &mut cues.visit,
            "holder" => &mut cues.holder,
            "preposition" => &mut cues.preposition,
            "deed" => &mut cues.deed,
            "body" => &mut cues.body,
            "other_body" => &mut cues.other_body,
            other => {
                let advice = "write visit, holder, preposition, deed, body or other_body";
                faults.add(&row.file, row.line, format!("`{other}` is no role"), advice);
                continue;
            }
        };
        set.insert(row.cell(0).to_owned(), ());
    }
    cues
}

/// Words of two classes; `true` for the second.
fn read_two(files: &Files, name: &str, header: [&str; 2], classes: [&str; 2], faults: &mut Faults) -> Lookup<bool> {
    let mut words = Lookup::default();
    for row in files.table(name, &header, faults) {
        match classes.iter().position(|class| *class == row.cell(1)) {
            Some(class) => {
                words.insert(row.cell(0).to_owned(), class == 1);
            }
            None => {
                let advice = format!("write {} or {}", classes[0], classes[1]);
                faults.add(&row.file, row.line, format!("`{}` is no {}", row.cell(1), header[1]), advice);
            }
        }
    }
    words
}
