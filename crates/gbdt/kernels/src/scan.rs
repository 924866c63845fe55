//! The search for the best place among the bins of a numeric feature, in either direction.

use crate::rules::{Bounds, Rules};
use crate::sums::BinSums;

/// Added to sums of hessians so that they are never zero: the `float` 1e-15, widened.
pub const EPSILON: f64 = 1e-15_f32 as f64;

/// How a split treats missing values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingType {
    /// There are none; a NaN is taken for 0.
    None,
    /// Zeros are missing, and NaN with them.
    Zero,
    /// NaN is missing.
    Nan,
}

/// One place that was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The bin at which the rows would be parted; for sorted categories the place in their order.
    pub place: usize,
    /// Gain over the unsplit leaf; negative where it is worse.
    pub gain: f64,
    /// Whether missing values would go left.
    pub default_left: bool,
    /// Whether the categories are taken from the end of their order.
    pub from_the_end: bool,
    /// Rows on the left, as estimated from hessians.
    pub left_count: i64,
}

/// The best place of one pass.
#[derive(Debug, Clone, Copy)]
pub struct Best {
    /// Gain over nothing: the leaf's own is not taken off.
    pub gain: f64,
    /// Sum of gradients on the left.
    pub left_gradient: f64,
    /// Sum of hessians on the left, with an epsilon.
    pub left_hessian: f64,
    /// Rows on the left, as estimated from hessians.
    pub left_count: i64,
    /// The bin, or the place in the order of categories.
    pub place: usize,
}

/// The places of one pass: the best so far, and what was tried.
pub struct Pass<'a, 'seen> {
    /// The best place, where one is good enough.
    pub best: Option<Best>,
    /// What a gain has to be above.
    shift: f64,
    /// Whether missing values would go left.
    default_left: bool,
    /// Whether the categories are taken from the end of their order.
    from_the_end: bool,
    /// What was tried is added to it, where there is one.
    seen: &'a mut Option<&'seen mut Vec<Candidate>>,
}

impl<'a, 'seen> Pass<'a, 'seen> {
    /// A pass in which a gain has to be above `shift`; what is tried is added to `seen`.
    #[inline(always)]
    pub fn new(
        shift: f64,
        default_left: bool,
        from_the_end: bool,
        seen: &'a mut Option<&'seen mut Vec<Candidate>>,
    ) -> Self {
        Self { best: None, shift, default_left, from_the_end, seen }
    }

    /// Takes a place that was tried; of equal gains the first stays.
    #[inline(always)]
    pub fn offer(&mut self, tried: Best) {
        if let Some(seen) = self.seen {
            note(seen, tried, self.shift, self.default_left, self.from_the_end);
        }
        if tried.gain > self.shift && self.best.as_ref().is_none_or(|best| tried.gain > best.gain) {
            self.best = Some(tried);
        }
    }
}

/// Not a method, which would keep the pass in memory where registers will do.
#[inline(never)]
#[cold]
fn note(seen: &mut Vec<Candidate>, tried: Best, shift: f64, default_left: bool, from_the_end: bool) {
    seen.push(Candidate {
        place: tried.place,
        gain: tried.gain - shift,
        default_left,
        from_the_end,
        left_count: tried.left_count,
    });
}

/// The sums of a leaf by the bins of a feature, and what is held against them.
pub struct Scan<'a> {
    /// Penalties and bounds.
    pub rules: &'a Rules,
    /// The sums of each bin.
    pub bins: &'a [BinSums],
    /// Sum of gradients of the leaf.
    pub gradient: f64,
    /// Sum of hessians, with two epsilons, so that no side is ever empty of hessian.
    pub hessian: f64,
    /// Number of rows.
    pub count: i64,
    /// Rows for a unit of hessian.
    pub count_factor: f64,
    /// The output that the children are drawn towards.
    pub parent: f64,
    /// The bin of zero.
    pub default_bin: usize,
    /// Whether the most frequent bin is the first, whose sums are not kept.
    pub first_is_most_frequent: bool,
    /// Between what the outputs of the two sides must stay.
    pub bounds: Bounds,
    /// Whether the output must rise with the feature (1), fall (-1), or neither (0).
    pub monotone: i32,
    /// The one place that is tried, where it is drawn; with it the others only count rows.
    pub only: Option<usize>,
}

/// Half up, as LightGBM estimates how many rows lie in a bin.
pub fn round_half_up(value: f64) -> i64 {
    (value + 0.5) as i64
}

