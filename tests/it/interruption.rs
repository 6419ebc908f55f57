//! Whatever happens to a run, the output folder holds the tables of one whole run: the old ones or the new.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::support::{corpus, folder, stderr, tell, wenmai};

const FIRST: &[&str] = &["nanping-automation-2024-summary.txt", "qingluan-bearing-2022-q3.txt"];
const SECOND: &[&str] = &["hualan-logistics-2021-annual_summary.txt", "yunzhou-robot-2019-summary.txt"];

/// Files by name.
type Tables = BTreeMap<String, Vec<u8>>;

fn reports(target: &Path, names: &[&str]) -> PathBuf {
    fs::create_dir_all(target).expect("a folder");
    for name in names {
        fs::copy(corpus().join(name), target.join(name)).expect("a copy");
    }
    target.to_owned()
}

fn start(corpus: &Path, out: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_wenmai"))
        .args(["run", "--quiet", "--corpus"])
        .arg(corpus)
        .arg("--out")
        .arg(out)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts")
}

/// Every file but `run.json`, which tells the time.
fn tables(out: &Path) -> Tables {
    let entries = fs::read_dir(out).expect("the output folder").map(|entry| entry.expect("an entry").path());
    let named = entries.map(|path| (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), path));
    named.filter(|(name, _)| name != "run.json").map(|(name, path)| (name, fs::read(path).expect("a table"))).collect()
}

fn finish(mut child: Child) -> i32 {
    child.wait().expect("the run ends").code().unwrap_or(-1)
}

/// Names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The tables of either corpus, and how long a run takes.
fn both(root: &Path) -> ([PathBuf; 2], [Tables; 2], Duration) {
    let corpora = [reports(&root.join("first"), FIRST), reports(&root.join("second"), SECOND)];
    let begun = Instant::now();
    let wanted = [0, 1].map(|at| {
        let out = root.join(format!("wanted{at}"));
        assert_eq!(finish(start(&corpora[at], &out)), 0);
        tables(&out)
    });
    (corpora, wanted, begun.elapsed() / 2)
}

#[test]
fn fifty_kills_leave_whole_folders() {
    const KILLS: u64 = 50;
    let root = folder();
    let (corpora, wanted, takes) = both(root.path());
    let results = root.path().join("results");
    let out = results.join("out");
    assert_eq!(finish(start(&corpora[0], &out)), 0);
    let (mut killed, mut random) = (0, 0x2545_f491_4f6c_dd1d_u64);
    for kill in 0..KILLS {
        // a fixed sequence: a failure can be had again
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = takes.mul_f64((random >> 11) as f64 / (1_u64 << 53) as f64 * 1.1);
        let mut child = start(&corpora[(kill % 2) as usize], &out);
        std::thread::sleep(wait);
        child.kill().expect("a signal");
        killed += u64::from(child.wait().expect("it ends").code().is_none());
        let stands = tables(&out);
        assert!(wanted.contains(&stands), "kill {kill} after {wait:?} left {:?}", stands.keys().collect::<Vec<_>>());
    }
    assert!(killed > KILLS / 4, "only {killed} of {KILLS} runs were killed before they ended");
    assert_eq!(finish(start(&corpora[1], &out)), 0);
    assert!(tables(&out) == wanted[1]);
    assert_eq!(names(&results), ["out"], "the next run clears away what killed ones left");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_within_a_second() {
    let root = folder();
    let (corpora, wanted, takes) = both(root.path());
    let results = root.path().join("results");
    let out = results.join("out");
    assert_eq!(finish(start(&corpora[0], &out)), 0);
    let child = start(&corpora[1], &out);
    std::thread::sleep(takes / 2);
    let begun = Instant::now();
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
    let output = child.wait_with_output().expect("it ends");
    let took = begun.elapsed();
    match output.status.code() {
        Some(130) => {
            assert!(tables(&out) == wanted[0], "{}", stderr(&output));
            assert!(took < Duration::from_millis(1500), "{took:?}");
        }
        // it was faster than the signal
        Some(0) => assert!(tables(&out) == wanted[1]),
        other => panic!("{other:?}: {}", stderr(&output)),
    }
    assert_eq!(finish(start(&corpora[1], &out)), 0);
    assert_eq!(names(&results), ["out"]);
}

#[test]
fn of_two_runs_at_once_one_is_refused() {
    let root = folder();
    let reports = reports(&root.path().join("reports"), FIRST);
    let out = root.path().join("out");
    let runs = [start(&reports, &out), start(&reports, &out)].map(|child| child.wait_with_output().expect("it ends"));
    let codes = runs.each_ref().map(|output| output.status.code());
    // the second may come when the first is through
    assert!(codes.contains(&Some(0)), "{codes:?}");
    for output in runs.iter().filter(|output| output.status.code() != Some(0)) {
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(output).contains("another run writes to"), "{}", stderr(output));
    }
    assert_eq!(names(root.path()), ["out", "reports"]);
}

/// A limit on the size of files stands in for a disk that fills up after so many bytes: writes fail at other places of
/// the run each time.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_loses_nothing() {
    let root = folder();
    let (corpora, wanted, _) = both(root.path());
    let out = root.path().join("out");
    assert_eq!(finish(start(&corpora[0], &out)), 0);
    let mut failed = 0;
    for blocks in [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let output = Command::new("sh")
            .args(["-c", &script, env!("CARGO_BIN_EXE_wenmai"), "run", "--quiet", "--corpus"])
            .arg(&corpora[1])
            .arg("--out")
            .arg(&out)
            .output()
            .expect("a shell");
        let message = stderr(&output);
        match output.status.code() {
            Some(0) => assert!(tables(&out) == wanted[1]),
            Some(2) => {
                failed += 1;
                assert!(tables(&out) == wanted[0], "{blocks} blocks");
                assert!(message.contains("room"), "{message}");
                // files so small that not even names of files can be written have no sizes to tell
                assert!(blocks == 0 || message.contains(" kB") || message.contains(" MB"), "{blocks}: {message}");
            }
            other => panic!("{other:?} at {blocks} blocks: {message}"),
        }
    }
    assert!(failed >= 5, "only {failed} of the limits were too small");
}

/// A small disk of its own, where the system lets a test mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_small_disk_tells_what_is_needed() {
    let root = folder();
    let disk = root.path().join("disk");
    fs::create_dir(&disk).expect("a folder");
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(&disk).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        tell("skipped: no disk can be mounted here");
        return;
    }
    let output = wenmai().args(["run", "--corpus", "corpus", "--out"]).arg(disk.join("out")).output().expect("a run");
    let left = names(&disk);
    let unmounted = Command::new("umount").arg(&disk).status();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("the tables need") && stderr(&output).contains(" MB"), "{}", stderr(&output));
    assert!(left.is_empty(), "{left:?}");
    assert!(unmounted.is_ok_and(|status| status.success()));
}
