use unpdf::model::Block;
fn main() {
    for path in std::env::args().skip(1) {
        println!("=== {path}");
        let bytes = std::fs::read(&path).unwrap();
        if path.ends_with(".html") {
            let t = String::from_utf8(bytes).unwrap();
            let mut r = dom_smoothie::Readability::new(t, None, None).unwrap();
            match r.parse() { Ok(a) => println!("{:?} {:?} {:?}\n{}", a.title, a.site_name, a.published_time, a.content), Err(e) => println!("{e}") }
            continue;
        }
        if path.ends_with(".doc") {
            let d = office_oxide::doc::DocDocument::from_reader(std::io::Cursor::new(bytes)).unwrap();
            println!("{}", d.plain_text());
            continue;
        }
        let o = unpdf::ParseOptions::new().lenient().sequential();
        match unpdf::parse_bytes_with_options(&bytes, o) {
            Err(e) => println!("ERR {e}"),
            Ok(d) => for p in &d.pages {
                println!("--- page {} ops {} img {} painted {} margin {} omitted {} cols {}", p.number, p.text_op_count, p.image_op_count, p.painted_text_chars, p.margin_text_chars, p.omitted_page_number_chars, p.column_count);
                for b in &p.elements { match b {
                    Block::Paragraph(q) => println!("P h{:?} {:?}", q.style.heading_level, q.plain_text()),
                    Block::Table(t) => for r in &t.rows { println!("T {:?}", r.cells.iter().map(|c| c.plain_text()).collect::<Vec<_>>()) },
                    b => println!("? {b:?}"),
                } }
            }
        }
    }
}
