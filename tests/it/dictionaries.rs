//! Dictionaries of the user: they replace or extend, and one fault stops everything.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::support::{Run, folder, run, stderr, stdout, wenmai};

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

/// A file, its text, and of each fault the line (0: the file as a whole) and what is said of it.
type Faulty = (&'static str, &'static str, &'static [(usize, &'static str)]);

const FAULTY: [Faulty; 4] = [
    (
        "terms.extend.csv",
        "term,category,broader,aliases\n竹蜻蜓,product\n,product,,\n风火轮,product,没有的上位词,\n",
        &[(2, "write term,category,broader,aliases"), (3, "the term is empty"), (4, "没有的上位词")],
    ),
    ("units.extend.csv", "unit,kind,code,not_before\n筐,no_such_kind,,\n", &[(2, "no_such_kind")]),
    ("status.csv", "wrong,header\n", &[(1, "write `")]),
    ("trems.csv", "term\n", &[(0, "no dictionary has this name")]),
];

fn assert_told(told: &str, folder: &Path) {
    for (name, _, faults) in FAULTY {
        let file = folder.join(name);
        for (line, words) in faults {
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
    let own = dictionaries(&FAULTY.map(|(name, text, _)| (name, text)));
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
    let own = dictionaries(&FAULTY.map(|(name, text, _)| (name, text)));
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

    let own = dictionaries(&FAULTY.map(|(name, text, _)| (name, text)));
    let output = wenmai().arg("check").arg("--dictionaries").arg(own.path()).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert_told(&stderr(&output), own.path());
    let count = FAULTY.iter().map(|(_, _, faults)| faults.len()).sum::<usize>();
    assert!(stderr(&output).contains(&format!("{count} faults found")), "{}", stderr(&output));
}

#[test]
fn a_dictionary_that_is_not_utf8_says_how_to_save_it() {
    let own = folder();
    fs::write(own.path().join("terms.csv"), b"term,category,broader,aliases\n\xd6\xc7,product,,\n").expect("a file");
    let output = wenmai().arg("check").arg("--dictionaries").arg(own.path()).output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("terms.csv:2: is not UTF-8; save it as UTF-8"), "{}", stderr(&output));
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
