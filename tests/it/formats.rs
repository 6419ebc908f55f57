//! The same report in every format and encoding gives the same facts.

use std::collections::BTreeSet;
use std::io::Write as _;

use encoding_rs::{BIG5, GB18030};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use flate2::write::GzEncoder;
use wenmai::ingest::{Limits, Packed, read_named};
use wenmai::lexicon::{Files, Lexicon};
use wenmai::model::{Document, Format};
use wenmai::pipeline::Reader;

use crate::hostile::fixture;
use crate::support::{folder, run};

/// The report as plain text: marks of Markdown left out, a tab between cells.
fn plain() -> String {
    let report = String::from_utf8(fixture("report.md")).unwrap();
    let rows = report.lines().filter(|line| !line.contains("---"));
    let line = |line: &str| line.trim_start_matches(['#', ' ', '|']).trim_end_matches([' ', '|']).replace(" | ", "\t");
    rows.map(line).collect::<Vec<_>>().join("\n")
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
}

fn read(name: &str, format: Format, packed: Packed, bytes: Vec<u8>) -> Document {
    let mut reading = read_named(name, bytes, format, packed, &Limits::default());
    assert_eq!(reading.documents.len(), 1, "{name}");
    reading.documents.remove(0).unwrap_or_else(|rejection| panic!("{name}: {rejection:?}"))
}

/// What a document says, each fact once.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    organisations: BTreeSet<String>,
    dates: BTreeSet<String>,
    quantities: BTreeSet<String>,
    terms: BTreeSet<String>,
    profile: Vec<String>,
}

impl Said {
    fn simplified(self, simplifier: &OpenCC) -> Said {
        let set = |facts: BTreeSet<String>| facts.iter().map(|fact| simplifier.convert(fact)).collect();
        Said {
            quantities: set(self.quantities),
            profile: self.profile.iter().map(|fact| simplifier.convert(fact)).collect(),
            ..self
        }
    }
}

fn said(document: Document, reader: &Reader<'_>, lexicon: &Lexicon) -> Said {
    let facts = reader.read(document);
    let profile = &facts.document.profile;
    let quantity = |deed: &wenmai::model::Deed| {
        let m = &deed.quantity;
        let unit = m.unit.as_ref().map(|unit| unit.within(&facts.source));
        format!("{:?} {:?} {:?} {:?}", m.kind, m.value, unit.unwrap_or_default(), m.modifier)
    };
    Said {
        organisations: facts.organisations.iter().map(|m| m.name.clone()).collect(),
        dates: facts.dates.iter().map(|m| format!("{:?} {:?} {:?}", m.kind, m.from, m.to)).collect(),
        quantities: facts.quantities.iter().map(quantity).collect(),
        terms: facts.terms.iter().map(|m| lexicon.terms.terms()[m.term as usize].name.clone()).collect(),
        profile: vec![
            format!("{:?}", profile.title),
            format!("{:?}", profile.publisher.as_ref().map(|p| &p.name)),
            format!("{:?}", profile.published.map(|p| p.to_string())),
            format!("{:?}", profile.period),
        ],
    }
}

fn difference(wanted: &Said, found: &Said) -> Vec<String> {
    let sets = [
        (&wanted.organisations, &found.organisations),
        (&wanted.dates, &found.dates),
        (&wanted.quantities, &found.quantities),
        (&wanted.terms, &found.terms),
    ];
    let mut all = Vec::new();
    for (wanted, found) in sets {
        all.extend(wanted.difference(found).map(|fact| format!("- {fact}")));
        all.extend(found.difference(wanted).map(|fact| format!("+ {fact}")));
    }
    for (wanted, found) in wanted.profile.iter().zip(&found.profile).filter(|(wanted, found)| wanted != found) {
        all.push(format!("- {wanted}"));
        all.push(format!("+ {found}"));
    }
    all
}

fn zip_of(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(bytes).unwrap();
    archive.finish().unwrap().into_inner()
}

