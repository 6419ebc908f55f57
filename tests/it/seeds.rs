//! The five real reports: who publishes them and which year they review.

use super::support::{run, shared};

#[test]
fn publishers_and_years_under_review() {
    let Some(seeds) = shared("seeds") else { return };
    let run = run(&seeds, &[], 0);
    assert!(run.rows("rejected").is_empty());
    let documents = run.rows("documents");
    let found = documents.iter().map(|row| [row.get("document"), row.get("organisation"), row.get("period")]);
    let wanted = [
        ["000_69ed05ec3e0a6aab.txt", "中国机电一体化技术应用协会", "2024"],
        ["001_723b7fc7817c5b26.txt", "中国机电一体化技术应用协会", "2022"],
        ["002_66f16c01e69b5e3f.txt", "淄博市装备制造业协会", "2021"],
        ["003_83fbcce118e5bb4e.txt", "中国职工技术协会", "2024"],
        ["004_498d708e97c125c2.txt", "中国科协智能制造学会联合体", "2021"],
    ];
    assert_eq!(found.collect::<Vec<_>>(), wanted);
}
