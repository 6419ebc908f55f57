//! The same corpus gives the same bytes, whatever the threads and the order in which its files were written.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use super::support::{copy_in_order, corpus, files_of, folder, run};

fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>(), "{what}");
    assert!(one.len() >= 14, "all tables and the package");
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{name} differs {what}");
    }
}

/// The same files, each as far from its neighbours as it gets: every 17th of a cycle.
fn shuffled(files: Vec<PathBuf>) -> Vec<PathBuf> {
    let count = files.len();
    let step =
        (17_usize..).find(|step| (2..=*step).all(|d| !step.is_multiple_of(d) || !count.is_multiple_of(d))).unwrap_or(1);
    (0..count).rev().map(|n| files[n * step % count].clone()).collect()
}

#[test]
fn threads_change_nothing() {
    let one = run(&corpus(), &["--threads", "1"], 0);
    for threads in ["2", "5"] {
        assert_same(&one.files(), &run(&corpus(), &["--threads", threads], 0).files(), "with more threads");
    }
}

#[test]
fn the_order_of_the_files_on_disk_changes_nothing() {
    let files = files_of(&corpus());
    let order = shuffled(files.clone());
    assert_ne!(files, order);
    let mut again = order.clone();
    again.sort();
    assert_eq!(files, again, "a permutation");
    let copy = folder();
    copy_in_order(&order, copy.path());
    fs::create_dir(copy.path().join("gold")).expect("the folder that the ignore file names");
    assert_same(&run(&corpus(), &[], 0).files(), &run(copy.path(), &[], 0).files(), "from a shuffled copy");
}
