//! Dictionaries of the user: they replace or extend, and one fault stops everything.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use wenmai::lexicon::{Files, Lexicon};

use super::support::{Run, folder, run, stderr, stdout, tell, wenmai};

fn dictionaries(files: &[(&str, &str)]) -> TempDir {
    let folder = folder();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a dictionary");
    }
    folder
}

fn report() -> TempDir {
    let folder = folder();
    fs::write(folder.path().join("report.txt"), "2023年，协会推进智能制造，研发竹蜻蜓飞行器。\n").expect("a report");
    folder
}

fn with(corpus: &Path, dictionaries: &Path) -> Run {
    run(corpus, &["--dictionaries", dictionaries.to_str().expect("a path in UTF-8")], 0)
}

fn terms(run: &Run) -> Vec<String> {
    run.rows("term_mentions").iter().map(|row| row.get("term").to_owned()).collect()
}

const OWN: &str = "term,category,broader,aliases\n竹蜻蜓飞行器,product,,竹蜻蜓\n";

#[test]
fn a_file_named_extend_adds_to_the_one_that_ships() {
    let own = dictionaries(&[("terms.extend.csv", OWN)]);
    assert_eq!(terms(&with(report().path(), own.path())), ["智能制造", "竹蜻蜓飞行器"]);
}

#[test]
fn a_file_of_the_same_name_replaces_the_one_that_ships() {
    let own = dictionaries(&[("terms.csv", OWN)]);
    assert_eq!(terms(&with(report().path(), own.path())), ["竹蜻蜓飞行器"]);
}

#[test]
fn an_empty_folder_changes_nothing() {
    let (report, own) = (report(), folder());
    assert_eq!(with(report.path(), own.path()).files(), run(report.path(), &[], 0).files());
}

/// A file, its bytes, and of each fault the line (0: the file as a whole) and what is said of it.
type Faulty = (&'static str, &'static [u8], &'static [(usize, &'static str)]);

/// Every fault that a dictionary may have, all in one folder.
const FAULTY: &[Faulty] = &[
    (
        "terms.extend.csv",
        "\u{feff}term,category,broader,aliases\r\n\
         \r\n\
         竹蜻蜓,product\r\n\
         竹蜻蜓,product,,,\r\n\
         ,product,,\r\n\
         风火轮,product,没有的上位词,\r\n\
         \t 风火轮甲 \t,\tproduct,,\r\n\
         \r\n\
         \t\r\n\
         ,,,\r\n\
         风火轮甲,product,,\r\n\
         轮,product,,\r\n\
         风火轮乙,product,,轮\r\n\
         风火轮丙,product,,风火圈|机器人\r\n\
         风火轮丁,,,\r\n\
         风火轮戊,product,风火轮己,\r\n\
         风火轮己,product,风火轮戊,\r\n\
         风火轮庚,product,风火轮庚,\r\n\
         风火轮辛\0,product,,\r\n\
         风火轮壬,product,,风火\u{200b}轮\r\n\
         \u{feff}风火轮癸,product,,\r\n\
         风火轮子,product,,\"别名\r\n\
         风火轮丑,product,,\r\n"
            .as_bytes(),
        &[
            (3, "has 2 cells, the header 4"),
            (4, "has 5 cells, the header 4"),
            (5, "the term is empty"),
            (6, "`没有的上位词` has no row"),
            (11, "`风火轮甲` already names `风火轮甲` (line 7 of"),
            (12, "`轮` is a single character"),
            (13, "`轮` is a single character"),
            (14, "`机器人` already names"),
            (15, "`风火轮丁` has no category"),
            (17, "`风火轮己` is broader than itself"),
            (18, "`风火轮庚` is broader than itself"),
            (19, "an invisible character (U+0000) stands in `风火轮辛`"),
            (20, "an invisible character (U+200B) stands in `风火轮`"),
            (21, "an invisible character (U+FEFF) stands in `风火轮癸`"),
            (22, "goes on over the end of its line"),
        ],
    ),
    ("units.extend.csv", "unit,kind,code,not_before\n筐,no_such_kind,,\n".as_bytes(), &[(2, "no_such_kind")]),
    ("status.csv", b"wrong,header\n", &[(1, "write `")]),
    ("dates.extend.csv", b"word\tclass\tvalue\n", &[(1, "write `word,class,value`")]),
    ("bounds.csv", b"", &[(0, "is empty")]),
    ("moments.csv", b"\xef\xbb\xbf\r\n", &[(0, "is empty")]),
    ("clause_words.extend.csv", b"\xff\xfew\0", &[(1, "is not UTF-8; save it as UTF-8")]),
    ("organisations/known.extend.csv", b"name,kind,aliases\n\xc3\xf1\xd5\xfe,government,\n", &[(2, "is not UTF-8")]),
    ("stopwords.extend.txt", "\u{feff}# 词\r\n\r\n甲\u{202e}乙\r\n".as_bytes(), &[(3, "(U+202E) stands in `甲乙`")]),
    ("negators.txt/inside.txt", b"", &[]),
    ("negators.txt", b"", &[(0, "can't be read")]),
    ("indicators.toml", b"[[indicator]\n", &[(1, "write it as the shipped")]),
    ("trems.csv", b"term\n", &[(0, "no dictionary has this name")]),
    ("negators.txt/inside.txt", b"", &[(0, "no dictionary has this name")]),
];

