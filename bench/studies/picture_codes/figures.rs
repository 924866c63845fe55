//! How good clusters are, by what is known of the items and by how they look.

/// The share of items whose kind is the most frequent one of their cluster.
pub fn purity(labels: &[usize], kinds: &[usize]) -> f64 {
    let most: usize = counts(labels, kinds).iter().filter_map(|row| row.iter().max()).sum();
    most as f64 / labels.len() as f64
}

/// How many items each cluster has of each kind.
fn counts(labels: &[usize], kinds: &[usize]) -> Vec<Vec<usize>> {
    let many = |of: &[usize]| of.iter().max().map_or(0, |most| most + 1);
    let mut counts = vec![vec![0; many(kinds)]; many(labels)];
    labels.iter().zip(kinds).for_each(|(label, kind)| counts[*label][*kind] += 1);
    counts
}

/// Adjusted mutual information with the arithmetic mean of the entropies (Vinh, Epps and Bailey 2010), as scikit-learn
/// has it by default: 0 by chance, 1 where both say the same.
pub fn adjusted_information(labels: &[usize], kinds: &[usize]) -> f64 {
    let counts = counts(labels, kinds);
    let n = labels.len();
    let all = n as f64;
    let rows: Vec<usize> = counts.iter().map(|row| row.iter().sum()).collect();
    let columns: Vec<usize> =
        (0..counts[0].len()).map(|kind| counts.iter().map(|row| row[kind]).sum()).collect();
    // Logarithms of factorials.
    let mut logs = vec![0.0; n + 1];
    for count in 1..=n {
        logs[count] = logs[count - 1] + (count as f64).ln();
    }
    let term = |both: usize, a: usize, b: usize| match both {
        0 => 0.0,
        both => both as f64 / all * (all * both as f64 / (a as f64 * b as f64)).ln(),
    };
    let (mut information, mut expected) = (0.0, 0.0);
    for (row, a) in counts.iter().zip(&rows) {
        for (both, b) in row.iter().zip(&columns) {
            let (a, b) = (*a, *b);
            information += term(*both, a, b);
            let margins = logs[a] + logs[b] + logs[n - a] + logs[n - b] - logs[n];
            for both in (a + b).saturating_sub(n).max(1)..=a.min(b) {
                let cells = logs[both] + logs[a - both] + logs[b - both] + logs[n + both - a - b];
                expected += term(both, a, b) * (margins - cells).exp();
            }
        }
    }
    let entropy = |counts: &[usize]| -> f64 {
        let share = |count: &usize| *count as f64 / all;
        counts.iter().filter(|count| **count > 0).map(|count| -share(count) * share(count).ln()).sum()
    };
    (information - expected) / (0.5 * (entropy(&rows) + entropy(&columns)) - expected)
}

/// Items of the largest cluster.
pub fn largest(labels: &[usize]) -> usize {
    let mut counts = vec![0; labels.iter().max().map_or(0, |most| most + 1)];
    labels.iter().for_each(|label| counts[*label] += 1);
    counts.into_iter().max().unwrap_or(0)
}

/// The mean of `of` over pairs of one cluster, divided by that over all pairs; of many items a part of the pairs, spread
/// evenly.
pub fn within(labels: &[usize], of: &dyn Fn(usize, usize) -> f64) -> f64 {
    let stride = 1 + labels.len() / 400;
    let mut sums = [[0.0; 2]; 2];
    for one in 0..labels.len() {
        for other in (one % stride..one).step_by(stride) {
            let value = of(one, other);
            for (sum, counts) in sums.iter_mut().zip([true, labels[one] == labels[other]]) {
                if counts {
                    *sum = [sum[0] + value, sum[1] + 1.0];
                }
            }
        }
    }
    let [all, within] = sums.map(|[sum, count]| sum / count);
    within / all
}
