//! Where a page ended: the sort keys of its last row, opaque to the client and bound to the order.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Order;

/// Keys of the last row. For priority: rank, last change, number; otherwise key, number and zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The keys.
    pub keys: [i64; 3],
}

impl Cursor {
    /// The cursor as text.
    pub fn encode(self, order: Order) -> String {
        let [a, b, c] = self.keys;
        URL_SAFE_NO_PAD.encode(format!("{} {a} {b} {c}", order.as_str()))
    }

    /// Reads a cursor of the same order; `None` for anything else.
    pub fn decode(text: &str, order: Order) -> Option<Self> {
        if text.len() > 200 {
            return None;
        }
        let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let mut parts = plain.split(' ');
        if parts.next()? != order.as_str() {
            return None;
        }
        let mut key = || parts.next()?.parse::<i64>().ok().filter(|key| key.unsigned_abs() < 1 << 53);
        let keys = [key()?, key()?, key()?];
        parts.next().is_none().then_some(Self { keys })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_in_its_own_order_only() {
        let cursor = Cursor { keys: [1_772_434_800_000, 42, 0] };
        let text = cursor.encode(Order::DEFAULT);
        assert_eq!(Cursor::decode(&text, Order::DEFAULT), Some(cursor));
        assert_eq!(Cursor::decode(&text, Order::NEWEST), None);
        for garbage in ["", "x", "LXVwZGF0ZWRfYXQgOTk5OTk5OTk5OTk5OTk5OTk5OSAxIDE", "////"] {
            assert_eq!(Cursor::decode(garbage, Order::DEFAULT), None, "{garbage}");
        }
    }
}
