//! Numbers of annotated rows, compared as decimals.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Numbers that differ by no more than this share of the found one count as the same (a gold file may have passed
/// through binary floats).
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 9);

/// A number as a row gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A number that fits 28 digits.
    Decimal(Decimal),
    /// Anything else, as written.
    Other(String),
}

impl Figure {
    /// The same number, within a billionth of `found` (of 1 for numbers below 1); what is no number must be the same text.
    pub fn is_close(&self, found: &Figure) -> bool {
        if let (Figure::Decimal(expected), Figure::Decimal(found)) = (self, found) {
            let allowed = TOLERANCE.checked_mul(found.abs().max(Decimal::ONE));
            if let Some((gap, allowed)) = expected.checked_sub(*found).zip(allowed) {
                return gap.abs() <= allowed;
            }
        }
        match (self.float(), found.float()) {
            (Some(expected), Some(found)) => (expected - found).abs() <= 1e-9 * found.abs().max(1.0),
            _ => self == found,
        }
    }

    fn float(&self) -> Option<f64> {
        self.to_string().trim().parse().ok()
    }
}

impl From<&str> for Figure {
    fn from(text: &str) -> Self {
        let number = text.trim();
        Decimal::from_str(number)
            .or_else(|_| Decimal::from_scientific(number))
            .map_or_else(|_| Figure::Other(text.to_owned()), Figure::Decimal)
    }
}

/// As written, trailing zeros of decimals left out.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Figure::Decimal(number) => write!(f, "{}", number.normalize()),
            Figure::Other(text) => f.write_str(text),
        }
    }
}

/// From a JSON number of any length, or a string that holds one.
impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::String(text) => Figure::from(text.as_str()),
            other => Figure::from(other.to_string().as_str()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Figure {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        let cases = [
            ("86", "86", true),
            ("86", "86.00", true),
            ("86", "\"86\"", true),
            ("1640000000", "1.64e9", true),
            ("0.1", "0.10000000000000000000000001", true),
            ("0.30000000000000004", "0.3", true),
            ("1e40", "1e40", true),
            ("1e40", "2e40", false),
            ("86", "87", false),
            ("0", "0.000001", false),
            ("-3", "3", false),
            ("\"XX\"", "\"XX\"", true),
            ("\"XX\"", "3", false),
            ("79228162514264337593543950335", "-79228162514264337593543950335", false),
        ];
        for (expected, found, same) in cases {
            assert_eq!(read(expected).is_close(&read(found)), same, "{expected} against {found}");
        }
    }

    #[test]
    fn numbers_are_read_out_of_values_too() {
        let value: Value = serde_json::from_str("36.57").unwrap();
        assert_eq!(serde_json::from_value::<Figure>(value).unwrap(), Figure::from("36.57"));
        assert_eq!(serde_json::from_str::<Option<Figure>>("null").unwrap(), None);
        assert_eq!(read("300.50").to_string(), "300.5");
    }
}
