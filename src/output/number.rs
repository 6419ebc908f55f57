//! Numbers as cells hold them.

use std::io::Write;

/// Decimals of a computed number of at least [`SMALL`] in size; a smaller one has as many significant digits.
const DECIMALS: u32 = 6;
/// Below it leading zeros would eat the decimals.
const SMALL: f64 = 0.1;
/// No number has more decimals: what is smaller is zero.
const MOST_DECIMALS: u32 = 15;

/// Most cells of the large tables are counts and offsets: digits by hand are several times as fast as `write!`.
pub(super) fn push_integer(bytes: &mut Vec<u8>, number: i64) {
    let digit = |number: i64| b'0' + (number % 10) as u8;
    match number {
        0..10 => return bytes.push(digit(number)),
        10..100 => return bytes.extend_from_slice(&[digit(number / 10), digit(number)]),
        100..1000 => return bytes.extend_from_slice(&[digit(number / 100), digit(number / 10), digit(number)]),
        1000..10_000 => {
            let [a, b] = [number / 100, number % 100];
            return bytes.extend_from_slice(&[digit(a / 10), digit(a), digit(b / 10), digit(b)]);
        }
        _ => {}
    }
    let mut digits = [0; 20];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    while rest > 0 {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if number < 0 {
        bytes.push(b'-');
    }
    bytes.extend_from_slice(&digits[at..]);
}

/// A computed number, as [`super::RowBuffer::number`] says; nothing where it is not finite.
pub(super) fn push_number(bytes: &mut Vec<u8>, number: f64) {
    if !number.is_finite() {
        return;
    }
    let mut decimals = DECIMALS;
    let mut size = number.abs();
    while size < SMALL && decimals < MOST_DECIMALS {
        size *= 10.0;
        decimals += 1;
    }
    let unit = 10_u64.pow(decimals);
    let Some(rounded) = in_units(number.abs(), unit) else { return push_formatted(bytes, number, decimals as usize) };
    if number < 0.0 && rounded > 0 {
        bytes.push(b'-');
    }
    push_integer(bytes, (rounded / unit) as i64);
    let mut fraction = rounded % unit;
    if fraction > 0 {
        bytes.push(b'.');
    }
    let mut place = unit / 10;
    while fraction > 0 {
        bytes.push(b'0' + (fraction / place) as u8);
        fraction %= place;
        place /= 10;
    }
}

/// A number from 0 on in parts of which `unit` are 1, rounded to the nearest. By whole numbers, several times as fast as
/// `write!`; none where that doesn't do: for large numbers, and where two parts are equally near.
fn in_units(number: f64, unit: u64) -> Option<u64> {
    const FRACTION: u32 = f64::MANTISSA_DIGITS - 1;
    let bits = number.to_bits();
    let exponent = (bits >> FRACTION) as u32;
    if number == 0.0 {
        return Some(0);
    }
    // a normal number is its digits over a power of two
    let digits = bits & ((1 << FRACTION) - 1) | 1 << FRACTION;
    let shift = (1075_u32).checked_sub(exponent).filter(|shift| (1..=100).contains(shift) && exponent > 0)?;
    let scaled = u128::from(digits) * u128::from(unit);
    let (whole, rest) = (scaled >> shift, scaled & ((1 << shift) - 1));
    let half = 1_u128 << (shift - 1);
    let rounded = u64::try_from(whole + u128::from(rest > half)).ok()?;
    (rest != half && rounded <= i64::MAX as u64).then_some(rounded)
}

fn push_formatted(bytes: &mut Vec<u8>, number: f64, decimals: usize) {
    let start = bytes.len();
    // writing to a vector can't fail
    let _ = write!(bytes, "{number:.decimals$}");
    while bytes.ends_with(b"0") {
        bytes.pop();
    }
    if bytes.ends_with(b".") {
        bytes.pop();
    }
    if &bytes[start..] == b"-0" {
        bytes.remove(start);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn both(number: f64) -> [String; 2] {
        let (mut quick, mut formatted) = (Vec::new(), Vec::new());
        push_number(&mut quick, number);
        let mut decimals = DECIMALS;
        let mut size = number.abs();
        while size < SMALL && decimals < MOST_DECIMALS {
            size *= 10.0;
            decimals += 1;
        }
        push_formatted(&mut formatted, number, decimals as usize);
        [quick, formatted].map(|bytes| String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        let some = [
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.1,
            0.05,
            1.0078125,
            2.0078125,
            0.5,
            1e-7,
            1e-16,
            5e-324,
            1e15,
            9e15,
            1e18,
            1e300,
            123456.7890125,
            0.999_999_9,
            999_999.999_999_9,
            0.09999999999,
            f64::MIN_POSITIVE,
            f64::MAX,
        ];
        for number in some {
            let [quick, formatted] = both(number);
            assert_eq!(quick, formatted, "{number:e}");
        }
    }

    proptest! {
        #[test]
        fn any_number_is_written_alike(bits in any::<u64>(), small in -1e7..1e7_f64, tiny in -0.2..0.2_f64) {
            for number in [f64::from_bits(bits), small, tiny].into_iter().filter(|number| number.is_finite()) {
                let [quick, formatted] = both(number);
                prop_assert_eq!(quick, formatted);
            }
        }
    }
}
