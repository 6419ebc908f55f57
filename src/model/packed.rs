//! Days and decimals as whole numbers between the two passes of a run, where most of the time of writing and reading
//! facts would else go into their text forms.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// A day that may be missing: year, month and day side by side, 0 for none.
pub(super) mod day {
    use super::*;

    pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        let packed = |day: Date| i32::from(day.year()) << 9 | i32::from(day.month()) << 5 | i32::from(day.day());
        day.map_or(0, packed).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        match i32::deserialize(deserializer)? {
            0 => Ok(None),
            packed => Date::new((packed >> 9) as i16, (packed >> 5 & 15) as i8, (packed & 31) as i8)
                .map(Some)
                .map_err(D::Error::custom),
        }
    }
}

/// A decimal as its digits and their scale, nearly always a whole number of a few digits.
#[derive(serde::Serialize, serde::Deserialize)]
enum Packed {
    None,
    Whole(i64),
    Scaled(i64, u32),
    Long(i128, u32),
}

impl From<Option<Decimal>> for Packed {
    fn from(number: Option<Decimal>) -> Self {
        let Some(number) = number else { return Packed::None };
        match (i64::try_from(number.mantissa()), number.scale()) {
            (Ok(digits), 0) => Packed::Whole(digits),
            (Ok(digits), scale) => Packed::Scaled(digits, scale),
            (Err(_), scale) => Packed::Long(number.mantissa(), scale),
        }
    }
}

impl Packed {
    fn unpacked<E: Error>(self) -> Result<Option<Decimal>, E> {
        let number = match self {
            Packed::None => return Ok(None),
            Packed::Whole(digits) => return Ok(Some(Decimal::from(digits))),
            Packed::Scaled(digits, scale) => Decimal::try_from_i128_with_scale(digits.into(), scale),
            Packed::Long(digits, scale) => Decimal::try_from_i128_with_scale(digits, scale),
        };
        number.map(Some).map_err(E::custom)
    }
}

/// A decimal.
pub(super) mod number {
    use super::*;

    pub fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        Packed::from(Some(*number)).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        Packed::deserialize(deserializer)?.unpacked()?.ok_or_else(|| D::Error::custom("no number"))
    }
}

/// A decimal that may be missing.
pub(super) mod number_or_none {
    use super::*;

    pub fn serialize<S: Serializer>(number: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        Packed::from(*number).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        Packed::deserialize(deserializer)?.unpacked()
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
        let numbers = [Decimal::MIN, Decimal::MAX, Decimal::ZERO, Decimal::new(-125, 2), Decimal::new(10, 1)];
        for day in days.map(Some).into_iter().chain([None]) {
            for number in numbers.map(Some).into_iter().chain([None]) {
                let both = Both(day, number);
                let bytes = postcard::to_stdvec(&both).unwrap();
                let back: Both = postcard::from_bytes(&bytes).unwrap();
                assert_eq!(back, both);
                assert_eq!(back.1.map(|n| n.scale()), number.map(|n| n.scale()));
            }
        }
        assert!(postcard::from_bytes::<Both>(&postcard::to_stdvec(&(31, 0_u8)).unwrap()).is_err(), "no month");
    }
}