impl Scan<'_> {
    /// Rows of a bin, estimated from its sum of hessians.
    pub fn rows(&self, hessian: f64) -> i64 {
        round_half_up(hessian * self.count_factor)
    }

    /// Bins with a sum of their own begin at 0 or, where that is the most frequent, at 1.
    fn offset(&self) -> usize {
        usize::from(self.first_is_most_frequent)
    }

    /// What the outputs of two sides lower the loss by; each side is gradient, hessian and rows.
    #[inline]
    pub fn gain(&self, left: (f64, f64, i64), right: (f64, f64, i64), l2: f64) -> f64 {
        if self.rules.constrained {
            return self.constrained_gain(left, right, l2);
        }
        self.plain_gain(left, right, l2)
    }

    #[inline(always)]
    fn plain_gain(&self, left: (f64, f64, i64), right: (f64, f64, i64), l2: f64) -> f64 {
        self.rules.gain(left.0, left.1, l2, left.2, self.parent)
            + self.rules.gain(right.0, right.1, l2, right.2, self.parent)
    }

    #[inline(never)]
    #[cold]
    fn constrained_gain(&self, left: (f64, f64, i64), right: (f64, f64, i64), l2: f64) -> f64 {
        let output = |side: (f64, f64, i64)| {
            self.bounds.keep(self.rules.output(side.0, side.1, l2, side.2, self.parent))
        };
        let (low, high) = (output(left), output(right));
        if (self.monotone > 0 && low > high) || (self.monotone < 0 && low < high) {
            return 0.0;
        }
        self.rules.gain_of(left.0, left.1, l2, low) + self.rules.gain_of(right.0, right.1, l2, high)
    }

    /// Whether a place is not the one that was drawn.
    #[inline(never)]
    fn is_left_out(&self, place: usize) -> bool {
        self.only.is_some_and(|only| only != place)
    }

    /// Whether all places are tried and no output is held: asked once, and not at every place.
    fn is_plain(&self) -> bool {
        self.only.is_none() && !self.rules.constrained
    }

    /// From the last bin to the first; missing values stay on the left. A gain has to be above `shift`; `skip_last`
    /// leaves the bin of missing values where it is, `skip_zero` that of zero; what was tried is added to `seen`.
    pub fn backward(
        &self,
        shift: f64,
        skip_last: bool,
        skip_zero: bool,
        seen: &mut Option<&mut Vec<Candidate>>,
    ) -> Option<Best> {
        let (rules, plain) = (self.rules, self.is_plain());
        let (mut gradient, mut hessian, mut count) = (0.0, EPSILON, 0);
        let mut pass = Pass::new(shift, true, false, seen);
        for bin in (1..self.bins.len() - usize::from(skip_last)).rev() {
            if skip_zero && bin == self.default_bin {
                continue;
            }
            let [bin_gradient, bin_hessian] = self.bins[bin];
            gradient += bin_gradient;
            hessian += bin_hessian;
            count += self.rows(bin_hessian);
            if count < rules.min_data || hessian < rules.min_hessian {
                continue;
            }
            let left_count = self.count - count;
            let left_hessian = self.hessian - hessian;
            if left_count < rules.min_data || left_hessian < rules.min_hessian {
                break;
            }
            let place = bin - 1;
            if !plain && self.is_left_out(place) {
                continue;
            }
            let left_gradient = self.gradient - gradient;
            let left = (left_gradient, left_hessian, left_count);
            let right = (gradient, hessian, count);
            let gain =
                if plain { self.plain_gain(left, right, rules.l2) } else { self.gain(left, right, rules.l2) };
            pass.offer(Best { gain, left_gradient, left_hessian, left_count, place });
        }
        pass.best
    }

    /// From the first bin to the last; missing values stay on the right. Otherwise as [`Scan::backward`].
    pub fn forward(
        &self,
        shift: f64,
        missing: MissingType,
        seen: &mut Option<&mut Vec<Candidate>>,
    ) -> Option<Best> {
        let (rules, plain) = (self.rules, self.is_plain());
        let offset = self.offset();
        let (mut gradient, mut hessian, mut count) = (0.0, EPSILON, 0);
        // The sums of bin 0 where it is not kept: what is left of the leaf's.
        let begins_with_rest = missing == MissingType::Nan && offset == 1;
        if begins_with_rest {
            (gradient, hessian, count) = (self.gradient, self.hessian - EPSILON, self.count);
            for [bin_gradient, bin_hessian] in &self.bins[1..] {
                gradient -= bin_gradient;
                hessian -= bin_hessian;
                count -= self.rows(*bin_hessian);
            }
        }
        let mut pass = Pass::new(shift, false, false, seen);
        let first = if begins_with_rest { 0 } else { offset };
        for bin in first..self.bins.len() - 1 {
            if missing == MissingType::Zero && bin == self.default_bin {
                continue;
            }
            if !(begins_with_rest && bin == 0) {
                let [bin_gradient, bin_hessian] = self.bins[bin];
                gradient += bin_gradient;
                hessian += bin_hessian;
                count += self.rows(bin_hessian);
            }
            if count < rules.min_data || hessian < rules.min_hessian {
                continue;
            }
            let right_count = self.count - count;
            let right_hessian = self.hessian - hessian;
            if right_count < rules.min_data || right_hessian < rules.min_hessian {
                break;
            }
            if !plain && self.is_left_out(bin) {
                continue;
            }
            let left = (gradient, hessian, count);
            let right = (self.gradient - gradient, right_hessian, right_count);
            let gain =
                if plain { self.plain_gain(left, right, rules.l2) } else { self.gain(left, right, rules.l2) };
            pass.offer(Best {
                gain,
                left_gradient: gradient,
                left_hessian: hessian,
                left_count: count,
                place: bin,
            });
        }
        pass.best
    }
}
