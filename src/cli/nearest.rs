//! What somebody who wrote a name wrong may have meant.

/// Characters of a name beyond which nothing is near it: what is as long as that is no slip of the pen.
const LONGEST: usize = 64;
/// How many are offered.
const OFFERED: usize = 3;

/// Up to three of `names`, the nearest to `word` first: those a few slips away, then those that hold the word.
///
/// Slips are characters put in, left out, taken for another or exchanged with their neighbour (Damerau, "A technique for
/// computer detection and correction of spelling errors", 1964; each part of a word is touched once). Case and the
/// difference of `-` and `_` count nothing. Time grows with the length of the names, not with that of the word.
pub(super) fn nearest<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let letters = letters(word);
    if letters.is_empty() || letters.len() > LONGEST {
        return Vec::new();
    }
    let whole: String = letters.iter().collect();
    let rank = |name: &'n str| {
        let other = self::letters(name);
        let slips = slips(&letters, &other);
        let allowed = (letters.len().max(other.len()) / 3).clamp(1, 4);
        let holds = letters.len() > 2 && other.iter().collect::<String>().contains(&whole);
        (slips <= allowed || holds).then_some((slips > allowed, slips, name))
    };
    let mut ranked: Vec<_> = names.into_iter().filter_map(rank).collect();
    ranked.sort_unstable();
    ranked.into_iter().take(OFFERED).map(|(_, _, name)| name).collect()
}

fn letters(word: &str) -> Vec<char> {
    let plain = |c: char| if c == '-' { '_' } else { c.to_ascii_lowercase() };
    word.trim().chars().map(plain).take(LONGEST + 1).collect()
}

fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_pen_are_counted() {
        for (a, b, wanted) in [
            ("", "", 0),
            ("", "ab", 2),
            ("corpus", "corpsu", 1),
            ("out", "put", 1),
            ("only", "noly", 1),
            ("ab", "ba", 1),
        ] {
            assert_eq!(slips(&letters(a), &letters(b)), wanted, "{a} {b}");
            assert_eq!(slips(&letters(b), &letters(a)), wanted, "{b} {a}");
        }
    }

    #[test]
    fn the_nearest_names_are_offered() {
        let names = ["corpus", "out", "keep_duplicates", "members_added", "members_left", "max_pages", "max_ratio"];
        let cases: [(&str, &[&str]); 8] = [
            ("Corups", &["corpus"]),
            ("keep-duplicates", &["keep_duplicates"]),
            ("duplicates", &["keep_duplicates"]),
            ("member_added", &["members_added"]),
            ("members", &["members_left", "members_added"]),
            ("max_page", &["max_pages"]),
            ("沙漠", &[]),
            ("", &[]),
        ];
        for (word, wanted) in cases {
            assert_eq!(nearest(word, names), wanted, "{word}");
        }
        assert!(nearest(&"corpus".repeat(1 << 20), names).is_empty());
    }
}
