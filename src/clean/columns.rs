//! Tables in plain text, their columns set apart by blanks alone: rows with marks between their cells.

use std::ops::Range;

use crate::model::BlockKind;

use super::draft::{Draft, Line, Piece};

/// Blanks that part two cells at least.
const GAP: usize = 2;
/// Rows of a table at least, its head counted.
const ROWS: usize = 3;
/// Longest cell but the first, in characters: running text is no table.
const LONGEST: usize = 24;

/// Puts a tab for the first blank of each gap between the cells of a table.
pub(super) fn mark(draft: &mut Draft) {
    let gaps: Vec<Vec<Range<usize>>> = draft.lines.iter().map(|line| gaps(draft.line(line), line)).collect();
    let mut first = 0;
    while first < draft.lines.len() {
        let columns = gaps[first].len();
        let like = |at: &usize| gaps[*at].len().abs_diff(columns) <= 1 && !gaps[*at].is_empty();
        let rows = (first..draft.lines.len()).take_while(like).count();
        if columns > 0 && rows >= ROWS && is_table(draft, &gaps, first..first + rows) {
            for (line, gaps) in draft.lines.iter_mut().zip(&gaps).skip(first).take(rows) {
                for gap in gaps {
                    draft.pieces[line.range.start + gap.start].c = '\t';
                }
                line.kind = BlockKind::TableRow;
            }
            draft.repairs += rows;
        }
        first += rows.max(1);
    }
}

/// Runs of blanks between the cells of a line.
fn gaps(line: &[Piece], info: &Line) -> Vec<Range<usize>> {
    let mut gaps = Vec::new();
    // a tab or a bar parts the cells already; sentences end with a full stop
    let told = |p: &Piece| matches!(p.c, '\t' | '|' | '。');
    if info.kind != BlockKind::Paragraph || line.iter().any(told) {
        return gaps;
    }
    let mut start = 0;
    for at in 0..=line.len() {
        if line.get(at).is_some_and(|p| p.c == ' ') {
            continue;
        }
        if at - start >= GAP {
            gaps.push(start..at);
        }
        start = at + 1;
    }
    gaps
}

/// Most rows end with a number, and no cell but the first is long.
fn is_table(draft: &Draft, gaps: &[Vec<Range<usize>>], rows: Range<usize>) -> bool {
    let count = rows.len();
    let mut figures = 0;
    for at in rows {
        let line = draft.line(&draft.lines[at]);
        let ends = gaps[at].iter().skip(1).map(|gap| gap.start).chain([line.len()]);
        let mut cells = gaps[at].iter().map(|gap| gap.end).zip(ends).map(|(start, end)| &line[start..end]);
        if cells.clone().any(|cell| cell.len() > LONGEST) {
            return false;
        }
        figures += usize::from(cells.any(is_figure));
    }
    figures * 2 >= count && figures >= ROWS - 1
}

fn is_figure(cell: &[Piece]) -> bool {
    let mark = |c: char| matches!(c, ',' | '.' | '%' | '-' | '+');
    cell.first().is_some_and(|p| p.c.is_ascii_digit() || p.c == '-')
        && cell.iter().all(|p| p.c.is_ascii_digit() || mark(p.c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Document, Format, Given};

    fn marked(text: &str) -> String {
        let document = Document {
            pages: Vec::new(),
            key: "a.txt".into(),
            text: text.to_owned(),
            format: Format::Text,
            encoding: "UTF-8",
            sha256: String::new(),
            blocks: None,
            given: Given::default(),
        };
        let mut draft = Draft::new(&document);
        mark(&mut draft);
        let line = |line: &Line| draft.line(line).iter().map(|p| p.c).collect::<String>();
        draft.lines.iter().map(line).collect::<Vec<_>>().join("\n").replace('\t', "→")
    }

    #[test]
    fn columns_of_figures_are_tables() {
        let cases = [
            ("项目    数量\n单位会员   312\n党员     19", "项目→   数量\n单位会员→  312\n党员→    19"),
            (
                "班次    期数   人数\n安全员班  6    480\n合  计   13   780",
                "班次→   期数→  人数\n安全员班→ 6→   480\n合→ 计→  13→  780",
            ),
            // two columns of names, a line alone, running text
            ("张三    李四\n王五    赵六\n钱七    孙八", "张三    李四\n王五    赵六\n钱七    孙八"),
            ("发布时间:2019    浏览:1836", "发布时间:2019    浏览:1836"),
            ("第一  2019\n第二  2020。\n第三  2021", "第一  2019\n第二  2020。\n第三  2021"),
        ];
        for (text, expected) in cases {
            assert_eq!(marked(text), expected);
        }
    }
}
