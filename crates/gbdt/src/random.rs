//! LightGBM's own generator: small, and part of the result.

/// A linear congruential generator of 32 bits.
#[derive(Debug, Clone)]
pub struct Random {
    state: u32,
}

impl Random {
    /// A generator with a seed.
    pub fn new(seed: i32) -> Self {
        Self { state: seed as u32 }
    }

    fn next(&mut self) -> u32 {
        self.state = self.state.wrapping_mul(214_013).wrapping_add(2_531_011);
        self.state
    }

    /// A number from 0 up to, not with, 1, in steps of 1/32768.
    pub fn next_float(&mut self) -> f32 {
        ((self.next() >> 16) & 0x7fff) as f32 / 32768.0
    }

    /// A whole number from `lower` up to, not with, `upper`.
    pub fn next_int(&mut self, lower: usize, upper: usize) -> usize {
        (self.next() & 0x7fff_ffff) as usize % (upper - lower) + lower
    }

    /// `count` different numbers below `total`, in ascending order.
    pub fn sample(&mut self, total: usize, count: usize) -> Vec<usize> {
        if count > total || count == 0 {
            return Vec::new();
        }
        if count == total {
            return (0..total).collect();
        }
        if count > 1 && count as f64 > total as f64 / (count as f64).log2() {
            let mut chosen = Vec::with_capacity(count);
            for number in 0..total {
                let probability = (count - chosen.len()) as f64 / (total - number) as f64;
                if f64::from(self.next_float()) < probability {
                    chosen.push(number);
                }
            }
            return chosen;
        }
        let mut chosen = vec![false; total];
        for last in total - count..total {
            let number = self.next_int(0, last + 1);
            let number = if chosen[number] { last } else { number };
            chosen[number] = true;
        }
        (0..total).filter(|number| chosen[*number]).collect()
    }

    /// A whole number of 15 bits from `lower` up to, not with, `upper`.
    pub fn next_short(&mut self, lower: i32, upper: i32) -> i32 {
        ((self.next() >> 16) & 0x7fff) as i32 % (upper - lower) + lower
    }
}
