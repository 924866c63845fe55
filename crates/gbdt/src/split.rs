//! The search for the best place to part the rows of a leaf.

use super::dataset::Feature;
use super::number::EPSILON;
use super::random::Random;
use super::stable_sort::sort_by;
use super::tree::MissingType;
use gbdt_kernels::rules::{Bounds, Rules};
pub use gbdt_kernels::scan::Candidate;
use gbdt_kernels::scan::{Best, Pass, Scan};
use gbdt_kernels::sums::BinSums;

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

/// Finds the best split of one leaf by one feature.
pub struct Search<'a> {
    feature: &'a Feature,
    scan: Scan<'a>,
    /// Categories with enough rows, in the order of their ratio, where many may go to one side.
    order: Vec<usize>,
}

/// What holds for a leaf, whatever feature it is split by.
#[derive(Debug, Clone, Copy)]
pub struct LeafRules {
    /// The answer that its children are drawn towards.
    pub parent: f64,
    /// Between what their answers must stay.
    pub bounds: Bounds,
    /// Splits between the root and it.
    pub depth: usize,
}

impl<'a> Search<'a> {
    /// A search over the sums of a feature in a leaf; `random` draws the one place that extremely randomised trees try.
    pub fn new(
        rules: &'a Rules,
        feature: &'a Feature,
        bins: &'a [BinSums],
        sums: &LeafSums,
        leaf: &LeafRules,
        random: Option<&mut Random>,
    ) -> Self {
        let hessian = sums.hessian + 2.0 * EPSILON;
        let count_factor = sums.count as f64 / hessian;
        let (gradient, count) = (sums.gradient, sums.count as i64);
        let mapper = &feature.mapper;
        let scan = Scan {
            rules,
            bins,
            gradient,
            hessian,
            count,
            count_factor,
            parent: leaf.parent,
            default_bin: mapper.default_bin,
            first_is_most_frequent: mapper.most_frequent_bin == 0,
            bounds: leaf.bounds,
            monotone: feature.monotone,
            only: None,
        };
        let mut search = Self { feature, scan, order: Vec::new() };
        if mapper.is_categorical() && !search.one_against_the_rest() {
            search.order = search.category_order();
        }
        search.scan.only = random.map(|random| search.drawn_place(random));
        search
    }

    /// Whether single categories are split from the others.
    fn one_against_the_rest(&self) -> bool {
        self.scan.bins.len() <= self.scan.rules.max_cat_to_onehot
    }

    /// The place that is tried alone.
    fn drawn_place(&self, random: &mut Random) -> usize {
        let bins = self.scan.bins.len();
        if !self.feature.mapper.is_categorical() {
            return if bins > 2 { random.next_int(0, bins - 2) } else { 0 };
        }
        if self.one_against_the_rest() {
            return if bins > 1 { random.next_int(1, bins) } else { 0 };
        }
        let last = self.most_categories().min(self.order.len()).saturating_sub(1);
        if last > 0 { random.next_int(0, last) } else { 0 }
    }

    /// Most categories on one side.
    fn most_categories(&self) -> usize {
        self.scan.rules.max_cat_threshold.min(self.order.len().div_ceil(2))
    }

    /// The best split, if any is admissible, without the feature's number.
    pub fn best(&self) -> Option<Split> {
        self.found(&mut None)
    }

    /// Every place whose two sides are large enough, in the order in which they are tried.
    pub fn candidates(&self) -> Vec<Candidate> {
        let mut seen = Vec::new();
        self.found(&mut Some(&mut seen));
        seen
    }

    fn found(&self, seen: &mut Option<&mut Vec<Candidate>>) -> Option<Split> {
        if self.feature.mapper.is_categorical() {
            return self.best_categories(seen);
        }
        let missing = self.feature.mapper.missing;
        let two_ways = self.scan.bins.len() > 2 && missing != MissingType::None;
        let shift = self.shift();
        let backward = self.scan.backward(
            shift,
            two_ways && missing == MissingType::Nan,
            two_ways && missing == MissingType::Zero,
            seen,
        );
        let forward = if two_ways { self.scan.forward(shift, missing, seen) } else { None };
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
        Some(self.split(&best, threshold, default_left, self.scan.rules.l2, shift))
    }

    /// What a split has to beat.
    fn shift(&self) -> f64 {
        let rules = self.scan.rules;
        rules.gain(self.scan.gradient, self.scan.hessian, rules.l2, self.scan.count, self.scan.parent)
            + rules.min_gain
    }

