//! Folders as they come: junk among the reports, odd names, links.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use super::*;

fn write(root: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn keys(listing: &Listing) -> Vec<&str> {
    listing.inputs.iter().map(|input| input.key.as_str()).collect()
}

/// What a folder gives: `key text` or `path !reason`, the listing's rejections first.
fn outcome(root: &Path, limits: &Limits) -> Vec<String> {
    let listing = walk(root, &[]).unwrap();
    let rejected = |rejection: &Rejection| {
        assert!(!rejection.detail.is_empty());
        format!("{} !{}", rejection.path, rejection.reason.as_str())
    };
    let mut lines: Vec<String> = listing.rejections.iter().map(rejected).collect();
    for input in &listing.inputs {
        lines.extend(read(input, limits).documents.iter().map(|document| match document {
            Ok(document) => format!("{} {} {}", document.key, document.encoding, document.text.chars().count()),
            Err(rejection) => rejected(rejection),
        }));
    }
    lines
}

#[test]
fn the_order_is_that_of_the_keys() {
    let folder = tempfile::tempdir().unwrap();
    for name in
        ["b.txt", "a/z.md", "a.txt", "a/b/c.TXT", "a.jsonl", "a.jsonl!.txt", "A.markdown", "会/员.txt", "metadata.csv"]
    {
        write(folder.path(), name, "甲");
    }
    let listing = walk(folder.path(), &[]).unwrap();
    let expected = ["A.markdown", "a.jsonl!.txt", "a.jsonl", "a.txt", "a/b/c.TXT", "a/z.md", "b.txt", "会/员.txt"];
    assert_eq!(keys(&listing), expected);
    assert_eq!(listing.rejections, []);
    assert_eq!(listing.metadata, Some(folder.path().join("metadata.csv")));
    assert_eq!(listing.inputs[0].bytes, 3);
    assert_eq!(listing.inputs[0].format, Format::Markdown);
}

#[test]
fn ignored_hidden_and_skipped_files_are_no_part_of_the_corpus() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("corpus");
    for name in [
        "a.txt",
        "README.md",
        "facts.csv",
        "gold/a.gold.json",
        "sub/README.md",
        ".git/x.txt",
        ".hidden.txt",
        "out/b.txt",
        "out2/c.txt",
        "metadata.csv",
    ] {
        write(&root, name, "甲");
    }
    write(&root, IGNORE_FILE, "/README.md\nfacts.csv\ngold/\n");
    write(folder.path(), ".gitignore", "*.txt\n");
    let listing = walk(&root, &[root.join("out"), root.join("absent"), root.clone()]).unwrap();
    assert_eq!(keys(&listing), ["a.txt", "out2/c.txt", "sub/README.md"]);
    assert_eq!(listing.rejections, []);
    assert!(listing.metadata.is_some());

    write(&root, IGNORE_FILE, "*.md\n*.csv\ngold/\n");
    let listing = walk(&root, &[root.join("out/b.txt"), root.join("out2")]).unwrap();
    assert_eq!(keys(&listing), ["a.txt"]);
    assert_eq!(listing.metadata, None);
}

#[test]
fn a_root_that_cannot_be_listed_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let error = |path: &Path| walk(path, &[]).unwrap_err().to_string();
    assert!(error(&folder.path().join("absent")).contains("--corpus"));
    write(folder.path(), "a.xlsx", "甲");
    assert!(error(&folder.path().join("a.xlsx")).contains(".jsonl"));
    assert!(matches!(walk(Path::new("/dev/null"), &[]), Err(IngestError::NotAFolder(_))) || cfg!(not(unix)));

    write(folder.path(), "甲.txt", "甲");
    let listing = walk(&folder.path().join("甲.txt"), &[]).unwrap();
    assert_eq!(keys(&listing), ["甲.txt"]);
}

#[test]
fn junk_is_rejected_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "blank.txt", " \n");
    write(root, "bom.txt", b"\xef\xbb\xbf");
    write(root, "dir.txt/in.txt", "甲");
    write(root, "empty.txt", "");
    write(root, "ff.md", [0xff; 9]);
    write(root, "long.txt", "甲".repeat(5 << 20 >> 1));
    write(root, "new\nline \"quote\" 🤖.txt", "甲");
    write(root, "page.xls", "甲");
    write(root, "zip.txt", b"PK\x03\x04\0\0");
    write(root, "无", "甲");
    let limits = Limits { file_bytes: 6 << 20, ..Limits::default() };
    assert_eq!(
        outcome(root, &limits),
        [
            "page.xls !unknown_format",
            "无 !unknown_format",
            "blank.txt !empty",
            "bom.txt !empty",
            "dir.txt/in.txt UTF-8 1",
            "empty.txt !empty",
            "ff.md !unknown_encoding",
            "long.txt !too_large",
            "new\nline \"quote\" 🤖.txt UTF-8 1",
            "zip.txt !binary",
        ]
    );
}

