//! What a file of settings may hold, and what is said of one that holds something else.

use std::fs;

use clap::{CommandFactory as _, FromArgMatches as _};

use super::keys::is_list;
use super::*;
use crate::cli::{Wenmai, command};

/// Flags of `run` that no file has: the file itself, help and version.
const NO_KEY: [&str; 3] = [FLAG, "help", "version"];

fn run() -> Command {
    command().find_subcommand("run").expect("run").clone()
}

/// The faults of a text, each with its line, and the flags that it gives `run`.
fn faults_and_flags(text: &[u8]) -> (Vec<String>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE_NAME);
    fs::write(&path, text).unwrap();
    let mut line = vec!["wenmai".into(), "run".into(), "--config".into(), path.into_os_string()];
    let matches = command().get_matches_from(&line);
    let faults = match apply(&command(), &matches, &mut line).faults.into_result(()) {
        Ok(()) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    };
    let here = |told: &str| told.replace(&format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR), "");
    let flags: Vec<String> = line[2..line.len() - 2].iter().map(|flag| here(&flag.to_string_lossy())).collect();
    (faults.iter().map(|fault| here(fault)).collect(), flags)
}

#[test]
fn every_flag_of_run_has_a_key() {
    let run = run();
    let flags = run.get_arguments().filter_map(clap::Arg::get_long).filter(|long| !NO_KEY.contains(long));
    for long in flags {
        assert!(
            KEYS.iter().any(|key| key.name.replace('_', "-") == long),
            "--{long} has no key: add a line to KEYS in src/cli/settings/keys.rs"
        );
    }
}

#[test]
fn every_key_has_a_flag_and_a_value_to_show() {
    let command = command();
    let run = run();
    for key in KEYS {
        let name = key.name;
        let flag = key.argument(&run).unwrap_or_else(|| panic!("run has no flag for the key `{name}`"));
        let defaults = !flag.get_default_values().is_empty();
        assert!(defaults != key.sample.is_some(), "`{name}`: a sample is for flags without a default, and them alone");
        assert!(!key.about.is_empty() && !key.about.contains('\n'), "`{name}` wants one line that tells of it");
        for other in key.also {
            let other = command.find_subcommand(other).unwrap_or_else(|| panic!("no command {other}"));
            let theirs = key.argument(other).unwrap_or_else(|| panic!("{} has no flag {name}", other.get_name()));
            assert_eq!((Kind::of(theirs), is_list(theirs)), (Kind::of(flag), is_list(flag)), "{name}");
        }
        assert_eq!(KEYS.iter().filter(|other| other.name == name).count(), 1, "`{name}` stands twice");
    }
}

