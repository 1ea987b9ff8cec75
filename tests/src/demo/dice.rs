//! Random draws that give the same answer on every machine.
//!
//! Every draw that matters is made from a *fork*: a generator whose seed is a number plus a label. A fact of a ticket (its
//! invoice number, say) is therefore a pure function of the ticket's seed and the fact's name, whatever was drawn before it.

/// A seeded source of draws. Never seeded from the clock or the system.
pub struct Dice(fastrand::Rng);

/// Mixes a seed with a label into an unrelated seed (FNV-1a of the label, then the `splitmix64` finaliser).
pub fn mix(seed: u64, label: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in label.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let mut z = (seed ^ hash).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// The generator of `seed` and `label`.
    pub fn fork(seed: u64, label: &str) -> Self {
        Self(fastrand::Rng::with_seed(mix(seed, label)))
    }

    /// A fresh seed for something that gets draws of its own.
    pub fn seed(&mut self) -> u64 {
        self.0.u64(..)
    }

    /// A whole number in `low..=high`; `low` when the range is empty.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        if high <= low { low } else { self.0.i64(low..=high) }
    }

    /// A position in a list of `len` things; 0 when there are none.
    pub fn index(&mut self, len: usize) -> usize {
        let len = u64::try_from(len).unwrap_or(u64::MAX);
        if len == 0 {
            return 0;
        }
        usize::try_from(self.0.u64(0..len)).unwrap_or(0)
    }

    /// A number in `0.0..1.0`.
    pub fn unit(&mut self) -> f64 {
        self.0.f64()
    }

    /// True with the probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.0.f64() < p
    }

    /// One of the texts; the empty text when there are none.
    pub fn pick<'a>(&mut self, texts: &[&'a str]) -> &'a str {
        let at = self.index(texts.len());
        texts.get(at).copied().unwrap_or_default()
    }

    /// One of the things, or nothing when there are none.
    pub fn one<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        let at = self.index(things.len());
        things.get(at)
    }

    /// A position, each as likely as its weight; 0 when all weights are zero.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().copied().map(u64::from).sum();
        if total == 0 {
            return 0;
        }
        let mut left = self.0.u64(0..total);
        for (position, weight) in weights.iter().enumerate() {
            let weight = u64::from(*weight);
            if left < weight {
                return position;
            }
            left -= weight;
        }
        0
    }

    /// Whole minutes, log-normal around `median_minutes`. The normal deviate is a sum of twelve uniform ones: additions only,
    /// so it does not depend on a platform's trigonometry.
    #[expect(clippy::cast_possible_truncation, reason = "bounded to a year of minutes just before")]
    pub fn delay_minutes(&mut self, median_minutes: f64, sigma: f64) -> i64 {
        let normal: f64 = (0..12).map(|_| self.unit()).sum::<f64>() - 6.0;
        (median_minutes * (sigma * normal).exp()).clamp(1.0, 525_600.0).round() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fork_depends_on_its_label_alone() {
        let mut first = Dice::fork(7, "amount");
        let _ = Dice::fork(7, "date").seed();
        let mut again = Dice::fork(7, "amount");
        assert_eq!(first.seed(), again.seed());
        assert_ne!(Dice::fork(7, "amount").seed(), Dice::fork(7, "date").seed());
    }

    #[test]
    fn a_zero_weight_is_never_drawn() {
        let mut dice = Dice::fork(1, "weights");
        assert!((0..1000).all(|_| dice.weighted(&[0, 3, 0, 1]) % 2 == 1));
    }

    #[test]
    fn delays_lie_around_their_median() {
        let mut dice = Dice::fork(3, "delay");
        let below = (0..4000).filter(|_| dice.delay_minutes(90.0, 1.0) <= 90).count();
        assert!((1800..2200).contains(&below), "{below} of 4000 below the median");
    }
}
