//! Marks that begin a line: headings, list items, labels.

use super::draft::Piece;

/// The depth of a heading or list mark at the start of a line: 第一部分 1, 一、 2, (一) 3, 1. 4, (1) 5.
pub(super) fn mark_depth(line: &[Piece]) -> Option<u8> {
    let c = |at: usize| line.get(at).map(|p| p.c);
    let run = |from: usize, class: fn(char) -> bool| line[from..].iter().take(4).take_while(|p| class(p.c)).count();
    match c(0)? {
        '第' => {
            let digits = run(1, numeral);
            let unit = c(1 + digits);
            let part = matches!(unit, Some('章' | '节' | '篇')) || (unit == Some('部') && c(2 + digits) == Some('分'));
            (digits > 0 && part).then_some(1)
        }
        '(' => {
            let han = run(1, han_digit);
            let arabic = run(1, |c| c.is_ascii_digit());
            match (han, arabic) {
                (1.., _) if c(1 + han) == Some(')') => Some(3),
                (_, 1..=2) if c(1 + arabic) == Some(')') => Some(5),
                _ => None,
            }
        }
        first if han_digit(first) => {
            let digits = run(0, han_digit);
            matches!(c(digits), Some('、')).then_some(2)
        }
        first if first.is_ascii_digit() => {
            let digits = run(0, |c| c.is_ascii_digit());
            let mark = matches!(c(digits), Some('、'))
                || (c(digits) == Some('.') && !c(digits + 1).is_some_and(|c| c.is_ascii_digit()));
            (digits <= 2 && mark).then_some(4)
        }
        '①'..='⑳' => Some(6),
        _ => None,
    }
}

/// Begins with a mark, a dash, a bullet or a short label (联系人:), so that it can't continue the line before it.
pub(super) fn begins_anew(line: &[Piece]) -> bool {
    if mark_depth(line).is_some() {
        return true;
    }
    match line.first().map(|p| p.c) {
        Some('—') => line.get(1).is_some_and(|p| p.c == '—'),
        Some('•' | '·' | '●' | '■' | '◆' | '★' | '▲' | '|') => true,
        Some(_) => {
            let label = line.iter().take(7).position(|p| p.c == ':');
            label.is_some_and(|at| at >= 2 && line[..at].iter().all(|p| ('\u{4e00}'..='\u{9fff}').contains(&p.c)))
        }
        None => false,
    }
}

fn numeral(c: char) -> bool {
    han_digit(c) || c.is_ascii_digit()
}

pub(super) fn han_digit(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Piece> {
        text.chars().map(|c| Piece { c, start: 0, end: 1 }).collect()
    }

    #[test]
    fn depths() {
        let cases = [
            ("第一部分 2022年", Some(1)),
            ("第一批团体标准", None),
            ("一、总体情况", Some(2)),
            ("十二、附则", Some(2)),
            ("一是队伍", None),
            ("(一)组织建设", Some(3)),
            ("(筹)召开", None),
            ("1.战略咨询", Some(4)),
            ("1. 团体标准", Some(4)),
            ("1.2万人次", None),
            ("2022年", None),
            ("(1)会员", Some(5)),
            ("(2023)号", None),
        ];
        for (text, depth) in cases {
            assert_eq!(mark_depth(&pieces(text)), depth, "{text}");
        }
    }

    #[test]
    fn lines_that_begin_anew() {
        for (text, anew) in [
            ("联系人:谷若", true),
            ("——会员", true),
            ("会议指出:一", true),
            ("延长至45天左右", false),
            ("准制定", false),
        ] {
            assert_eq!(begins_anew(&pieces(text)), anew, "{text}");
        }
    }
}
