use super::*;

const OURS: &str = r#"{"name": "wenmai", "resources": [{"name": "gone", "path": "gone.csv"}, {"path": "../out.csv"}]}"#;

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

/// What a run does.
fn run(path: &Path, text: &str) -> Result<(), FolderError> {
    let folder = OutputFolder::prepare(path)?;
    write(folder.path(), "terms.csv", text);
    write(folder.path(), "datapackage.json", OURS);
    folder.commit()
}

#[test]
fn a_new_folder_takes_the_place_of_the_old_one() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("results/out");
    run(&out, "first").unwrap();
    write(&out, "gone.csv", "a table of an older release");
    write(&out, "run.json", "{}");
    run(&out, "second").unwrap();
    assert_eq!(names(&out), ["datapackage.json", "terms.csv"]);
    assert_eq!(fs::read_to_string(out.join("terms.csv")).unwrap(), "second");
    assert_eq!(names(out.parent().unwrap()), ["out"], "nothing is left beside it");
}

#[test]
fn an_empty_folder_is_taken() {
    let root = tempfile::tempdir().unwrap();
    run(root.path(), "first").unwrap();
    assert_eq!(names(root.path()), ["datapackage.json", "terms.csv"]);
}

#[test]
fn dropped_without_commit_nothing_happened() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    run(&out, "first").unwrap();
    let folder = OutputFolder::prepare(&out).unwrap();
    write(folder.path(), "terms.csv", "second");
    assert!(folder.path().file_name().unwrap().to_str().unwrap().starts_with(".out.partial-"));
    assert_eq!(names(root.path()).len(), 3, "the folder, the new one and the lock");
    drop(folder);
    assert_eq!(names(root.path()), ["out"]);
    assert_eq!(fs::read_to_string(out.join("terms.csv")).unwrap(), "first");
}

#[test]
fn foreign_folders_are_refused_and_left_alone() {
    for (name, text) in [
        ("notes.txt", "mine"),
        ("datapackage.json", r#"{"name": "somebody-else"}"#),
        ("datapackage.json", "no json"),
        ("datapackage.json", "[]"),
    ] {
        let root = tempfile::tempdir().unwrap();
        let out = root.path().join("out");
        fs::create_dir(&out).unwrap();
        write(&out, name, text);
        let error = run(&out, "first").unwrap_err();
        assert!(matches!(error, FolderError::Foreign { .. }), "{error}");
        assert!(error.to_string().contains(name) && error.to_string().contains("empty folder"), "{error}");
        assert_eq!(fs::read_to_string(out.join(name)).unwrap(), text);
        assert_eq!(names(root.path()), ["out"]);
    }
}

#[test]
fn a_folder_that_fills_during_the_run_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let folder = OutputFolder::prepare(&out).unwrap();
    fs::create_dir(&out).unwrap();
    write(&out, "notes.txt", "mine");
    assert!(matches!(folder.commit(), Err(FolderError::Foreign { .. })));
    assert_eq!(names(&out), ["notes.txt"]);
    assert_eq!(names(root.path()), ["out"]);
}

#[test]
fn strangers_in_an_output_move_along() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    run(&out, "first").unwrap();
    write(&out, "notes.txt", "mine");
    fs::create_dir(out.join("figures")).unwrap();
    write(&out.join("figures"), "one.png", "mine");
    write(root.path(), "out.csv", "named by the package, but outside");
    run(&out, "second").unwrap();
    assert_eq!(names(&out), ["datapackage.json", "figures", "notes.txt", "terms.csv"]);
    assert_eq!(fs::read_to_string(out.join("figures/one.png")).unwrap(), "mine");
    assert_eq!(names(root.path()), ["out", "out.csv"]);
}

#[test]
fn files_and_working_folders_are_no_output() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), "out", "a file");
    assert!(matches!(OutputFolder::prepare(&root.path().join("out")), Err(FolderError::NotAFolder(_))));
    for path in ["/", ".", ".."] {
        assert!(matches!(OutputFolder::prepare(Path::new(path)), Err(FolderError::NoName(_))), "{path}");
    }
    assert_eq!(names(root.path()), ["out"]);
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_permissions_too() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let real = root.path().join("real");
    run(&real, "first").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_ne!(mode(&real) & 0o050, 0, "a new folder is as the umask says, not private");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o750)).unwrap();
    std::os::unix::fs::symlink(&real, root.path().join("link")).unwrap();
    run(&root.path().join("link"), "second").unwrap();
    assert_eq!(fs::read_to_string(real.join("terms.csv")).unwrap(), "second");
    assert!(root.path().join("link").is_symlink());
    assert_eq!(mode(&real), 0o750);
}

#[test]
fn folders_inside_folders_are_found() {
    let root = tempfile::tempdir().unwrap();
    let at = |path: &str| root.path().join(path);
    fs::create_dir_all(at("corpus/old")).unwrap();
    for (inner, expected) in [
        ("corpus", true),
        ("corpus/", true),
        ("corpus/out", true),
        ("corpus/old/../new/out", true),
        ("corpus/../out", false),
        ("corpus2", false),
        ("missing/../corpus/out", true),
        ("out", false),
    ] {
        assert_eq!(contains(&at("corpus"), &at(inner)).unwrap(), expected, "{inner}");
    }
    assert!(contains(&at("corpus/old/.."), &at("corpus/old")).unwrap());
}

#[test]
fn a_second_run_at_once_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let first = OutputFolder::prepare(&out).unwrap();
    let error = OutputFolder::prepare(&out).unwrap_err();
    assert!(matches!(error, FolderError::Busy(_)) && error.to_string().contains("another run"), "{error}");
    OutputFolder::prepare(&root.path().join("out2")).expect("another folder beside it is free");
    drop(first);
    run(&out, "second").unwrap();
    assert_eq!(names(root.path()), ["out"]);
}

#[test]
fn what_killed_runs_left_is_settled() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    run(&out, "first").unwrap();
    let left = |name: &str| {
        let folder = root.path().join(name);
        fs::create_dir(&folder).unwrap();
        write(&folder, "terms.csv", "half");
        folder
    };
    // killed while it wrote
    left(".out.partial-abc");
    // killed between the exchange and the end: the old folder, with a file of the user's own
    let old = left(".out.partial-def");
    write(&old, "datapackage.json", OURS);
    write(&old, "notes.txt", "mine");
    // of another output, and of the user
    left(".out2.partial-abc");
    write(root.path(), ".out.partial-file", "mine");
    run(&out, "second").unwrap();
    assert_eq!(names(&out), ["datapackage.json", "notes.txt", "terms.csv"]);
    assert_eq!(fs::read_to_string(out.join("terms.csv")).unwrap(), "second");
    assert_eq!(names(root.path()), [".out.partial-file", ".out2.partial-abc", "out"]);
}

#[test]
fn a_folder_moved_aside_goes_back() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    run(&out, "first").unwrap();
    fs::rename(&out, root.path().join(".out.old-abc")).unwrap();
    drop(OutputFolder::prepare(&out).unwrap());
    assert_eq!(fs::read_to_string(out.join("terms.csv")).unwrap(), "first");
    assert_eq!(names(root.path()), ["out"]);
}