    fn best_categories(&self, seen: &mut Option<&mut Vec<Candidate>>) -> Option<Split> {
        let rules = self.scan.rules;
        let shift = if rules.path_smooth > 0.0 {
            rules.gain_of(self.scan.gradient, self.scan.hessian, rules.l2, self.scan.parent)
        } else {
            rules.gain(self.scan.gradient, self.scan.hessian, rules.l2, 0, 0.0)
        } + rules.min_gain;
        if self.one_against_the_rest() {
            let best = self.one_category(shift, seen)?;
            let threshold = Threshold::Categories(vec![best.place]);
            return Some(self.split(&best, threshold, false, rules.l2, shift));
        }
        let order = &self.order;
        let l2 = rules.l2 + rules.cat_l2;
        let first = self.many_categories(false, l2, shift, seen);
        let second = self.many_categories(true, l2, shift, seen);
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
    fn one_category(&self, shift: f64, seen: &mut Option<&mut Vec<Candidate>>) -> Option<Best> {
        let rules = self.scan.rules;
        let mut pass = Pass::new(shift, false, false, seen);
        for bin in 1..self.scan.bins.len() {
            let [gradient, hessian] = self.scan.bins[bin];
            let count = self.scan.rows(hessian);
            let other_count = self.scan.count - count;
            let other_hessian = self.scan.hessian - hessian - EPSILON;
            if count < rules.min_data
                || hessian < rules.min_hessian
                || other_count < rules.min_data
                || other_hessian < rules.min_hessian
            {
                continue;
            }
            if self.scan.only.is_some_and(|only| only != bin) {
                continue;
            }
            let other = (self.scan.gradient - gradient, other_hessian, other_count);
            let gain = self.scan.gain(other, (gradient, hessian + EPSILON, count), rules.l2);
            pass.offer(Best {
                gain,
                left_gradient: gradient,
                left_hessian: hessian + EPSILON,
                left_count: count,
                place: bin,
            });
        }
        pass.best
    }

    /// Categories with enough rows, in the order of their ratio of gradient to hessian; none where single categories
    /// are split from the others.
    pub fn into_order(self) -> Vec<usize> {
        self.order
    }

    fn category_order(&self) -> Vec<usize> {
        let smooth = self.scan.rules.cat_smooth;
        let mut order: Vec<usize> = (1..self.scan.bins.len())
            .filter(|bin| self.scan.rows(self.scan.bins[*bin][1]) as f64 >= smooth)
            .collect();
        let ratio = |bin: usize| self.scan.bins[bin][0] / (self.scan.bins[bin][1] + smooth);
        let ratios: Vec<f64> = (0..self.scan.bins.len()).map(ratio).collect();
        sort_by(&mut order, |a, b| ratios[a] < ratios[b]);
        order
    }

    /// The first so many categories of the order, or the last.
    fn many_categories(
        &self,
        from_the_end: bool,
        l2: f64,
        shift: f64,
        seen: &mut Option<&mut Vec<Candidate>>,
    ) -> Option<Best> {
        let (rules, order, most) = (self.scan.rules, &self.order, self.most_categories());
        let (mut gradient, mut hessian, mut count, mut in_group) = (0.0, EPSILON, 0, 0);
        let mut pass = Pass::new(shift, false, from_the_end, seen);
        for place in 0..order.len().min(most) {
            let bin = if from_the_end { order[order.len() - 1 - place] } else { order[place] };
            let [bin_gradient, bin_hessian] = self.scan.bins[bin];
            let rows = self.scan.rows(bin_hessian);
            gradient += bin_gradient;
            hessian += bin_hessian;
            count += rows;
            in_group += rows;
            if count < rules.min_data || hessian < rules.min_hessian {
                continue;
            }
            let right_count = self.scan.count - count;
            let right_hessian = self.scan.hessian - hessian;
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
            if self.scan.only.is_some_and(|only| only != place) {
                continue;
            }
            let right = (self.scan.gradient - gradient, right_hessian, right_count);
            let gain = self.scan.gain((gradient, hessian, count), right, l2);
            pass.offer(Best {
                gain,
                left_gradient: gradient,
                left_hessian: hessian,
                left_count: count,
                place,
            });
        }
        pass.best
    }

    fn split(&self, best: &Best, threshold: Threshold, default_left: bool, l2: f64, shift: f64) -> Split {
        let rules = self.scan.rules;
        let right_count = self.scan.count - best.left_count;
        let right_gradient = self.scan.gradient - best.left_gradient;
        let right_hessian = self.scan.hessian - best.left_hessian;
        let side = |gradient: f64, hessian: f64, kept: f64, count: i64| LeafSums {
            gradient,
            hessian: kept,
            count: count.max(0) as usize,
            output: {
                let output = rules.output(gradient, hessian, l2, count, self.scan.parent);
                if rules.constrained { self.scan.bounds.keep(output) } else { output }
            },
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
