//! The tables of the sample corpus, as they were when somebody last looked at them.
//!
//! What changes on purpose is renewed, looked at and committed:
//!
//! ```text
//! INSTA_UPDATE=always cargo test --test it golden && git diff tests/it/snapshots
//! ```

use std::sync::OnceLock;

use sha2::{Digest as _, Sha256};

use super::support::{Run, corpus, run};

/// Lines of a table that are kept, its header included; `documents` is kept whole.
const LINES: usize = 40;

/// Terms whose trends are kept for all organisations together.
const TRENDS: [&str; 5] = ["智能制造", "机器人", "数字孪生", "团体标准", "专精特新"];

/// The run over the sample corpus, made once.
pub(super) fn tables() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| run(&corpus(), &[], 0))
}

fn compare(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_description("Renew: INSTA_UPDATE=always cargo test --test it golden; then read the difference");
    settings.set_omit_expression(true);
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn golden_heads() {
    let mut heads = Vec::new();
    for table in tables().tables() {
        let text = tables().text(&table);
        let lines = if table == "documents" { text.lines().count() } else { LINES };
        heads.push((table, text.lines().take(lines).collect::<Vec<_>>().join("\n")));
    }
    for (table, head) in heads {
        compare(&table, &head);
    }
}

#[test]
fn golden_trends() {
    let text = tables().text("term_trends");
    let kept = |line: &&str| TRENDS.iter().any(|term| line.starts_with(&format!("*,{term},")));
    let lines: Vec<&str> = text.lines().take(1).chain(text.lines().filter(kept)).collect();
    assert_eq!(lines.len(), 1 + TRENDS.len(), "every term has a trend");
    compare("trends_of_all", &lines.join("\n"));
}

#[test]
fn golden_rows_and_digests() {
    let mut lines = vec!["table rows sha256".to_owned()];
    for table in tables().tables() {
        let digest = Sha256::digest(tables().text(&table));
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        lines.push(format!("{table} {} {digest}", tables().rows(&table).len()));
    }
    compare("rows_and_digests", &lines.join("\n"));
}
