//! Days and decimals as whole numbers between the two passes of a run, where most of the time of writing and reading
//! facts would else go into their text forms.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::DateRange;

/// A day that may be missing as a number: year, month and day side by side, 0 for none.
fn number_of(day: Option<Date>) -> i32 {
    day.map_or(0, |day| i32::from(day.year()) << 9 | i32::from(day.month()) << 5 | i32::from(day.day()))
}

fn day_of(number: i32) -> Result<Option<Date>, jiff::Error> {
    match number {
        0 => Ok(None),
        packed => Date::new((packed >> 9) as i16, (packed >> 5 & 15) as i8, (packed & 31) as i8).map(Some),
    }
}

/// A day that may be missing.
pub(super) mod day {
    use super::*;

    pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        number_of(*day).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        day_of(i32::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The first day of a range, and how far the last one is from it: most ranges are a year, a month or a day.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Days(i32, i32);

impl From<DateRange> for Days {
    fn from(range: DateRange) -> Self {
        let from = number_of(range.from);
        Days(from, number_of(range.to) - from)
    }
}

impl TryFrom<Days> for DateRange {
    type Error = jiff::Error;

    fn try_from(Days(from, length): Days) -> Result<Self, jiff::Error> {
        Ok(DateRange { from: day_of(from)?, to: day_of(from.wrapping_add(length))? })
    }
}

/// What a decimal begins with where it is missing, and where its digits and its scale follow by themselves.
const NONE: u64 = 0;
const LONG: u64 = 1;
/// Larger beginnings hold the digits, and whether a scale follows: nearly all are whole numbers of a few digits.
const SHORT: u64 = 2;
/// Digits of short decimals are smaller than that, with either sign.
const LEAST_LONG: i64 = 1 << 60;

fn pack<S: Serializer>(number: Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(number) = number else { return NONE.serialize(serializer) };
    let short = i64::try_from(number.mantissa()).ok().filter(|digits| (-LEAST_LONG..LEAST_LONG).contains(digits));
    let Some(digits) = short else { return (LONG, number.mantissa(), number.scale()).serialize(serializer) };
    // small numbers of either sign are small without one
    let unsigned = (digits << 1 ^ digits >> 63) as u64;
    match number.scale() {
        0 => (SHORT + (unsigned << 1)).serialize(serializer),
        scale => (SHORT + (unsigned << 1 | 1), scale).serialize(serializer),
    }
}

fn unpack<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    deserializer.deserialize_tuple(3, Unpacking)
}

/// Takes as many numbers as the first one asks for: the format of records holds nothing between them.
struct Unpacking;

impl<'de> Visitor<'de> for Unpacking {
    type Value = Option<Decimal>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a packed decimal")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Option<Decimal>, A::Error> {
        let ends = || A::Error::custom("a decimal ends early");
        let first: u64 = numbers.next_element()?.ok_or_else(ends)?;
        let Some(short) = first.checked_sub(SHORT) else {
            if first == NONE {
                return Ok(None);
            }
            let digits: i128 = numbers.next_element()?.ok_or_else(ends)?;
            let scale: u32 = numbers.next_element()?.ok_or_else(ends)?;
            return Decimal::try_from_i128_with_scale(digits, scale).map(Some).map_err(A::Error::custom);
        };
        let unsigned = short >> 1;
        let digits = (unsigned >> 1) as i64 ^ -((unsigned & 1) as i64);
        if short & 1 == 0 {
            return Ok(Some(Decimal::from(digits)));
        }
        let scale: u32 = numbers.next_element()?.ok_or_else(ends)?;
        Decimal::try_from_i128_with_scale(digits.into(), scale).map(Some).map_err(A::Error::custom)
    }
}

/// Text that is checked at once, several times as fast as a string by itself would be.
pub(super) mod text {
    use super::*;

    pub fn serialize<S: Serializer>(text: &&str, serializer: S) -> Result<S::Ok, S::Error> {
        text.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'de str, D::Error> {
        // the format of records tells bytes as it tells text
        simdutf8::basic::from_utf8(<&[u8]>::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// A decimal.
pub(super) mod number {
    use super::*;

    pub fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        pack(Some(*number), serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        unpack(deserializer)?.ok_or_else(|| D::Error::custom("no number"))
    }
}

/// A decimal that may be missing.
pub(super) mod number_or_none {
    use super::*;

    pub fn serialize<S: Serializer>(number: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        pack(*number, serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        unpack(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Both(#[serde(with = "day")] Option<Date>, #[serde(with = "number_or_none")] Option<Decimal>);

    #[test]
    fn what_is_packed_comes_back() {
        let days = [Date::MIN, Date::MAX, Date::constant(-1, 12, 31), Date::constant(2024, 2, 29)];
        let edge = [LEAST_LONG, LEAST_LONG - 1, -LEAST_LONG, -LEAST_LONG - 1, i64::MIN, i64::MAX, -1, 1];
        let numbers = [Decimal::MIN, Decimal::MAX, Decimal::ZERO, Decimal::new(-125, 2), Decimal::new(10, 1)];
        let numbers = numbers.into_iter().chain(edge.map(Decimal::from)).collect::<Vec<_>>();
        for day in days.map(Some).into_iter().chain([None]) {
            for number in numbers.iter().copied().map(Some).chain([None]) {
                let both = Both(day, number);
                let bytes = postcard::to_stdvec(&both).unwrap();
                let back: Both = postcard::from_bytes(&bytes).unwrap();
                assert_eq!(back, both);
                assert_eq!(back.1.map(|n| n.scale()), number.map(|n| n.scale()));
            }
        }
        for from in days.map(Some).into_iter().chain([None]) {
            for to in days.map(Some).into_iter().chain([None]) {
                let range = DateRange { from, to };
                assert_eq!(postcard::from_bytes::<DateRange>(&postcard::to_stdvec(&range).unwrap()), Ok(range));
            }
        }
        assert!(postcard::from_bytes::<Both>(&postcard::to_stdvec(&(31, 0_u8)).unwrap()).is_err(), "no month");
    }
}
