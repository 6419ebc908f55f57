//! A project from its folder to its tables: `init`, `wenmai.toml`, `completions`, `manual`.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::support::{files_of, folder, read_csv, stderr, stdout, wenmai};

const REPORT: &str = "甲乙省丙丁协会2023年工作总结\n\n2023年，协会新增会员单位86家，举办智能制造培训12期。\n";

fn at(folder: &Path, arguments: &[&str], code: i32) -> Output {
    let output = wenmai().current_dir(folder).args(arguments).output().expect("it ends");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", stderr(&output));
    output
}

fn configuration(out: &Path) -> serde_json::Value {
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("run.json")).expect("a manifest")).expect("JSON");
    manifest["configuration"].clone()
}

/// All files below a folder, as paths with `/`.
fn below(folder: &Path) -> Vec<String> {
    let mut found: Vec<String> = files_of(folder).iter().map(|path| path.to_string_lossy().into_owned()).collect();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            found.extend(below(&entry));
        }
    }
    found.sort();
    found
}

#[test]
fn a_new_project_runs_as_soon_as_reports_are_in_it() {
    let folder = folder();
    let told = stderr(&at(folder.path(), &["init", "项目 one"], 0));
    assert!(told.contains("files made") && told.contains("reports"), "{told}");
    let project = folder.path().join("项目 one");
    let told = stderr(&at(&project, &["check"], 0));
    assert!(told.contains("no fault found") && told.contains("2 keys of wenmai.toml"), "{told}");
    assert!(stderr(&at(&project, &[], 2)).contains("reports holds no report"), "the instructions are no report");

    fs::write(project.join("reports/总结.txt"), REPORT).expect("a report");
    let told = stderr(&at(&project, &[], 0));
    assert!(told.contains("1 document, 0 rejected") && !told.contains("warning"), "{told}");
    let documents = read_csv(&project.join("out/documents.csv"));
    assert_eq!(documents.iter().map(|row| row.get("document")).collect::<Vec<_>>(), ["总结.txt"]);

    // what is filled in counts
    let metadata = "path,title,organisation,published,period\n总结.txt,,戊己协会,2024-01-05,2023\n";
    fs::write(project.join("reports/metadata.csv"), metadata).expect("metadata");
    let terms = project.join("dictionaries/terms.extend.csv");
    let text = fs::read_to_string(&terms).expect("the template");
    fs::write(&terms, text + "会员单位,governance,,\n").expect("a dictionary");
    at(&project, &[], 0);
    assert_eq!(read_csv(&project.join("out/documents.csv"))[0].get("organisation"), "戊己协会");
    assert!(read_csv(&project.join("out/term_mentions.csv")).iter().any(|row| row.get("term") == "会员单位"));
}

#[test]
fn examples_of_the_templates_are_right() {
    let folder = folder();
    at(folder.path(), &["init", "."], 0);
    let dictionaries = below(&folder.path().join("dictionaries"));
    assert!(dictionaries.len() >= 8, "{dictionaries:?}");
    for path in dictionaries {
        let text = fs::read_to_string(&path).expect("a template");
        assert!(text.contains('#') && text.chars().any(|c| c > '\u{4e00}'), "{path} tells nothing");
        let mut example = false;
        let lines = text.lines().map(|line| {
            let bare = if example { line.strip_prefix("# ").unwrap_or(line) } else { line };
            example |= line.starts_with("# 例");
            bare
        });
        let filled: String = lines.map(|line| format!("{line}\n")).collect();
        assert_eq!(example, !path.contains("stopwords"), "{path}");
        assert_eq!(filled != text, example, "{path}");
        fs::write(&path, filled).expect("a dictionary");
    }
    let told = stderr(&at(folder.path(), &["check"], 0));
    assert!(told.contains("no fault found"), "{told}");
}

