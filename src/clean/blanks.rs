//! Blanks and line ends inside a paragraph: kept only where they part two words.

use super::draft::Piece;

/// Appends `line` to `out`, blanks that mean nothing left out. `open` says that `line` continues what stands in `out`.
pub(super) fn append(out: &mut Vec<Piece>, line: &[Piece], open: bool) {
    let mut blank: Option<Piece> = None;
    let mut first = true;
    for &piece in line {
        if matches!(piece.c, ' ' | '\t') {
            // a tab parts cells, whatever stands beside it
            if blank.is_none_or(|blank| blank.c == ' ' && piece.c == '\t') {
                blank = Some(piece);
            }
            continue;
        }
        if let (Some(before), Some(gap)) = (out.last().filter(|_| open || !first), blank)
            && parts(before.c, piece.c, gap.c)
        {
            out.push(gap);
        } else if first && open && out.last().is_some_and(|before| is_latin(before.c) && is_latin(piece.c)) {
            // two Latin words over a line end: the line end is the blank between them
            let at = out.last().map_or(0, |before| before.end);
            out.push(Piece { c: ' ', start: at, end: at + 1 });
        }
        out.push(piece);
        (blank, first) = (None, false);
    }
}

/// A blank between `before` and `after` parts two words: between two Latin words or numbers, or two Chinese ones
/// (a heading in two halves, columns of names); never beside punctuation, or between a number and Chinese.
fn parts(before: char, after: char, blank: char) -> bool {
    if blank == '\t' {
        return true;
    }
    (before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric()) || (is_han(before) && is_han(after))
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || c == '〇'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn append_text(lines: &[&str]) -> String {
        let mut out = Vec::new();
        let starts = lines.iter().scan(0, |next, line| {
            let start = *next;
            *next += line.chars().count() as u32 + 1;
            Some(start)
        });
        for (start, line) in starts.zip(lines) {
            let pieces: Vec<Piece> =
                (start..).zip(line.chars()).map(|(at, c)| Piece { c, start: at, end: at + 1 }).collect();
            append(&mut out, &pieces, start > 0);
        }
        out.iter().map(|p| p.c).collect()
    }

    #[test]
    fn blanks() {
        let cases: &[(&[&str], &str)] = &[
            (&["2022 年 10 月 16 日,共 300 余名"], "2022年10月16日,共300余名"),
            (&["SPS 2024 展"], "SPS 2024展"),
            (&["向智图强 仓中有光"], "向智图强 仓中有光"),
            (&["甲公司 、 乙公司"], "甲公司、乙公司"),
            (&["工作制", "度建设"], "工作制度建设"),
            (&["结余15", ".4万元"], "结余15.4万元"),
            (&["in the", "sky"], "in the sky"),
        ];
        for (lines, expected) in cases {
            assert_eq!(append_text(lines), *expected);
        }
    }
}
