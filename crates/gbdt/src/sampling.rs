//! Which rows and which columns a tree may see.

use super::dataset::Dataset;
use super::parameters::Parameters;
use super::random::Random;

/// Rows that share a generator.
const BLOCK: usize = 1024;

/// Draws rows.
#[derive(Debug, Clone)]
pub struct RowSampler {
    randoms: Vec<Random>,
    bag: Vec<u32>,
    /// Whether rows have been drawn at all.
    drawn: bool,
}

impl RowSampler {
    /// A sampler for so many rows.
    pub fn new(parameters: &Parameters, rows: usize) -> Self {
        let blocks = rows.div_ceil(BLOCK);
        let seed = |block: usize| parameters.bagging_seed.wrapping_add(block as i32);
        Self {
            randoms: (0..blocks).map(|block| Random::new(seed(block))).collect(),
            bag: (0..rows as u32).collect(),
            drawn: false,
        }
    }

    /// The rows of this round, drawn anew every `bagging_freq` rounds; once all have been drawn no more are left out.
    pub fn bag(&mut self, parameters: &Parameters, round: usize, labels: &[f32], balanced: bool) -> Vec<u32> {
        let freq = parameters.bagging_freq;
        let wanted = freq > 0 && (balanced || parameters.bagging_fraction < 1.0);
        let due =
            !self.drawn || (self.bag.len() < labels.len() && round.is_multiple_of(freq.max(1) as usize));
        if wanted && due {
            self.drawn = true;
            let randoms = &mut self.randoms;
            let drawn = |row: &u32| {
                let fraction = match (balanced, labels[*row as usize] > 0.0) {
                    (false, _) => parameters.bagging_fraction,
                    (true, true) => parameters.pos_bagging_fraction,
                    (true, false) => parameters.neg_bagging_fraction,
                };
                f64::from(randoms[*row as usize / BLOCK].next_float()) < fraction
            };
            self.bag = (0..labels.len() as u32).filter(drawn).collect();
        }
        self.bag.clone()
    }

    /// Gradient-based one-side sampling: the rows with large gradients, and some of the others with their gradients
    /// made larger in turn.
    ///
    /// # Shapes
    /// - `gradients`, `hessians`: rows × classes, the rows of a class together
    pub fn goss(
        &mut self,
        parameters: &Parameters,
        rows: usize,
        gradients: &mut [f32],
        hessians: &mut [f32],
    ) -> Vec<u32> {
        let classes = gradients.len() / rows;
        let size = |row: usize, gradients: &[f32], hessians: &[f32]| {
            (0..classes).fold(0.0_f32, |sum, class| {
                let at = class * rows + row;
                sum + (gradients[at] * hessians[at]).abs()
            })
        };
        let sizes: Vec<f32> = (0..rows).map(|row| size(row, gradients, hessians)).collect();
        let top = ((rows as f64 * parameters.top_rate) as usize).max(1);
        let other = (rows as f64 * parameters.other_rate) as usize;
        let threshold = largest(&sizes, top);
        let multiply = (rows - top) as f32 / other as f32;
        let (mut bag, mut large) = (Vec::with_capacity(top + other), 0);
        for row in 0..rows {
            if size(row, gradients, hessians) >= threshold {
                bag.push(row as u32);
                large += 1;
                continue;
            }
            let needed = other as i64 - (bag.len() - large) as i64;
            let left = (rows - row) as i64 - (top as i64 - large as i64);
            let probability = needed as f64 / left as f64;
            if f64::from(self.randoms[row / BLOCK].next_float()) < probability {
                bag.push(row as u32);
                for class in 0..classes {
                    gradients[class * rows + row] *= multiply;
                    hessians[class * rows + row] *= multiply;
                }
            }
        }
        bag
    }
}

/// The value that `count` of the values reach, none of them negative: the bits of such numbers have their order, so
/// that it is found bit by bit. The library's selection would be 5 KB of WebAssembly.
fn largest(values: &[f32], count: usize) -> f32 {
    let mut found = 0_u32;
    for bit in (0..31).rev() {
        let tried = found | 1 << bit;
        if values.iter().filter(|value| value.to_bits() >= tried).count() >= count {
            found = tried;
        }
    }
    f32::from_bits(found)
}

/// Draws columns, and for extremely randomised trees places in them.
#[derive(Debug, Clone)]
pub struct ColumnSampler {
    by_tree: f64,
    by_node: f64,
    random: Random,
    /// Features of the tree at hand.
    used: Vec<usize>,
    /// For each feature the generator of the places that are tried; none where all are.
    places: Vec<Random>,
}

impl ColumnSampler {
    /// A sampler; as in LightGBM a first draw is made and thrown away.
    pub fn new(parameters: &Parameters, data: &Dataset) -> Self {
        let features = data.features.len();
        let seed = |place: usize| Random::new(parameters.extra_seed.wrapping_add(place as i32));
        let places = data.features.iter().map(|feature| seed(feature.place));
        let mut sampler = Self {
            by_tree: parameters.feature_fraction,
            by_node: parameters.feature_fraction_bynode,
            random: Random::new(parameters.feature_fraction_seed),
            used: (0..features).collect(),
            places: if parameters.extra_trees { places.collect() } else { Vec::new() },
        };
        sampler.for_tree(features);
        sampler
    }

    /// The generator of the places of a feature that are tried.
    pub(super) fn places(&mut self, feature: usize) -> Option<&mut Random> {
        self.places.get_mut(feature)
    }

    /// Features the next tree may use.
    pub fn for_tree(&mut self, features: usize) -> Vec<bool> {
        if self.by_tree < 1.0 {
            self.used = self.random.sample(features, share(features, self.by_tree));
        }
        marked(features, &self.used)
    }

    /// Features the next leaf may be split by.
    pub fn for_node(&mut self, features: usize) -> Vec<bool> {
        if self.by_node >= 1.0 {
            return vec![true; features];
        }
        let sample = self.random.sample(self.used.len(), share(self.used.len(), self.by_node));
        let chosen: Vec<usize> = sample.into_iter().map(|index| self.used[index]).collect();
        marked(features, &chosen)
    }
}

fn share(total: usize, fraction: f64) -> usize {
    let count = super::number::round_half_up(total as f64 * fraction) as usize;
    count.max(total.min(1))
}

fn marked(total: usize, chosen: &[usize]) -> Vec<bool> {
    let mut marked = vec![false; total];
    chosen.iter().for_each(|index| marked[*index] = true);
    marked
}

#[cfg(test)]
mod tests {
    use super::largest;

    #[test]
    fn the_largest_are_those_a_sort_would_put_first() {
        let mut values = vec![0.0, 1e-45, 0.5, 0.25, 0.5, 3.0, f32::MAX, 1.0, 0.0, 1e-20];
        values.extend((0..90).map(|number| ((number * 37 % 101) as f32).sqrt()));
        let mut sorted = values.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        for count in 1..=values.len() {
            assert_eq!(largest(&values, count), sorted[count - 1], "{count}");
        }
    }
}
