//! What has digits and is no quantity: codes, versions, addresses, times, list marks.

use crate::extract::numeral::begins_numeral;

/// Behind the Latin word, code or address that begins at `at` (a letter): `T/CAMETA 12-2020`, `AGV2`, `http://…`.
pub(super) fn behind_latin(chars: &[char], at: usize) -> usize {
    let rest = &chars[at..];
    let address = ["http", "www."].iter().any(|head| head.chars().eq(rest.iter().take(4).copied()));
    let inside = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '-' | '.' | '/' | '+' | '&' | '@')
            || address && c.is_ascii_graphic()
    };
    let mut end = at + rest.iter().take_while(|c| inside(**c)).count();
    let code = at + chars[at..end].iter().take_while(|c| c.is_ascii_uppercase() || **c == '/').count();
    if code == end && end - at >= 2 {
        end = behind_standard(chars, end).unwrap_or(end);
    }
    end
}

/// The number and year of a standard's code behind its letters: ` 012-2023`.
fn behind_standard(chars: &[char], at: usize) -> Option<usize> {
    let number = at + chars[at..].iter().take_while(|c| **c == ' ').count();
    let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
    let dash = number + digits(number);
    let year = dash + chars[dash..].iter().take(2).take_while(|c| matches!(c, '-' | '—' | '–')).count();
    let end = year + digits(year);
    (dash > number && year > dash && end == year + 4).then_some(end)
}

/// Behind a run of digits and the marks inside numbers, dates and codes, at least one character.
pub(super) fn behind_digits(chars: &[char], at: usize) -> usize {
    let inside = |at: usize| {
        let c = chars[at];
        let between = || chars.get(at + 1).is_some_and(char::is_ascii_digit);
        c.is_ascii_digit() || matches!(c, '.' | ',' | ':' | '/' | '-') && between()
    };
    let mut end = at + 1;
    while end < chars.len() && inside(end) {
        end += 1;
    }
    end
}

/// The digits at `at` go on to the left: a part of a code, a time or a version.
pub(super) fn joined_left(chars: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|b| chars[b]) else { return false };
    if chars[at] == '.' {
        return before == '.' || before.is_alphanumeric();
    }
    let digit_before = at >= 2 && chars[at - 2].is_ascii_alphanumeric();
    match before {
        '_' | '#' | '№' | '+' | '×' | '@' | '\\' => true,
        '.' | ':' | '/' | '-' | ',' => digit_before,
        c => c.is_ascii_alphanumeric(),
    }
}

/// The number that ends at `end` goes on to the right: a time, a version, a file name, a formula.
pub(super) fn joined_right(chars: &[char], end: usize) -> bool {
    let Some(&c) = chars.get(end) else { return false };
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    match c {
        '_' | '+' | '×' | '=' | '#' | '@' => true,
        ':' | '*' => digit(end + 1),
        '.' => chars.get(end + 1).is_some_and(char::is_ascii_alphanumeric),
        '/' => digit(end + 1) || chars.get(end + 1).is_some_and(char::is_ascii_alphabetic),
        c => c.is_ascii_alphanumeric(),
    }
}

/// The number fills a cell of a table that is not the first of its row (that one numbers the rows).
pub(super) fn fills_cell(chars: &[char], start: usize, end: usize) -> bool {
    let mark = |c: char| matches!(c, '|' | '\t');
    let blank = |c: &&char| matches!(**c, ' ' | '*');
    const WIDEST: usize = 8;
    let mut before = chars[start.saturating_sub(WIDEST)..start].iter().rev().skip_while(|c| blank(c));
    let inner = before.next().is_some_and(|c| mark(*c)) && before.next().is_some_and(|c| *c != '\n');
    inner && chars[end..].iter().take(WIDEST).find(|c| !blank(c)).is_none_or(|c| mark(*c) || *c == '\n')
}

/// The number is all there is, but for other numbers (`1, 20, 300`) and marks.
pub(super) fn is_whole_text(chars: &[char], start: usize, end: usize) -> bool {
    const LONGEST: usize = 64;
    if chars.len() > LONGEST {
        return false;
    }
    // 010-8888, 2022-11-04 and 12:30 are no lists.
    let joins =
        |at: usize| at > 0 && chars[at - 1].is_alphanumeric() && matches!(chars[at], '-' | ':' | '/' | '*' | '=' | '·');
    let other = |at: usize| {
        if chars[at].is_alphanumeric() { begins_numeral(chars[at]) || chars[at] == '点' } else { !joins(at) }
    };
    let list_mark = match chars[end..] {
        ['、' | '.' | ')', ref rest @ ..] => rest.iter().all(|c| c.is_whitespace()),
        _ => false,
    };
    !list_mark && !joins(start) && (0..start).chain(end..chars.len()).all(other)
}

/// The text is nothing but groups of digits between points that are too long for an address or a version: `2222.333.55555`.
pub(super) fn is_chain(chars: &[char]) -> bool {
    const LONGEST: usize = 64;
    let text = chars.strip_suffix(&['\n']).unwrap_or(chars);
    let groups = || text.split(|c| *c == '.');
    text.len() <= LONGEST
        && groups().all(|group| !group.is_empty() && group.iter().all(char::is_ascii_digit))
        && groups().nth(2).is_some()
        && groups().any(|group| group.len() > 3)
}

/// The minus sign at `at` is the second half of a dash: `--9家`.
pub(super) fn is_dash(chars: &[char], at: usize) -> bool {
    matches!(chars[at], '-' | '−') && at > 0 && chars[at - 1] == chars[at]
}

/// A `>` behind `before` marks a quotation at the head of a line, or ends a tag (`<br>`, `<br/>`).
pub(super) fn is_markup(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '\n' | '>' | ' ' | '/' | '"'))
}

/// The point at `at` is the last of an ellipsis.
pub(super) fn ends_ellipsis(chars: &[char], at: usize) -> bool {
    at >= 2 && chars[at - 2..=at] == ['.'; 3]
}

/// The number at `start` opens a line and a mark of a list follows: `1.`, `二、`, `3)`.
pub(super) fn marks_list(chars: &[char], start: usize, end: usize) -> bool {
    let opens =
        chars[..start].iter().rev().find(|c| !matches!(c, ' ' | '(' | '*' | '#' | '-')).is_none_or(|c| *c == '\n');
    let short = end - start <= 2;
    opens && chars.get(end).is_some_and(|c| matches!(c, '、' | '.' | ')') || short && *c == ',')
}
