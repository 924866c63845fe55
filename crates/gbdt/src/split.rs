//! The search for the best place to part the rows of a leaf.

use super::dataset::Feature;
use super::histogram::BinSums;
use super::number::{EPSILON, round_half_up};
use super::rules::Rules;
use super::tree::MissingType;

/// What is known of the rows of a leaf.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LeafSums {
    /// Sum of gradients.
    pub gradient: f64,
    /// Sum of hessians.
    pub hessian: f64,
    /// Number of rows.
    pub count: usize,
    /// The answer the leaf gives before the learning rate.
    pub output: f64,
}

/// Where a feature's bins are parted.
#[derive(Debug, Clone, PartialEq)]
pub enum Threshold {
    /// Bins up to this one go left.
    Bin(usize),
    /// These bins go left.
    Categories(Vec<usize>),
}

/// A split of a leaf.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Which of the data's features.
    pub feature: usize,
    /// Where its bins are parted.
    pub threshold: Threshold,
    /// Whether missing values go left.
    pub default_left: bool,
    /// By how much the loss falls, in LightGBM's measure, less `min_gain_to_split`.
    pub gain: f64,
    /// The left side.
    pub left: LeafSums,
    /// The right side.
    pub right: LeafSums,
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

/// Sees every place whose two sides are large enough.
pub trait Observer {
    /// Called with each.
    fn seen(&mut self, candidate: Candidate);
}

/// Looks on at nothing; costs nothing.
pub struct Nobody;

impl Observer for Nobody {
    #[inline(always)]
    fn seen(&mut self, _candidate: Candidate) {}
}

impl Observer for Vec<Candidate> {
    fn seen(&mut self, candidate: Candidate) {
        self.push(candidate);
    }
}

/// Finds the best split of one leaf by one feature.
pub struct Search<'a> {
    rules: &'a Rules,
    feature: &'a Feature,
    bins: &'a [BinSums],
    /// With two epsilons, so that no side is ever empty of hessian.
    hessian: f64,
    gradient: f64,
    count: i64,
    /// Rows for a unit of hessian.
    count_factor: f64,
    parent: f64,
}

/// The best place of one pass.
struct Best {
    gain: f64,
    left_gradient: f64,
    left_hessian: f64,
    left_count: i64,
    place: usize,
}

impl<'a> Search<'a> {
    /// A search over the sums of a feature in a leaf; `parent` is the answer its children are drawn towards.
    pub fn new(
        rules: &'a Rules,
        feature: &'a Feature,
        bins: &'a [BinSums],
        sums: &LeafSums,
        parent: f64,
    ) -> Self {
        let hessian = sums.hessian + 2.0 * EPSILON;
        let count_factor = sums.count as f64 / hessian;
        let (gradient, count) = (sums.gradient, sums.count as i64);
        Self { rules, feature, bins, hessian, gradient, count, count_factor, parent }
    }

    /// The best split, if any is admissible, without the feature's number; and whether one was admissible at all.
    pub fn best(&self, observer: &mut impl Observer) -> Option<Split> {
        if self.feature.mapper.is_categorical() {
            return self.best_categories(observer);
        }
        let missing = self.feature.mapper.missing;
        let two_ways = self.bins.len() > 2 && missing != MissingType::None;
        let shift = self.shift();
        let backward = self.backward(shift, two_ways && missing == MissingType::Nan, two_ways, observer);
        let forward = if two_ways { self.forward(shift, missing, observer) } else { None };
        let (best, default_left) = match (backward, forward) {
            (Some(backward), Some(forward)) => {
                // The second pass has to beat the first after the shift is taken off and put on again.
                if forward.gain > (backward.gain - shift) + shift {
                    (forward, false)
                } else {
                    (backward, true)
                }
            }
            (Some(backward), None) => (backward, true),
            (None, Some(forward)) => (forward, false),
            (None, None) => return None,
        };
        let default_left = default_left && (two_ways || missing != MissingType::Nan);
        let threshold = Threshold::Bin(best.place);
        Some(self.split(&best, threshold, default_left, self.rules.l2, shift))
    }

    /// What a split has to beat.
    fn shift(&self) -> f64 {
        let rules = self.rules;
        rules.gain(self.gradient, self.hessian, rules.l2, self.count, self.parent) + rules.min_gain
    }