#[test]
fn the_template_holds_every_key_and_the_defaults() {
    let text = template(&run());
    let mut bare = text.clone();
    for key in KEYS {
        let active = format!("\n{} = ", key.name);
        bare = bare.replace(&format!("\n# {} = ", key.name), &active);
        assert_eq!(bare.matches(&active).count(), 1, "{} in\n{bare}", key.name);
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["reports", "dictionaries"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    for text in [&text, &bare] {
        let path = folder.path().join(FILE_NAME);
        fs::write(&path, text).unwrap();
        let given = ["wenmai".into(), "--config".into(), path.into_os_string()];
        let mut line = given.to_vec();
        let before = command().get_matches_from(&line);
        let settings = apply(&command(), &before, &mut line);
        assert!(settings.faults.is_empty(), "{}", settings.faults);
        let after = command().try_get_matches_from(&line).unwrap_or_else(|error| panic!("{error}"));
        Wenmai::from_arg_matches(&after).unwrap();
        if text == &bare {
            assert_eq!(settings.keys, KEYS.len());
            // what the template shows as a default is the default
            for key in KEYS.iter().filter(|key| key.sample.is_none() && !["corpus", "out"].contains(&key.name)) {
                let id = key.argument(&run()).unwrap().get_id().clone();
                let raw =
                    |matches: &ArgMatches| matches.get_raw(id.as_str()).map(|all| all.map(OsString::from).collect());
                assert_eq!(raw(&after), raw(&before) as Option<Vec<_>>, "{}", key.name);
            }
        } else {
            assert_eq!(settings.keys, 2, "a project needs two keys; the others are commented out");
        }
    }
}

#[test]
fn keys_become_flags() {
    let text = "period = 'month'\nexcel = true\nonly = [\"terms\", \"documents.csv\"]\nmax_pages = 1_0\nout = 'x/y'\nquiet=false";
    let (faults, flags) = faults_and_flags(text.as_bytes());
    assert_eq!(faults, [""; 0]);
    let wanted = [
        "--out=x/y",
        "--period=month",
        "--only=terms",
        "--only=documents.csv",
        "--excel=true",
        "--quiet=false",
        "--max-pages=10",
    ];
    assert_eq!(flags, wanted);
    assert_eq!(faults_and_flags(b"only = 'terms'").1, ["--only=terms"], "one table needs no list");
}

#[test]
fn flags_of_the_user_win() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.toml");
    fs::write(&path, "period = 'month'\nexcel = true\nonly = ['terms']\nsparse = true\n").unwrap();
    let config: OsString = format!("--config={}", path.display()).into();
    let mut line = ["wenmai".into(), config, "--excel=false".into(), "--only".into(), "documents".into()].to_vec();
    let matches = command().get_matches_from(&line);
    assert!(apply(&command(), &matches, &mut line).faults.is_empty());
    assert_eq!(line[1..3], ["--period=month", "--sparse=true"]);
    assert_eq!(line.len(), 7);
    let after = command().get_matches_from(&line);
    assert_eq!([after.get_flag("excel"), after.get_flag("sparse")], [false, true]);
}

#[test]
fn commands_take_the_keys_that_they_have() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("w.toml");
    fs::write(&path, "period = 'month'\nexcel = true\nthreads = 2\n").unwrap();
    let path = path.to_str().unwrap();
    let cases: [(&[&str], &[&str]); 5] = [
        (&["kwic", "词", "--config", path], &["--period=month", "--threads=2"]),
        (&["extract", "--config", path], &["--threads=2"]),
        (&["check", "--config", path], &["--threads=2"]),
        (&["run", "--config", path], &["--period=month", "--excel=true", "--threads=2"]),
        (&["completions", "bash"], &[]),
    ];
    for (given, wanted) in cases {
        let mut line: Vec<OsString> = ["wenmai"].iter().chain(given).map(OsString::from).collect();
        let matches = command().get_matches_from(&line);
        apply(&command(), &matches, &mut line);
        assert_eq!(line[2..line.len() + 1 - given.len()], *wanted, "{given:?}");
        assert!(command().try_get_matches_from(&line).is_ok(), "{line:?}");
    }
}