fn variants() -> Vec<(&'static str, Document)> {
    let plain = plain();
    let traditional = OpenCC::from_config(BuiltinConfig::S2tw).unwrap().convert(&plain);
    let (big5, _, lost) = BIG5.encode(&traditional);
    assert!(!lost, "the report has a character that Big5 has not");
    let text = |name, bytes: Vec<u8>| (name, read(name, Format::Text, Packed::No, bytes));
    let mut gz = GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(&fixture("libreoffice.docx")).unwrap();
    let row = format!("id,text\n1,\"{plain}\"\n").into_bytes();
    let line = serde_json::json!({"id": 1, "text": plain}).to_string().into_bytes();
    let mut all = vec![
        text("utf-8.txt", plain.clone().into_bytes()),
        text("gb18030.txt", GB18030.encode(&plain).0.into_owned()),
        text("big5.txt", big5.into_owned()),
        text("utf-16le.txt", utf16(&plain, u16::to_le_bytes)),
        text("utf-16be.txt", utf16(&plain, u16::to_be_bytes)),
        // names that lie
        text("page.txt", fixture("saved.html")),
        ("today.doc", read("today.doc", Format::Doc, Packed::No, fixture("python-docx.docx"))),
        ("packed.docx.gz", read("packed.docx.gz", Format::Docx, Packed::Gzip, gz.finish().unwrap())),
        ("a.zip", read("a.zip", Format::Text, Packed::Zip, zip_of("a/报告.html", &fixture("saved.html")))),
        ("rows.csv", read("rows.csv", Format::Csv, Packed::No, row)),
        ("lines.jsonl", read("lines.jsonl", Format::Jsonl, Packed::No, line)),
    ];
    let fixtures = [
        ("report.md", Format::Markdown),
        ("saved.html", Format::Html),
        ("python-docx.docx", Format::Docx),
        ("libreoffice.docx", Format::Docx),
        ("libreoffice.odt", Format::Odt),
        ("libreoffice.rtf", Format::Rtf),
        #[cfg(feature = "doc")]
        ("libreoffice.doc", Format::Doc),
        #[cfg(feature = "pdf")]
        ("chromium.pdf", Format::Pdf),
        #[cfg(feature = "pdf")]
        ("libreoffice.pdf", Format::Pdf),
        #[cfg(feature = "pdf")]
        ("reportlab.pdf", Format::Pdf),
        #[cfg(feature = "pdf")]
        ("reportlab-gbk.pdf", Format::Pdf),
        #[cfg(feature = "pdf")]
        ("reportlab-columns.pdf", Format::Pdf),
    ];
    all.extend(fixtures.map(|(name, format)| (name, read(name, format, Packed::No, fixture(name)))));
    all
}

/// What the file of `structured` in `tests/fixtures/make.py` reads as, whoever wrote it.
const STRUCTURE: &str = "一、会员工作
（一）会员发展
年末会员486家，全年新增86家。
不含已退会的12家。
（二）会员服务
1. 走访企业132家次。
2. 收集建议230条。
分会 | 会员 |\u{20}
 | 总数 | 新增
机器人分会 | 152家 | 31家
二、标准工作
（一）团体标准
1. 发布团体标准9项。
";

#[test]
fn numbers_notes_changes_and_merged_cells_read_as_they_are_shown() {
    let files = [
        ("python-docx-structure.docx", Format::Docx),
        ("libreoffice-structure.docx", Format::Docx),
        ("libreoffice-structure.odt", Format::Odt),
    ];
    for (name, format) in files {
        assert_eq!(read(name, format, Packed::No, fixture(name)).text, STRUCTURE, "{name}");
    }
    let corpus = folder();
    std::fs::write(corpus.path().join("a.docx"), fixture(files[0].0)).unwrap();
    let run = run(corpus.path(), &[], 0);
    let rows = run.rows("sentences");
    let listed = rows.iter().find(|row| row.get("text").contains("230")).unwrap();
    assert_eq!(listed.get("section"), "一、会员工作 > (二)会员服务");
}

/// A running head that stands on one page alone can't be told from text; a name is read in it.
const TOLERATED: &[(&str, &str)] = &[("reportlab.pdf", "+ 岚桥智能装备"), ("reportlab-gbk.pdf", "+ 岚桥智能装备")];