#[test]
fn init_overwrites_nothing() {
    let folder = folder();
    let mine = folder.path().join("mine");
    fs::create_dir_all(mine.join("reports")).expect("a folder");
    fs::write(mine.join("reports/report.txt"), REPORT).expect("a report");
    at(folder.path(), &["init", "mine"], 0);
    let before = below(&mine);
    assert_eq!(fs::read_to_string(mine.join("reports/report.txt")).expect("it stands"), REPORT);

    fs::write(mine.join("wenmai.toml"), "# mine\n").expect("settings");
    fs::remove_file(mine.join("reports/metadata.csv")).expect("it goes");
    let told = stderr(&at(folder.path(), &["init", "mine"], 2));
    assert!(told.contains("wenmai.toml") && told.contains("nothing was made"), "{told}");
    assert_eq!(below(&mine).len(), before.len() - 1, "all or nothing");
    assert_eq!(fs::read_to_string(mine.join("wenmai.toml")).expect("it stands"), "# mine\n");

    fs::write(folder.path().join("file"), "precious").expect("a file");
    let told = stderr(&at(folder.path(), &["init", "file"], 2));
    assert!(told.contains("name another folder"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("file")).expect("it stands"), "precious");
}

#[test]
fn settings_of_the_file_are_in_force_and_flags_win() {
    let folder = folder();
    for name in ["project/words", "project/texts", "elsewhere"] {
        fs::create_dir_all(folder.path().join(name)).expect("a folder");
    }
    let project = folder.path().join("project");
    fs::write(project.join("texts/report.txt"), REPORT).expect("a report");
    let terms = "term,category,broader,aliases\n会员单位,governance,,\n";
    fs::write(project.join("words/terms.csv"), terms).expect("a dictionary");
    let settings = "\u{feff}corpus = \"texts\"\r\nout = \"tables\"\r\ndictionaries = \"words\"\r\nperiod = \"month\"\r\n\
        only = [\"terms\", \"documents\"]\r\nexcel = true\r\nquiet = true\r\nmax_pages = 7\r\n";
    fs::write(project.join("wenmai.toml"), settings).expect("settings");

    // found in the current folder, or named from elsewhere: paths are relative to the file
    assert_eq!(stderr(&at(&project, &[], 0)), "", "quiet");
    let found = configuration(&project.join("tables"));
    assert_eq!((&found["period"], &found["excel"]), (&"month".into(), &true.into()), "{found}");
    assert_eq!((&found["limits"]["pages"], &found["only"][1]), (&7.into(), &"documents".into()), "{found}");
    let terms = fs::read_to_string(project.join("tables/terms.csv")).expect("a table");
    assert!(terms.starts_with('\u{feff}') && terms.contains("会员单位"), "{terms}");

    let elsewhere = folder.path().join("elsewhere");
    let flags =
        ["--config", "../project/wenmai.toml", "--out", "here", "--period", "half", "--excel=false", "--quiet=false"];
    assert!(stderr(&at(&elsewhere, &flags, 0)).contains("1 document"));
    let found = configuration(&elsewhere.join("here"));
    assert_eq!((&found["period"], &found["excel"]), (&"half".into(), &false.into()), "{found}");
    assert!(!fs::read_to_string(elsewhere.join("here/terms.csv")).expect("a table").starts_with('\u{feff}'));

    // other commands take what they have of it
    let found = stdout(&at(&project, &["kwic", "会员单位", "--format", "csv"], 0));
    assert!(found.contains("report.txt,,"), "{found}");
    let lines = at(&project, &["run", "--quiet=false", "--only", "terms"], 0);
    assert!(stderr(&lines).contains("in 1 tables in tables"), "{}", stderr(&lines));
}