/// The folder of [`FAULTY`]; a name that is a folder already stays one.
fn faulty() -> TempDir {
    let folder = folder();
    for (name, bytes, _) in FAULTY {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        if !path.is_dir() {
            fs::write(path, bytes).expect("a dictionary");
        }
    }
    folder
}

fn fault_count() -> usize {
    FAULTY.iter().map(|(_, _, faults)| faults.len()).sum()
}

fn assert_told(told: &str, folder: &Path) {
    for (name, _, faults) in FAULTY {
        let file = folder.join(name);
        for (line, words) in *faults {
            let place = if *line == 0 { format!("{}:", file.display()) } else { format!("{}:{line}:", file.display()) };
            let found = told.lines().find(|l| l.trim_start_matches("wenmai: ").starts_with(&place));
            let found = found.unwrap_or_else(|| panic!("nothing is said of {place}\n{told}"));
            assert!(found.contains(words), "`{words}` is not in {found}");
            assert!(found.contains("; "), "no advice in {found}");
        }
    }
}

#[test]
fn every_fault_is_told_and_nothing_is_written() {
    let own = faulty();
    let path = own.path().to_str().expect("a path in UTF-8");
    let run = run(report().path(), &["--dictionaries", path], 2);
    assert_told(&run.stderr, own.path());
    assert!(!run.out().exists(), "nothing runs on half a dictionary");

    let output = wenmai().args(["extract", "--dictionaries", path]).write_stdin("{}\n").output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert_told(&stderr(&output), own.path());
    assert!(output.stdout.is_empty());
}

#[test]
fn old_tables_stand_where_a_dictionary_has_a_fault() {
    let (report, folder) = (report(), folder());
    let out = folder.path().join("out");
    let own = faulty();
    let mut write = wenmai();
    write.arg("--corpus").arg(report.path()).arg("--out").arg(&out);
    assert_eq!(write.output().expect("it ends").status.code(), Some(0));
    let before = fs::read(out.join("terms.csv")).expect("a table");
    assert_eq!(write.arg("--dictionaries").arg(own.path()).output().expect("it ends").status.code(), Some(2));
    assert_eq!(fs::read(out.join("terms.csv")).expect("the old table"), before);
}

#[test]
fn check_tells_faults_from_none() {
    let output = wenmai().arg("check").output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("no fault found"), "{}", stderr(&output));

    let own = faulty();
    let output = wenmai().arg("check").arg("--dictionaries").arg(own.path()).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert_told(&stderr(&output), own.path());
    // all of them at once, and nothing that follows from one of them alone
    assert!(stderr(&output).contains(&format!("{} faults found", fault_count())), "{}", stderr(&output));
    assert!(!stderr(&output).contains(['\0', '\u{202e}', '\u{feff}']), "what no one sees is told by its number");
}

/// Seconds that a dictionary of a million terms may take; a debug build is slow, and seldom alone.
const SECONDS: u64 = if cfg!(debug_assertions) { 180 } else { 5 };

#[test]
fn a_million_terms_are_read_at_once() {
    let mut rows = String::from("term,category,broader,aliases\n");
    for at in 0..1_000_000 {
        let sign = |at: u32| char::from_u32(0x4e00 + at % 5000).unwrap_or('甲');
        rows += &format!("{}{}造{at}号,mine,,\n", sign(at * 7), sign(at / 5000));
    }
    let own = dictionaries(&[("terms.extend.csv", &rows)]);
    let start = std::time::Instant::now();
    let lexicon = Lexicon::compile(&Files::overlaid(own.path())).unwrap_or_else(|faults| panic!("{faults}"));
    tell(&format!("{} terms in {:.1} s", lexicon.terms.terms().len(), start.elapsed().as_secs_f64()));
    assert!(lexicon.terms.terms().len() > 1_000_000 && start.elapsed().as_secs() < SECONDS);
}

