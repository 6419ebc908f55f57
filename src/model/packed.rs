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

/// A decimal: its digits and their scale.
pub(super) mod number {
    use super::*;

    pub fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        (number.mantissa(), number.scale()).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let (digits, scale) = Deserialize::deserialize(deserializer)?;
        Decimal::try_from_i128_with_scale(digits, scale).map_err(D::Error::custom)
    }
}

/// A decimal that may be missing.
pub(super) mod number_or_none {
    use super::*;

    pub fn serialize<S: Serializer>(number: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
        number.map(|number| (number.mantissa(), number.scale())).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
        let packed = Option::<(i128, u32)>::deserialize(deserializer)?;
        let number = packed.map(|(digits, scale)| Decimal::try_from_i128_with_scale(digits, scale));
        number.transpose().map_err(D::Error::custom)
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
