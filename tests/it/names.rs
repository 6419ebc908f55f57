//! No dictionary holds a name that was invented for the sample corpus: figures over it would mean nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::support::{corpus, files_of, root};

/// Reports that retell real ones; what they name is public. Every other report is invented.
const RETOLD: [&str; 5] = [
    "mechatronics-2022",
    "mechatronics-2024",
    "smart-consortium-2021",
    "worker-technology-2024",
    "zibo-equipment-2021",
];

/// National bodies that invented reports may mention too.
fn is_national(name: &str, kind: &str) -> bool {
    let of_the_state = matches!(kind, "government" | "party" | "union" | "international" | "court");
    of_the_state && !name.contains(['省', '市', '县', '区', '州', '镇', '乡'])
        || ["中国", "中华", "全国", "国家", "国际"].iter().any(|land| name.starts_with(land))
}

#[derive(Default)]
struct Names {
    invented: BTreeSet<String>,
    public: BTreeSet<String>,
}

fn names() -> Names {
    let mut names = Names::default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    for path in files_of(&corpus().join("gold")) {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(report) = file.strip_suffix(".gold.json") else { continue };
        let gold: Value = serde_json::from_slice(&fs::read(&path).expect("an annotation")).expect("JSON");
        let retold = RETOLD.iter().any(|retold| report.starts_with(retold));
        let list = |key: &str| gold[key].as_array().cloned().unwrap_or_default();
        for organisation in list("organisations") {
            let aliases = organisation["aliases"].as_array().cloned().unwrap_or_default();
            for name in [&organisation["name"]].into_iter().chain(&aliases).map(text) {
                let public = retold || is_national(&name, &text(&organisation["kind"]));
                if public {
                    names.public.insert(name)
                } else {
                    names.invented.insert(name)
                };
            }
        }
        for person in list("persons") {
            if retold {
                names.public.insert(text(&person["text"]))
            } else {
                names.invented.insert(text(&person["text"]))
            };
        }
        // 协会, 本会: common nouns that stand for an organisation here
        names
            .public
            .extend(list("organisation_mentions").iter().filter(|m| m["form"] == "generic").map(|m| text(&m["text"])));
    }
    names.invented = &names.invented - &names.public;
    names
}

/// Everything that stands between commas and bars, with the places where it does.
fn words(folder: &Path) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("dictionaries") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            words.extend(self::words(&path));
            continue;
        }
        let lines = fs::read_to_string(&path).expect("a dictionary");
        // a general word, its frequency and its part of speech
        let general = path.ends_with("words.txt");
        for (number, line) in lines.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let line = if general { line.split(' ').next().unwrap_or_default() } else { line };
            for word in line.split([',', '|', '"']).map(str::trim).filter(|word| !word.is_empty()) {
                let place = path.strip_prefix(root()).unwrap_or(&path).display();
                let place = format!("{place}:{}", number + 1);
                // what stands in another list, too, counts as standing there
                if general {
                    words.entry(word.to_owned()).or_insert(place);
                } else {
                    words.insert(word.to_owned(), place);
                }
            }
        }
    }
    words
}

/// Places below the nation that a name begins with, without 省 (province), 市 (city) and the like: all invented.
fn places(names: &BTreeSet<String>) -> BTreeSet<String> {
    let stem = |name: &String| {
        let at = name.find(['省', '市', '县', '区']).filter(|at| (6..=9).contains(at))?;
        Some(name[..at].to_owned())
    };
    names.iter().filter_map(stem).collect()
}

#[test]
fn no_dictionary_holds_an_invented_name() {
    let names = names();
    assert!(names.invented.len() > 300, "{} invented names", names.invented.len());
    let words = words(&root().join("dictionaries"));
    assert!(words.len() > 5000, "{} words", words.len());
    let found: Vec<String> =
        names.invented.iter().filter_map(|name| Some(format!("{}: {name}", words.get(name)?))).collect();
    assert!(found.is_empty(), "names invented for the sample corpus:\n{}", found.join("\n"));
}

#[test]
fn no_dictionary_holds_an_invented_place() {
    let names = names();
    let real = places(&names.public);
    let invented = &places(&names.invented) - &real;
    assert!(invented.len() >= 8, "{invented:?}");
    let words = words(&root().join("dictionaries"));
    // the general words are older than the corpus: some of them, and of the places that they name, begin as invented ones do
    let own = || words.iter().filter(|(_, at)| !at.starts_with("dictionaries/words.txt:"));
    let begins = |place: &String| own().find(|(word, _)| word.starts_with(place.as_str()));
    let found: Vec<String> =
        invented.iter().filter_map(|place| begins(place).map(|(word, at)| format!("{at}: {word}"))).collect();
    assert!(found.is_empty(), "places invented for the sample corpus:\n{}", found.join("\n"));
}