#[test]
fn check_reads_the_metadata_of_a_corpus() {
    let report = report();
    let metadata = report.path().join("metadata.csv");
    let check = || wenmai().args(["check", "--corpus"]).arg(report.path()).output().expect("it ends");
    fs::write(&metadata, "path,title,organisation,published,period\nreport.txt,年报,甲乙协会,2024-01-05,2023\n")
        .expect("a file");
    assert_eq!(check().status.code(), Some(0), "{}", stderr(&check()));
    fs::write(&metadata, "path,title,organisation,published,period\nreport.txt,,,soon,\nlost.txt,,,,\n")
        .expect("a file");
    assert_eq!(check().status.code(), Some(2));
    for wanted in ["metadata.csv:2: ", "metadata.csv:3: "] {
        assert!(stderr(&check()).contains(wanted), "no {wanted} in {}", stderr(&check()));
    }
}

#[test]
fn new_terms_become_rows_of_a_dictionary() {
    let folder = folder();
    let list = folder.path().join("new_terms.csv");
    let header = "candidate,count,documents,cohesion,left_entropy,right_entropy,first_period,category,example\n";
    let rows = "蓝雀簧片,9,3,7.1,2,2,2024,product,某蓝雀簧片等\n白鹭齿轮,9,3,7.1,2,2,2024,,某白鹭齿轮等\n";
    fs::write(&list, format!("{header}{rows}")).expect("the list");
    let output = wenmai().args(["check", "--new-terms"]).arg(&list).output().expect("check runs");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), "term,category,broader,aliases\n蓝雀簧片,product,,\n");
    assert!(stderr(&output).contains("1 new terms taken of 2"), "{}", stderr(&output));

    let mine = folder.path().join("mine");
    fs::create_dir(&mine).expect("a folder");
    fs::write(mine.join("terms.extend.csv"), stdout(&output)).expect("the dictionary");
    let output = wenmai().args(["check", "--dictionaries"]).arg(&mine).output().expect("check runs");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));

    fs::write(&list, "term\n").expect("the list");
    let output = wenmai().args(["check", "--new-terms"]).arg(&list).output().expect("check runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("has no columns"), "{}", stderr(&output));
}

#[test]
fn files_as_editors_save_them_are_read_or_told() {
    const TERMS: &str = "terms.extend.csv";
    const INDICATORS: &str = "indicators.extend.toml";
    // a file, its bytes, what check says
    let cases: [(&str, &[u8], &str); 12] = [
        (TERMS, b"\xef\xbb\xbfterm,category,broader,aliases\r\n\tqzx \t,product,,\r\n", "no fault found"),
        (TERMS, b"term\tcategory\tbroader\taliases\n", "csv:1: the header is `term\tcategory"),
        (TERMS, b"", "csv: is empty; write the header `term,category,broader,aliases`"),
        (TERMS, b"\xff\xfet\0e\0r\0m\0", "csv:1: is not UTF-8; save it as UTF-8"),
        (TERMS, b"term,category,broader,aliases\n\"qzx,product,,\nqzy,product,,\n", "csv:2: "),
        (TERMS, b"term,category,broader,aliases\nqzx,product,,\nqzx,product,,\n", "csv:3: "),
        ("negators.extend.txt", b"\xef\xbb\xbf# \r\n\r\n\tqzx\t\r\n", "no fault found"),
        (INDICATORS, b"\xef\xbb\xbf[groups]\r\nqzx\t=\t[\"q\"]\r\n", "no fault found"),
        (INDICATORS, b"[groups]\na = [\"\xd6\xd0\"]\n", "toml:2: is not UTF-8; save it as UTF-8"),
        (INDICATORS, b"\n[[indicator]]\nid = \"a\"\nid = \"b\"\n", "toml:4: duplicate key; write it as"),
        (INDICATORS, b"[[indicators]]\n", "toml:1: unknown field `indicators`"),
        ("no/such/name.csv", b"a,b\n", "name.csv: no dictionary has this name; use one of"),
    ];
    for (name, bytes, wanted) in cases {
        let own = folder();
        let path = own.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a dictionary");
        let output = wenmai().arg("check").arg("--dictionaries").arg(own.path()).output().expect("it ends");
        let told = stderr(&output);
        assert!(told.contains(wanted), "{name} {}: {told}", String::from_utf8_lossy(bytes));
        let code = if wanted == "no fault found" { 0 } else { 2 };
        assert_eq!(output.status.code(), Some(code), "{told}");
    }
    let own = folder();
    fs::create_dir(own.path().join("terms.csv")).expect("a folder");
    let output = wenmai().arg("check").arg("--dictionaries").arg(own.path()).output().expect("it ends");
    assert!(stderr(&output).contains("terms.csv: can't be read"), "{}", stderr(&output));
}