#[test]
fn one_line_of_five_megabytes_is_read_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let count = (5 << 20) / 3;
    write(folder.path(), "a.txt", "甲".repeat(count));
    write(folder.path(), "b.md", "**甲，".repeat(count / 3));
    let started = Instant::now();
    let lines = outcome(folder.path(), &Limits::default());
    assert_eq!(lines[0], format!("a.txt UTF-8 {count}"));
    assert_eq!(lines.len(), 2);
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[cfg(unix)]
#[test]
fn links_are_read_to_files_alone() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("corpus");
    write(&root, "a.txt", "甲");
    write(folder.path(), "else/b.txt", "甲乙");
    symlink(folder.path().join("else/b.txt"), root.join("link.txt")).unwrap();
    symlink(folder.path().join("else"), root.join("folder.txt")).unwrap();
    symlink(&root, root.join("ring")).unwrap();
    symlink("nowhere", root.join("gone.txt")).unwrap();
    symlink("loop.txt", root.join("loop.txt")).unwrap();
    assert_eq!(
        outcome(&root, &Limits::default()),
        [
            "folder.txt !link_to_folder",
            "gone.txt !dangling_link",
            "loop.txt !unreadable",
            "ring !link_to_folder",
            "a.txt UTF-8 1",
            "link.txt UTF-8 2",
        ]
    );
}

#[cfg(unix)]
#[test]
fn names_that_are_no_utf8_stay_readable_and_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().unwrap();
    for name in [&b"x\xfe.txt"[..], b"x\xff.txt"] {
        // Some file systems take no such name.
        if fs::write(folder.path().join(OsStr::from_bytes(name)), "甲").is_err() {
            return;
        }
    }
    assert_eq!(outcome(folder.path(), &Limits::default()), ["x\u{fffd}.txt UTF-8 1", "x\u{fffd}.txt~2 UTF-8 1"]);
}

#[cfg(unix)]
#[test]
fn what_the_system_refuses_is_rejected() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", "甲");
    write(folder.path(), "locked/b.txt", "甲");
    for (name, mode) in [("a.txt", 0o000), ("locked", 0o000)] {
        fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
    }
    // The superuser may read everything.
    let refused = File::open(folder.path().join("a.txt")).is_err();
    let lines = outcome(folder.path(), &Limits::default());
    fs::set_permissions(folder.path().join("locked"), fs::Permissions::from_mode(0o700)).unwrap();
    if refused {
        assert_eq!(lines, ["locked !unreadable", "a.txt !unreadable"]);
    }
}

#[test]
fn a_file_that_changed_behind_the_listing_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", "甲");
    write(folder.path(), "b.txt", "甲");
    let listing = walk(folder.path(), &[]).unwrap();
    fs::remove_file(folder.path().join("a.txt")).unwrap();
    fs::remove_file(folder.path().join("b.txt")).unwrap();
    fs::create_dir(folder.path().join("b.txt")).unwrap();
    let reasons = listing.inputs.iter().map(|input| {
        let reading = read(input, &Limits::default());
        reading.documents.into_iter().next().unwrap().unwrap_err().reason
    });
    assert_eq!(reasons.collect::<Vec<_>>(), [Reason::Unreadable, Reason::NotAFile]);
}

#[test]
fn documents_carry_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let gbk = encoding_rs::GB18030.encode("## 标题\r\n**会员**大会\r\n").0.into_owned();
    write(folder.path(), "a.txt", &gbk);
    write(folder.path(), "b.md", "---\ntitle: 题\ndate: 不明\n---\n正文\n");
    write(folder.path(), "c.txt", "一、标题\n正文\n");
    let listing = walk(folder.path(), &[]).unwrap();
    let readings: Vec<Reading> = listing.inputs.iter().map(|input| read(input, &Limits::default())).collect();
    let document = |at: usize| readings[at].documents[0].as_ref().unwrap();
    let a: &Document = document(0);
    assert_eq!((a.format, a.encoding, a.text.as_str()), (Format::Text, "GB18030", "## 标题\r\n**会员**大会\r\n"));
    assert_eq!(a.sha256, sha256(&gbk));
    assert_eq!(a.blocks.as_ref().map(Vec::len), Some(2));
    let b = document(1);
    assert_eq!((b.format, b.given.title.as_deref()), (Format::Markdown, Some("题")));
    assert_eq!(b.blocks.as_ref().map(Vec::len), Some(1));
    assert_eq!(
        readings[1].faults.iter().map(|fault| (fault.file.as_str(), fault.line)).collect::<Vec<_>>(),
        [("b.md", 3)]
    );
    assert_eq!(document(2).blocks, None);
    assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn texts_at_hand_are_read_by_their_content() {
    let given = Given { title: Some("外".into()), ..Given::default() };
    let text = "---\ntitle: 内\npublisher: 某会\n---\n正文";
    let document = from_text("7", text.into(), None, given);
    assert_eq!((document.key.as_str(), document.format), ("7", Format::Jsonl));
    assert_eq!(document.given.title.as_deref(), Some("外"));
    assert_eq!(document.given.publisher.as_deref(), Some("某会"));
    for (text, format, blocks) in [
        ("正文", None, None),
        ("正文", Some(Format::Markdown), Some(1)),
        ("# 题\n正文", Some(Format::Text), Some(2)),
        ("", None, None),
    ] {
        let document = from_text("8", text.into(), format, Given::default());
        assert_eq!(document.blocks.map(|blocks| blocks.len()), blocks, "{text}");
    }
}