    fn rows(&self, hessian: f64) -> i64 {
        round_half_up(hessian * self.count_factor)
    }

    /// Bins with a sum of their own begin at 0 or, where that is the most frequent, at 1.
    fn offset(&self) -> usize {
        usize::from(self.feature.mapper.most_frequent_bin == 0)
    }

    fn gain(&self, left: (f64, f64, i64), right: (f64, f64, i64), l2: f64) -> f64 {
        self.rules.gain(left.0, left.1, l2, left.2, self.parent)
            + self.rules.gain(right.0, right.1, l2, right.2, self.parent)
    }

    /// From the last bin to the first; missing values stay on the left.
    fn backward(
        &self,
        shift: f64,
        skip_last: bool,
        two_ways: bool,
        observer: &mut impl Observer,
    ) -> Option<Best> {
        let rules = self.rules;
        let zero_is_missing = two_ways && self.feature.mapper.missing == MissingType::Zero;
        let (mut gradient, mut hessian, mut count) = (0.0, EPSILON, 0);
        let mut best: Option<Best> = None;
        for bin in (1..self.bins.len() - usize::from(skip_last)).rev() {
            if zero_is_missing && bin == self.feature.mapper.default_bin {
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
            let left_gradient = self.gradient - gradient;
            let left = (left_gradient, left_hessian, left_count);
            let gain = self.gain(left, (gradient, hessian, count), rules.l2);
            let place = bin - 1;
            observer.seen(Candidate {
                place,
                gain: gain - shift,
                default_left: true,
                from_the_end: false,
                left_count,
            });
            if gain > shift && best.as_ref().is_none_or(|best| gain > best.gain) {
                best = Some(Best { gain, left_gradient, left_hessian, left_count, place });
            }
        }
        best
    }

    /// From the first bin to the last; missing values stay on the right.
    fn forward(&self, shift: f64, missing: MissingType, observer: &mut impl Observer) -> Option<Best> {
        let rules = self.rules;
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
        let mut best: Option<Best> = None;
        let first = if begins_with_rest { 0 } else { offset };
        for bin in first..self.bins.len() - 1 {
            if missing == MissingType::Zero && bin == self.feature.mapper.default_bin {
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
            let right = (self.gradient - gradient, right_hessian, right_count);
            let gain = self.gain((gradient, hessian, count), right, rules.l2);
            observer.seen(Candidate {
                place: bin,
                gain: gain - shift,
                default_left: false,
                from_the_end: false,
                left_count: count,
            });
            if gain > shift && best.as_ref().is_none_or(|best| gain > best.gain) {
                best = Some(Best {
                    gain,
                    left_gradient: gradient,
                    left_hessian: hessian,
                    left_count: count,
                    place: bin,
                });
            }
        }
        best
    }

    fn best_categories(&self, observer: &mut impl Observer) -> Option<Split> {
        let rules = self.rules;
        let shift = if rules.path_smooth > 0.0 {
            rules.gain_of(self.gradient, self.hessian, rules.l2, self.parent)
        } else {
            rules.gain(self.gradient, self.hessian, rules.l2, 0, 0.0)
        } + rules.min_gain;
        if self.bins.len() <= rules.max_cat_to_onehot {
            let best = self.one_category(shift, observer)?;
            let threshold = Threshold::Categories(vec![best.place]);
            return Some(self.split(&best, threshold, false, rules.l2, shift));
        }
        let order = self.category_order();
        let l2 = rules.l2 + rules.cat_l2;
        let first = self.many_categories(&order, false, l2, shift, observer);
        let second = self.many_categories(&order, true, l2, shift, observer);
        let (best, from_the_end) = match (first, second) {
            (Some(first), Some(second)) if second.gain > first.gain => (second, true),
            (Some(first), _) => (first, false),
            (None, Some(second)) => (second, true),
            (None, None) => return None,
        };
        let taken: Vec<usize> = if from_the_end {
            order.iter().rev().take(best.place + 1).copied().collect()
        } else {
            order.iter().take(best.place + 1).copied().collect()
        };
        Some(self.split(&best, Threshold::Categories(taken), false, l2, shift))
    }

    /// One category against the rest.
    fn one_category(&self, shift: f64, observer: &mut impl Observer) -> Option<Best> {
        let rules = self.rules;
        let mut best: Option<Best> = None;
        for bin in 1..self.bins.len() {
            let [gradient, hessian] = self.bins[bin];
            let count = self.rows(hessian);
            let other_count = self.count - count;
            let other_hessian = self.hessian - hessian - EPSILON;
            if count < rules.min_data
                || hessian < rules.min_hessian
                || other_count < rules.min_data
                || other_hessian < rules.min_hessian
            {
                continue;
            }
            let other = (self.gradient - gradient, other_hessian, other_count);
            let gain = self.gain(other, (gradient, hessian + EPSILON, count), rules.l2);
            observer.seen(Candidate {
                place: bin,
                gain: gain - shift,
                default_left: false,
                from_the_end: false,
                left_count: count,
            });
            if gain > shift && best.as_ref().is_none_or(|best| gain > best.gain) {
                let left_hessian = hessian + EPSILON;
                best =
                    Some(Best { gain, left_gradient: gradient, left_hessian, left_count: count, place: bin });
            }
        }
        best
    }

    /// Categories with enough rows, in the order of their ratio of gradient to hessian.
    pub fn category_order(&self) -> Vec<usize> {
        let smooth = self.rules.cat_smooth;
        let mut order: Vec<usize> =
            (1..self.bins.len()).filter(|bin| self.rows(self.bins[*bin][1]) as f64 >= smooth).collect();
        let ratio = |bin: &usize| self.bins[*bin][0] / (self.bins[*bin][1] + smooth);
        order.sort_by(|a, b| ratio(a).partial_cmp(&ratio(b)).unwrap_or(std::cmp::Ordering::Equal));
        order
    }

    /// The first so many categories of the order, or the last.
    fn many_categories(
        &self,
        order: &[usize],
        from_the_end: bool,
        l2: f64,
        shift: f64,
        observer: &mut impl Observer,
    ) -> Option<Best> {
        let rules = self.rules;
        let most = rules.max_cat_threshold.min(order.len().div_ceil(2));
        let (mut gradient, mut hessian, mut count, mut in_group) = (0.0, EPSILON, 0, 0);
        let mut best: Option<Best> = None;
        for place in 0..order.len().min(most) {
            let bin = if from_the_end { order[order.len() - 1 - place] } else { order[place] };
            let [bin_gradient, bin_hessian] = self.bins[bin];
            let rows = self.rows(bin_hessian);
            gradient += bin_gradient;
            hessian += bin_hessian;
            count += rows;
            in_group += rows;
            if count < rules.min_data || hessian < rules.min_hessian {
                continue;
            }
            let right_count = self.count - count;
            let right_hessian = self.hessian - hessian;
            if right_count < rules.min_data
                || right_count < rules.min_data_per_group
                || right_hessian < rules.min_hessian
            {
                break;
            }
            if in_group < rules.min_data_per_group {
                continue;
            }
            in_group = 0;
            let right = (self.gradient - gradient, right_hessian, right_count);
            let gain = self.gain((gradient, hessian, count), right, l2);
            observer.seen(Candidate {
                place,
                gain: gain - shift,
                default_left: false,
                from_the_end,
                left_count: count,
            });
            if gain > shift && best.as_ref().is_none_or(|best| gain > best.gain) {
                best = Some(Best {
                    gain,
                    left_gradient: gradient,
                    left_hessian: hessian,
                    left_count: count,
                    place,
                });
            }
        }
        best
    }

    fn split(&self, best: &Best, threshold: Threshold, default_left: bool, l2: f64, shift: f64) -> Split {
        let rules = self.rules;
        let right_count = self.count - best.left_count;
        let right_gradient = self.gradient - best.left_gradient;
        let right_hessian = self.hessian - best.left_hessian;
        let side = |gradient: f64, hessian: f64, kept: f64, count: i64| LeafSums {
            gradient,
            hessian: kept,
            count: count.max(0) as usize,
            output: rules.output(gradient, hessian, l2, count, self.parent),
        };
        Split {
            feature: usize::MAX,
            threshold,
            default_left,
            gain: best.gain - shift,
            left: side(best.left_gradient, best.left_hessian, best.left_hessian - EPSILON, best.left_count),
            right: side(right_gradient, right_hessian, right_hessian - EPSILON, right_count),
        }
    }
}
