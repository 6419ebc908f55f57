//! Blanks and line ends inside a paragraph: kept only where they part two words.

use super::draft::Piece;

/// Appends `line` to `out`, blanks that mean nothing left out. `open` says that `line` continues what stands in `out`.
pub(super) fn append(out: &mut Vec<Piece>, line: &[Piece], open: bool) {
    // most lines have none
    if !open && !line.iter().any(|p| matches!(p.c, ' ' | '\t')) {
        return out.extend_from_slice(line);
    }
    let mut blank: Option<Piece> = None;
    let mut first = true;
    for (at, &piece) in line.iter().enumerate() {
        if matches!(piece.c, ' ' | '\t') {
            // a tab parts cells, whatever stands beside it
            if blank.is_none_or(|blank| blank.c == ' ' && piece.c == '\t') {
                blank = Some(piece);
            }
            continue;
        }
        if let (Some(before), Some(gap)) = (out.last().filter(|_| open || !first), blank)
            && parts(before.c, piece.c, gap.c)
            && !(gap.c == ' ' && (splits_number(line, at) || splits_chinese_number(line, at)))
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
    // 5, 200 is a list, 5,200 a number.
    let list = before == ',' && after.is_ascii_digit();
    (before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric()) || (is_han(before) && is_han(after)) || list
}

/// The blank before the digit at `at` stands inside a number that a typesetter pulled apart: `2 6家`, `1 200余名`,
/// `2 0 2 3年`. Single digits or groups of three, with Chinese behind them; columns of numbers have none, and a number at the
/// beginning of a line may count the lines.
fn splits_number(line: &[Piece], at: usize) -> bool {
    const WIDEST: usize = 16;
    let inside = |p: &&Piece| p.c.is_ascii_digit() || p.c == ' ';
    if !line[at].c.is_ascii_digit() {
        return false;
    }
    let behind = line[at..].iter().take(WIDEST).take_while(inside).count();
    let before = line[..at].iter().rev().take(WIDEST).take_while(inside).count();
    if behind == WIDEST || before == WIDEST {
        return false;
    }
    let run = &line[at - before..at + behind];
    let groups = || run.split(|p| p.c == ' ').map(<[Piece]>::len).filter(|length| *length > 0);
    let counts = line.get(at + behind).is_some_and(|p| is_han(p.c) || p.c == '%');
    let digits: usize = groups().sum();
    let singles = groups().all(|length| length == 1);
    let thousands = groups().next().is_some_and(|first| first <= 3) && groups().skip(1).all(|length| length == 3);
    let year = digits == 4 && line.get(at + behind).is_some_and(|p| p.c == '年');
    let led = line[..at - before].last().map(|p| p.c);
    let named = led.is_none() || led.is_some_and(|c| c.is_ascii_alphanumeric() || "图表例题注第号|-.~—".contains(c));
    counts && (singles || thousands && digits > 3) && (year && led != Some('-') || !named)
}

/// The blank before the character at `at` stands inside a Chinese number (`一百 五十`, `四百 点 五`), a share
/// (`百 分 之 二`) or its unit (`六 个 百 分点`). Beside a power or a part of a share, that is; digits alone may be columns.
fn splits_chinese_number(line: &[Piece], at: usize) -> bool {
    const DIGITS: &str = "〇零一二两三四五六七八九壹贰叁肆伍陆柒捌玖几数";
    const POWERS: &str = "十百千万亿拾佰仟";
    let near = |at: usize, step: isize| {
        let mut at = at.checked_add_signed(step)?;
        for _ in 0..8 {
            match line.get(at)?.c {
                ' ' => at = at.checked_add_signed(step)?,
                c => return Some((at, c)),
            }
        }
        None
    };
    let after = line[at].c;
    let Some((left, before)) = near(at, -1) else { return false };
    let next = near(at, 1).map(|(_, c)| c);
    let earlier = near(left, -1).map(|(_, c)| c);
    let is = |set: &str, c: Option<char>| c.is_some_and(|c| set.contains(c));
    let digit = |c: char| DIGITS.contains(c);
    let power = |c: char| POWERS.contains(c);
    let number = |c: Option<char>| is(DIGITS, c) || is(POWERS, c) || c.is_some_and(|c| c.is_ascii_digit());
    let ends = next.is_none_or(|c| !is_han(c));
    match (before, after) {
        // 三 十佳: what follows makes another word of the power.
        (b, a) if digit(b) && power(a) => !is("佳大强货姓科年", next),
        (b, a) if power(b) && (digit(a) || power(a) && a != b) => !is("是方家次会、", next) || power(a),
        (b, '余' | '几') if power(b) => is("万亿", next),
        ('余' | '几', '万' | '亿') => number(earlier),
        (b, '点') if digit(b) || power(b) => is(DIGITS, next),
        ('点', a) if digit(a) => number(earlier),
        (b, '分') if digit(b) || power(b) => is("之点", next),
        ('分', '之') => number(earlier),
        ('之', a) if digit(a) || power(a) || a == '负' => earlier == Some('分'),
        (b, '又') if digit(b) || power(b) => number(next),
        ('又', a) if digit(a) => number(earlier),
        ('个', '百') => next == Some('分'),
        (b, '个') if digit(b) || power(b) => next == Some('百'),
        ('分', '点') => earlier == Some('百'),
        (b, a) if digit(b) && digit(a) => next == Some('折'),
        (b, '成' | '折') if digit(b) || power(b) => ends,
        ('成', a) if digit(a) => number(earlier) && ends,
        _ => false,
    }
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
            (&["会员2 6家,1 200余名"], "会员26家,1200余名"),
            (&["2 0 2 3年,共1 2 6 0家"], "2023年,共1260家"),
            (&["占 8 5%"], "占85%"),
            (&["列2 6 8,图2 6家企业"], "列2 6 8,图2 6家企业"),
            (&["2 6家企业"], "2 6家企业"),
            (&["| 10 200人"], "|10 200人"),
            (&["20 25家"], "20 25家"),
            (&["一百 五 十 二,三千 八百 九十六 万"], "一百五十二,三千八百九十六万"),
            (&["负3 分  之 负二"], "负3分之负二"),
            (&["十 余 万,四百 点 五,三分 之 一,百 分 之 六"], "十余万,四百点五,三分之一,百分之六"),
            (&["六   个 百 分点,七成 六,八 折"], "六个百分点,七成六,八折"),
            (&["一 二 三,评选 十佳,表三 十佳企业"], "一 二 三,评选 十佳,表三 十佳企业"),
            (&["重点 分析,三 点建议,八 成立"], "重点 分析,三 点建议,八 成立"),
            (&["列入5, 200, 300"], "列入5, 200, 300"),
            (&["组\t8项\t6 项"], "组\t8项\t6项"),
        ];
        for (lines, expected) in cases {
            assert_eq!(append_text(lines), *expected);
        }
    }
}
