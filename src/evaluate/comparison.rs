//! Two evaluations over the same annotations, side by side.

use std::fmt;

use rustc_hash::FxHashMap;

use super::difference::Difference;
use super::report::{Line, Report};

/// A report against an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The lines of both, the later one first.
    pub lines: Vec<(Line, Line)>,
    /// Differences that the earlier report has not.
    pub new: Vec<Difference>,
    /// Differences that only the earlier report has.
    pub gone: Vec<Difference>,
}

impl Report {
    /// Holds this report against an earlier one.
    pub fn compare(&self, earlier: &Report) -> Comparison {
        Comparison {
            lines: self.lines().into_iter().zip(earlier.lines()).collect(),
            new: only_in(&self.errors, &earlier.errors),
            gone: only_in(&earlier.errors, &self.errors),
        }
    }
}

/// What `these` hold beyond `those`; of equal ones as many as are too many.
fn only_in(these: &[Difference], those: &[Difference]) -> Vec<Difference> {
    let mut known = FxHashMap::<&Difference, usize>::default();
    for difference in those {
        *known.entry(difference).or_default() += 1;
    }
    let mut new = Vec::new();
    for difference in these {
        match known.get_mut(difference) {
            Some(left) if *left > 0 => *left -= 1,
            _ => new.push(difference.clone()),
        }
    }
    new
}

impl Comparison {
    /// Both reports give the same figures and the same differences.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty() && self.lines.iter().all(|(now, then)| now == then)
    }
}

/// The figures with their changes, then new differences behind `+` and gone ones behind `-`. No line break at the end.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<18}{:>6}{:>15}{:>15}{:>15}", "", "gold", "F1", "loose", "right")?;
        for (now, then) in &self.lines {
            let mut row = format!("{:<18}{:>6}", now.label, now.gold);
            for (now, then) in [(now.strict, then.strict), (now.loose, then.loose), (now.right, then.right)] {
                row += &format!("{:>15}", change(now, then));
            }
            write!(f, "\n{}", row.trim_end())?;
        }
        write!(f, "\n{} differences are new, {} are gone", self.new.len(), self.gone.len())?;
        self.new.iter().try_for_each(|difference| write!(f, "\n+ {difference}"))?;
        self.gone.iter().try_for_each(|difference| write!(f, "\n- {difference}"))
    }
}

/// `0.912 +0.004`; a change that rounds to nothing is left blank.
fn change(now: Option<f64>, then: Option<f64>) -> String {
    let Some(now) = now else { return String::new() };
    let delta = then.map(|then| format!("{:+.3}", now - then)).unwrap_or_default();
    let delta = if matches!(delta.as_str(), "+0.000" | "-0.000") { "" } else { &delta };
    format!("{now:.3} {delta:>6}")
}