#[test]
fn every_fault_is_told_with_its_line() {
    // text => beginnings of all that is said
    let cases: &[(&[u8], &[&str])] = &[
        (b"", &[]),
        (b"\xef\xbb\xbfperiod = 'half'\r\n\tsparse\t=\ttrue\r\n# \xe6\xb1\x89\r\n", &[]),
        (
            b"periode = 'year'\nkeep-duplicates = true\n",
            &[
                "wenmai.toml:1: there is no key `periode`; write `period`",
                "wenmai.toml:2: there is no key `keep-duplicates`; write `keep_duplicates`",
            ],
        ),
        (b"desert = 1", &["wenmai.toml:1: there is no key `desert`; the keys are corpus, out,"]),
        (b"config = 'x'", &["wenmai.toml:1: there is no key `config`; "]),
        (b"\n[run]\nperiod = 'year'", &["wenmai.toml:2: there is no table `run`; take the line [run] out"]),
        (b"[out]\nx = 1", &["wenmai.toml:1: `out` is a table; write it as in `out = \"out\"`"]),
        (
            b"period = 'week'\nmax_depth = 9999\nmax_pages = -1\nonly = ['terms', 'x']",
            &[
                "wenmai.toml:1: `period` is \"week\": `week` is no length of a period; write year, half, quarter or month",
                "wenmai.toml:2: `max_depth` is 9999: 9999 is not in 1..=4096; ",
                "wenmai.toml:3: `max_pages` is -1: ",
                "wenmai.toml:4: `only` is \"x\": there is no such table; the tables are documents,",
            ],
        ),
        (
            b"excel = 'yes'\nthreads = '4'\nthreads_ = 1.5\ncorpus = ['a']\nonly = [['terms']]\nquiet = 1979-05-27",
            &[
                "wenmai.toml:1: `excel` is a text; write `excel = true` or `excel = false`",
                "wenmai.toml:2: `threads` is a text; write it as in `threads = 4`",
                "wenmai.toml:3: there is no key `threads_`; write `threads`",
                "wenmai.toml:4: `corpus` is a list; write it as in `corpus = \"corpus\"`",
                "wenmai.toml:5: `only` is a list; write it as in `only = [",
                "wenmai.toml:6: `quiet` is a date; ",
            ],
        ),
        (
            b"out = ''\nthreads = 99999999999999999999999999999999999999999999\n",
            &["wenmai.toml:1: `out` is \"\": ", "wenmai.toml:2: `threads` is a number of too many digits: "],
        ),
        (
            b"period = 'year'\nout = 'x'\nperiod = 'half'\n",
            &["wenmai.toml:3: the key `period` stands here a second time; keep one of the two lines"],
        ),
        (
            b"out = \"C:\\temp\"\nwrite_text = 'C:\\temp'\n",
            &[
                "wenmai.toml:1: `out` holds a tab, a line break or another character that no path has; write paths with /",
            ],
        ),
        (b"out = \"a\\q\"\n", &["wenmai.toml:1: "]),
        (b"period: \"year\"\n", &["wenmai.toml:1: "]),
        (b"out = \"a\nquiet = true\n", &["wenmai.toml:1: invalid basic string"]),
        (
            "period = “year”\nexcel = ture\nsparse = 1".as_bytes(),
            &["wenmai.toml:1: ", "wenmai.toml:2: ", "wenmai.toml:3: `sparse` is a whole number"],
        ),
        (
            b"corpus = 'nowhere'\ndictionaries = 'neither'\nwrite_text = 'to come'",
            &[
                "wenmai.toml:1: `corpus` names nowhere, which isn't there; ",
                "wenmai.toml:2: `dictionaries` names neither, which isn't there; ",
            ],
        ),
        (b"period = 'year'\n# \xd6\xd0\n", &["wenmai.toml:2: is not UTF-8; save it as UTF-8"]),
        (b"\xff\xfep\0e\0", &["wenmai.toml:1: is not UTF-8; "]),
        (&[b'#'; (1 << 20) + 1], &["wenmai.toml: is larger than 1 MB; "]),
    ];
    for (text, wanted) in cases {
        let (faults, _) = faults_and_flags(text);
        let shown = String::from_utf8_lossy(&text[..text.len().min(200)]);
        assert_eq!(faults.len(), wanted.len(), "{shown}\n{faults:#?}");
        for (fault, wanted) in faults.iter().zip(*wanted) {
            assert!(fault.starts_with(wanted), "{shown}\n{fault}\nis not\n{wanted}");
            assert!(fault.contains("; ") && !fault.contains('\n'), "advice in one line: {fault}");
        }
    }
}

#[test]
fn files_that_are_none_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let read = |path: &Path, told| {
        let mut faults = Faults::default();
        let text = file::read(path, told, &mut faults);
        (text, faults.to_string())
    };
    assert_eq!(read(&folder.path().join("none.toml"), false), (None, String::new()));
    assert!(read(&folder.path().join("none.toml"), true).1.contains("none.toml: can't be read"));
    assert!(read(folder.path(), false).1.contains("is a folder, not a file of settings; rename it"));
}

#[test]
fn time_grows_with_the_text_alone() {
    let many: String = (0..40_000).map(|at| format!("key{at} = [[[1]]]\n")).collect();
    let broken = "= = =\n".repeat(100_000);
    let deep = format!("only = {}", "[".repeat(500_000));
    let start = std::time::Instant::now();
    for text in [many, broken, deep] {
        faults_and_flags(text.as_bytes());
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn the_command_line_holds_together() {
    command().debug_assert();
    Wenmai::command().debug_assert();
}