#[test]
fn the_same_report_says_the_same_in_every_format() {
    let lexicon = Lexicon::compile(&Files::shipped()).unwrap_or_else(|faults| panic!("{faults}"));
    let reader = Reader::new(&lexicon);
    let mut all = variants().into_iter();
    let (_, text) = all.next().unwrap();
    let wanted = said(text, &reader, &lexicon);
    assert!(wanted.organisations.len() >= 5 && wanted.quantities.len() >= 25 && wanted.terms.len() >= 8, "{wanted:?}");
    let simplifier = OpenCC::from_config(BuiltinConfig::Tw2s).unwrap();
    let mut wrong = Vec::new();
    for (name, document) in all {
        let text = document.text.clone();
        let mut found = said(document, &reader, &lexicon);
        if name == "big5.txt" {
            // tolerated too: what is quoted from a traditional text stays traditional
            found = found.simplified(&simplifier);
        }
        let mut left = difference(&wanted, &found);
        left.retain(|fact| !TOLERATED.contains(&(name, fact.as_str())));
        if !left.is_empty() {
            wrong.push(format!(
                "{name}:\n  {}\n{}",
                left.join("\n  "),
                if left.len() > 12 { text } else { String::new() }
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[cfg(feature = "pdf")]
#[test]
fn pages_are_counted_and_pictures_rejected() {
    let corpus = folder();
    for name in ["scanned.pdf", "reportlab-columns.pdf"] {
        std::fs::write(corpus.path().join(name), fixture(name)).unwrap();
    }
    let texts = folder();
    let flag = texts.path().to_str().unwrap();
    let run = run(corpus.path(), &["--write-text", flag], 1);
    let rejected = run.rows("rejected");
    assert_eq!((rejected[0].get("path"), rejected[0].get("reason")), ("scanned.pdf", "no_text_layer"));
    assert_eq!(run.rows("documents")[0].get("pages"), "2");
    let text = std::fs::read_to_string(texts.path().join("reportlab-columns.pdf.txt")).unwrap();
    let text: Vec<char> = text.chars().collect();
    assert!(!text.iter().collect::<String>().contains("简报"), "running heads are no text");
    let mut pages = BTreeSet::new();
    for table in ["sentences", "quantity_mentions", "organisation_mentions", "term_mentions"] {
        for row in run.rows(table) {
            pages.insert(row.number("page"));
            let found: String = text[row.number("start")..row.number("end")].iter().collect();
            assert_eq!(found, row.get("text"), "{table}");
        }
    }
    assert_eq!(pages, BTreeSet::from([1, 2]));
}

#[test]
fn a_report_on_two_sites_counts_once() {
    let corpus = folder();
    let text = plain();
    let elsewhere = format!("某新闻网 2024-01-15\n{}", text.replace('，', ","));
    std::fs::write(corpus.path().join("a.txt"), &text).unwrap();
    std::fs::write(corpus.path().join("b.txt"), &elsewhere).unwrap();
    std::fs::write(corpus.path().join("c.md"), &text).unwrap();
    let traditional = OpenCC::from_config(BuiltinConfig::S2tw).unwrap().convert(&text);
    std::fs::write(corpus.path().join("d.txt"), traditional).unwrap();
    let once = run(corpus.path(), &["--threads", "3"], 0);
    let copies: Vec<String> = once.rows("documents").iter().map(|row| row.get("duplicate_of").to_owned()).collect();
    assert_eq!(copies, ["", "a.txt", "a.txt", "a.txt"]);
    let both = run(corpus.path(), &["--keep-duplicates"], 0);
    assert!(both.rows("documents").iter().all(|row| row.get("duplicate_of").is_empty()));
    for name in ["b.txt", "c.md", "d.txt"] {
        std::fs::remove_file(corpus.path().join(name)).unwrap();
    }
    let alone = run(corpus.path(), &[], 0);
    for table in alone.tables().iter().filter(|table| *table != "documents") {
        assert_eq!(once.text(table), alone.text(table), "{table}");
    }
    assert_eq!(both.rows("term_mentions").len(), 4 * alone.rows("term_mentions").len());
}

#[test]
fn what_goes_beyond_a_limit_is_a_row() {
    let corpus = folder();
    let put = |name: &str, bytes: &[u8]| std::fs::write(corpus.path().join(name), bytes).unwrap();
    let mut bomb = GzEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![b'a'; 8 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    put("bomb.txt.gz", &bomb);
    put("inner.zip", &zip_of("bomb.txt.gz", &bomb));
    put("good.zip", &zip_of("x/a.txt", "协会新增会员86家。".as_bytes()));
    put("many.txt", &[b'a'; 300_000]);
    let nested =
        ["a.txt", "1.zip", "2.zip", "3.zip"].windows(2).fold(b"a".to_vec(), |bytes, names| zip_of(names[0], &bytes));
    put("nested.zip", &zip_of("3.zip", &nested));
    put("deep.html", "<div>".repeat(9000).as_bytes());
    put("columns.pdf", &fixture("reportlab-columns.pdf"));
    put("cut.docx", &fixture("python-docx.docx")[..9000]);
    put("table.csv", b"a,b\n1,2\n");
    let run = run(corpus.path(), &["--max-file-bytes", "200000", "--max-pages", "1", "--max-ratio", "100"], 1);
    let rows = run.rows("rejected");
    let told: Vec<(&str, &str)> = rows.iter().map(|row| (row.get("path"), row.get("reason"))).collect();
    let mut wanted = vec![
        ("bomb.txt.gz", "unpacks_too_large"),
        ("cut.docx", "damaged"),
        ("deep.html", "too_deep"),
        ("inner.zip#bomb.txt.gz", "unpacks_too_large"),
        ("many.txt", "too_large"),
        ("nested.zip#3.zip#2.zip#1.zip", "too_deep"),
        ("table.csv", "no_text_column"),
    ];
    if cfg!(feature = "pdf") {
        wanted.insert(1, ("columns.pdf", "too_many_pages"));
    }
    assert_eq!(told, wanted);
    let documents = run.rows("documents");
    assert_eq!(documents.iter().map(|row| row.get("document")).collect::<Vec<_>>(), ["good.zip#x/a.txt"]);
}