#[test]
fn faults_of_settings_stop_everything_and_check_tells_them_with_all_others() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("words")).expect("a folder");
    fs::write(folder.path().join("words/units.extend.csv"), "unit,kind,code,not_before\n筐,wrong,,\n").expect("a file");
    let settings = "dictionaries = 'words'\nperiode = 'year'\nthreads = 0\n";
    fs::write(folder.path().join("wenmai.toml"), settings).expect("settings");
    let lines = ["wenmai.toml:2: there is no key `periode`; write `period`", "wenmai.toml:3: `threads` is 0"];
    for command in [vec![], vec!["run"], vec!["kwic", "词"], vec!["extract"]] {
        let output = at(folder.path(), &command, 2);
        let told = stderr(&output);
        assert!(told.contains("nothing was run, because of 2 faults"), "{told}");
        assert!(lines.iter().all(|line| told.contains(line)), "{told}");
        assert!(output.stdout.is_empty() && !folder.path().join("out").exists());
    }
    let told = stderr(&at(folder.path(), &["check"], 2));
    assert!(lines.iter().all(|line| told.contains(line)), "{told}");
    assert!(told.contains("units.extend.csv:2: ") && told.contains("3 faults found"), "{told}");
    // commands without settings don't mind
    at(folder.path(), &["completions", "bash"], 0);
    at(folder.path(), &["init", "new"], 0);

    let told = stderr(&at(folder.path(), &["--config", "none.toml"], 2));
    assert!(told.contains("none.toml: can't be read"), "{told}");
    fs::create_dir(folder.path().join("new/sub")).expect("a folder");
    fs::create_dir(folder.path().join("new/sub/wenmai.toml")).expect("a folder");
    let told = stderr(&at(&folder.path().join("new/sub"), &["check"], 2));
    assert!(told.contains("wenmai.toml: is a folder, not a file of settings"), "{told}");
}

/// Gives `input` to a program; `None`, and a word about it, where there is no such program.
fn pipe(program: &str, arguments: &[&str], input: &str) -> Option<Output> {
    let mut command = Command::new(program);
    let piped = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = piped else {
        super::support::tell(&format!("skipped: {program} is not here"));
        return None;
    };
    let mut stdin = child.stdin.take().expect("stdin");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    Some(child.wait_with_output().expect("it ends"))
}

#[test]
fn completions_are_scripts_that_shells_read() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&wenmai().args(["completions", shell]).output().expect("it ends"));
        for wanted in ["kwic", "max-file-bytes", "completions", "indicator"] {
            assert!(script.contains(wanted), "no {wanted} for {shell}");
        }
        if let Some(output) =
            (shell != "powershell" && shell != "elvish").then(|| pipe(shell, &["-n"], &script)).flatten()
        {
            assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {}", stderr(&output));
        }
    }
    let output = wenmai().args(["completions", "cmd"]).output().expect("it ends");
    assert!(stderr(&output).contains("possible values: bash, elvish, fish, powershell, zsh"), "{}", stderr(&output));
}

#[test]
fn the_manual_has_a_page_for_every_command() {
    let folder = folder();
    at(folder.path(), &["manual", "man/man1"], 0);
    let help = stdout(&wenmai().arg("--help").output().expect("help"));
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands: Vec<&str> = listed
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(commands.len() >= 8, "{help}");
    let main = fs::read_to_string(folder.path().join("man/man1/wenmai.1")).expect("the main page");
    assert_eq!(main, stdout(&at(folder.path(), &["manual"], 0)));
    for command in &commands {
        assert!(main.contains(&format!("wenmai\\-{command}(1)")), "no {command} in\n{main}");
        let path = folder.path().join(format!("man/man1/wenmai-{command}.1"));
        assert!(path.is_file(), "no page of {command}");
    }
    for path in files_of(&folder.path().join("man/man1")) {
        let page = fs::read_to_string(&path).expect("a page");
        let Some(output) = pipe("groff", &["-k", "-man", "-Tutf8", "-ww", "-z"], &page) else { continue };
        assert!(output.status.success() && output.stderr.is_empty(), "{}: {}", path.display(), stderr(&output));
    }
    let kwic = fs::read_to_string(folder.path().join("man/man1/wenmai-kwic.1")).expect("a page");
    if let Some(output) = pipe("groff", &["-k", "-man", "-Tutf8", "-P-cbou"], &kwic) {
        let page = stdout(&output);
        assert!(page.contains("\n       wenmai kwic 机器人"), "each example has a line of its own:\n{page}");
    }
}
