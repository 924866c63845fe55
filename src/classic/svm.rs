//! Support vector machines for classification: C-SVC with a linear or an RBF kernel, one machine for each pair of
//! classes.
//!
//! The solver is `libsvm-rs`, a port of LIBSVM (Chang and Lin, 2011), which is also what scikit-learn's `SVC` uses;
//! kernel values are kept in single precision there and here. Probabilities are not offered: LIBSVM fits them in a
//! second, random procedure.

use super::rows::{LabelledRows, Rows};
use libsvm_rs::cache::Qfloat;
use libsvm_rs::qmatrix::{QMatrix, SvcQ};
use libsvm_rs::solver::{Solver, SolverVariant};
use libsvm_rs::{KernelType, SvmNode, SvmParameter};
use std::cell::Cell;

/// How far the optimality conditions may be missed, in units of the decision value: each pair is solved to one after
/// the other, which is faster than to the last at once, until [`WORK`] is spent. LIBSVM's own default is 1e-3.
const TOLERANCES: [f64; 7] = [1.0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

/// Kernel values the solver may ask for before the tolerance is no longer tightened: about a second a pair. It is
/// reached by thousands of overlapping rows with a large `C`, where the last digits cost minutes.
const WORK: u64 = 500_000_000;

/// Memory the solver may keep kernel values in: all of them up to 4,000 rows a pair, the latest ones beyond.
const CACHE_MEGABYTES: f64 = 64.0;

/// How alike two rows are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kernel {
    /// `x · y`.
    Linear,
    /// `exp(-γ ‖x - y‖²)`, the radial basis function.
    Rbf {
        /// `γ`: the larger, the shorter the reach of each support vector.
        gamma: f64,
    },
}

impl Kernel {
    /// The kernel's value for two rows of the same length.
    pub fn value(self, left: &[f64], right: &[f64]) -> f64 {
        let pairs = left.iter().zip(right);
        match self {
            Self::Linear => pairs.map(|(a, b)| a * b).sum(),
            Self::Rbf { gamma } => (-gamma * pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f64>()).exp(),
        }
    }
}

/// `1 / (features · variance of all values)`, scikit-learn's `gamma="scale"`; 1 if the values are all the same.
pub fn gamma_scale(rows: &Rows) -> f64 {
    let count = rows.values().len() as f64;
    let mean = rows.values().iter().sum::<f64>() / count;
    let variance = rows.values().iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count;
    if variance > 0.0 { 1.0 / (rows.columns() as f64 * variance) } else { 1.0 }
}

/// Machines that one-versus-one needs for `classes` classes: one for each pair, `k (k - 1) / 2`.
pub fn one_versus_one_machines(classes: usize) -> usize {
    classes * classes.saturating_sub(1) / 2
}

/// Machines that one-versus-rest needs for `classes` classes: one for each, `k`.
pub fn one_versus_rest_machines(classes: usize) -> usize {
    classes
}

/// What a support vector machine is fitted with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SvmConfig {
    /// `C`, the price of a row on the wrong side of its margin.
    pub c: f64,
    /// The kernel.
    pub kernel: Kernel,
}

/// The machine that tells two classes apart.
#[derive(Debug, Clone, PartialEq)]
pub struct PairMachine {
    /// The two classes, the smaller index first. A decision value above 0 speaks for the first.
    pub classes: (usize, usize),
    /// The support vectors, as rows of the training table, in their order.
    pub support: Vec<usize>,
    /// `y α` of each support vector, between `-C` and `C`; above 0 for rows of the first class.
    pub coefficients: Vec<f64>,
    /// What is added to the sum over the support vectors.
    pub intercept: f64,
    /// The normal `w` of the separating plane; only a linear kernel has one in the space of the features.
    pub normal: Option<Vec<f64>>,
}

impl PairMachine {
    /// `2 / ‖w‖`, the distance between the two margins in the units of the rows. None without a plane.
    pub fn margin_width(&self) -> Option<f64> {
        let normal = self.normal.as_ref()?;
        let length = normal.iter().map(|weight| weight * weight).sum::<f64>().sqrt();
        (length > 0.0).then(|| 2.0 / length)
    }
}

/// Support vector machines for any number of classes, one for each pair that is fitted so far.
#[derive(Debug, Clone, PartialEq)]
pub struct SupportVectorMachine {
    /// The machines, ordered by their classes: (0, 1), (0, 2), …, (1, 2), ….
    pub pairs: Vec<PairMachine>,
    kernel: Kernel,
    classes: usize,
    rows: Rows,
}

impl SupportVectorMachine {
    /// How alike two rows are.
    pub fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// The decision value of each machine. As in scikit-learn's `decision_function` with
    /// `decision_function_shape="ovo"` a value above 0 speaks for the first class of the pair; for two classes alone
    /// scikit-learn turns the sign.
    ///
    /// # Panics
    /// If `row` has another number of features than the training rows.
    pub fn decisions(&self, row: &[f64]) -> Vec<f64> {
        assert_eq!(row.len(), self.rows.columns(), "one value for each feature");
        self.pairs.iter().map(|pair| self.decision(pair, row)).collect()
    }

    fn decision(&self, pair: &PairMachine, row: &[f64]) -> f64 {
        let sum = match &pair.normal {
            Some(normal) => Kernel::Linear.value(normal, row),
            None => {
                let weighted = pair.support.iter().zip(&pair.coefficients);
                weighted.map(|(&at, weight)| weight * self.kernel.value(self.rows.row(at), row)).sum()
            }
        };
        sum + pair.intercept
    }

    /// How many machines speak for each class.
    ///
    /// # Panics
    /// As [`decisions`](Self::decisions).
    pub fn votes(&self, row: &[f64]) -> Vec<usize> {
        let mut votes = vec![0; self.classes];
        for (pair, decision) in self.pairs.iter().zip(self.decisions(row)) {
            let (first, second) = pair.classes;
            votes[if decision > 0.0 { first } else { second }] += 1;
        }
        votes
    }

    /// The class with the most votes; of equal ones the first, as LIBSVM decides.
    ///
    /// # Panics
    /// As [`decisions`](Self::decisions).
    pub fn predict(&self, row: &[f64]) -> usize {
        let votes = self.votes(row);
        (1..votes.len()).fold(0, |best, class| if votes[class] > votes[best] { class } else { best })
    }

    /// The rows that are a support vector of any machine, in order.
    pub fn support(&self) -> Vec<usize> {
        let mut rows: Vec<usize> = self.pairs.iter().flat_map(|pair| pair.support.iter().copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// A fit of [`SupportVectorMachine`], pair by pair.
pub struct SupportVectorFit {
    config: SvmConfig,
    labels: Vec<u32>,
    machine: SupportVectorMachine,
}

impl SupportVectorFit {
    /// A fit of which no pair is done yet.
    ///
    /// # Panics
    /// If `C` or `γ` is not a number above 0 (settings are checked before they come here).
    pub fn new(examples: &LabelledRows, config: SvmConfig) -> Self {
        let positive = |value: f64| value > 0.0 && value.is_finite();
        assert!(positive(config.c), "C is a number above 0");
        assert!(
            !matches!(config.kernel, Kernel::Rbf { gamma } if !positive(gamma)),
            "gamma is a number above 0"
        );
        libsvm_rs::set_quiet(true);
        let machine = SupportVectorMachine {
            pairs: Vec::new(),
            kernel: config.kernel,
            classes: examples.classes(),
            rows: examples.rows().clone(),
        };
        Self { config, labels: examples.labels().to_vec(), machine }
    }

    /// Fits the next pair of classes, if one is left. Returns whether all are done.
    ///
    /// A step cannot be interrupted. It takes milliseconds for rows that can be told apart and seconds for 5,000 rows
    /// that overlap; with a `C` of some hundreds and more those take tens of seconds to minutes.
    pub fn step(&mut self) -> bool {
        if let Some(classes) = self.next_pair() {
            let machine = self.fit_pair(classes);
            self.machine.pairs.push(machine);
        }
        self.next_pair().is_none()
    }

    /// Pairs of classes fitted, and all there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.machine.pairs.len(), one_versus_one_machines(self.machine.classes))
    }

    /// The machines fitted so far.
    pub fn machine(&self) -> &SupportVectorMachine {
        &self.machine
    }

    fn next_pair(&self) -> Option<(usize, usize)> {
        let classes = self.machine.classes;
        let after = match self.machine.pairs.last() {
            None => (0, 1),
            Some(pair) if pair.classes.1 + 1 < classes => (pair.classes.0, pair.classes.1 + 1),
            Some(pair) => (pair.classes.0 + 1, pair.classes.0 + 2),
        };
        (after.1 < classes).then_some(after)
    }

    fn fit_pair(&self, classes: (usize, usize)) -> PairMachine {
        let members = |class: usize| {
            let labels = self.labels.iter().enumerate();
            labels.filter(move |(_, label)| **label as usize == class).map(|(row, _)| row)
        };
        let mut rows: Vec<usize> = members(classes.0).collect();
        let first = rows.len();
        rows.extend(members(classes.1));
        let second = rows.len() - first;
        let (alphas, intercept) = if first > 0 && second > 0 {
            self.solve(&rows, first)
        } else {
            // Nothing to tell apart: the class that has rows wins.
            (vec![0.0; rows.len()], if first > 0 { 1.0 } else { -1.0 })
        };
        let mut weighted: Vec<(usize, f64)> =
            rows.into_iter().zip(alphas).filter(|(_, coefficient)| *coefficient != 0.0).collect();
        weighted.sort_unstable_by_key(|(row, _)| *row);
        let normal = matches!(self.config.kernel, Kernel::Linear).then(|| self.normal(&weighted));
        let (support, coefficients) = weighted.into_iter().unzip();
        PairMachine { classes, support, coefficients, intercept, normal }
    }

    /// `y α` of these rows, of which the `first` ones are those of the first class, and the intercept.
    fn solve(&self, rows: &[usize], first: usize) -> (Vec<f64>, f64) {
        let nodes: Vec<Vec<SvmNode>> = rows.iter().map(|&row| nodes(self.machine.rows.row(row))).collect();
        let signs: Vec<i8> = (0..rows.len()).map(|place| if place < first { 1 } else { -1 }).collect();
        let (kernel_type, gamma) = match self.config.kernel {
            Kernel::Linear => (KernelType::Linear, 1.0),
            Kernel::Rbf { gamma } => (KernelType::Rbf, gamma),
        };
        let parameter =
            SvmParameter { kernel_type, gamma, cache_size: CACHE_MEGABYTES, ..SvmParameter::default() };
        let (mut alphas, mut rho) = (vec![0.0; rows.len()], 0.0);
        let work = Cell::new(0);
        for tolerance in TOLERANCES {
            let matrix = CountedMatrix { matrix: SvcQ::new(&nodes, &parameter, &signs), work: &work };
            let solution = Solver::solve(
                SolverVariant::Standard,
                rows.len(),
                Box::new(matrix),
                &vec![-1.0; rows.len()],
                &signs,
                &mut alphas,
                self.config.c,
                self.config.c,
                tolerance,
                true,
            );
            rho = solution.rho;
            if work.get() > WORK {
                break;
            }
        }
        for (alpha, sign) in alphas.iter_mut().zip(&signs) {
            *alpha *= f64::from(*sign);
        }
        (alphas, -rho)
    }

    fn normal(&self, weighted: &[(usize, f64)]) -> Vec<f64> {
        let mut normal = vec![0.0; self.machine.rows.columns()];
        for (row, coefficient) in weighted {
            for (sum, value) in normal.iter_mut().zip(self.machine.rows.row(*row)) {
                *sum += coefficient * value;
            }
        }
        normal
    }
}

/// The solver's matrix, with a count of the values it was asked for.
struct CountedMatrix<'a> {
    matrix: SvcQ<'a>,
    work: &'a Cell<u64>,
}

impl QMatrix for CountedMatrix<'_> {
    fn get_q(&mut self, row: usize, length: usize) -> &[Qfloat] {
        self.work.set(self.work.get() + length as u64);
        self.matrix.get_q(row, length)
    }

    fn get_qd(&self) -> &[f64] {
        self.matrix.get_qd()
    }

    fn swap_index(&mut self, first: usize, second: usize) {
        self.matrix.swap_index(first, second);
    }
}

/// A row as LIBSVM writes it: features counted from 1, zeros left out.
fn nodes(row: &[f64]) -> Vec<SvmNode> {
    let features = (1..).zip(row.iter().copied());
    features.filter(|(_, value)| *value != 0.0).map(|(index, value)| SvmNode { index, value }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::rows::LARGEST_VALUE;
    use super::*;

    fn examples(rows: &[&[f64]], labels: &[u32], classes: usize) -> LabelledRows {
        let values = rows.iter().flat_map(|row| row.iter().copied()).collect();
        LabelledRows::new(Rows::new(values, rows[0].len()).unwrap(), labels.to_vec(), classes).unwrap()
    }

    fn fitted(examples: &LabelledRows, c: f64, kernel: Kernel) -> SupportVectorMachine {
        let mut fit = SupportVectorFit::new(examples, SvmConfig { c, kernel });
        while !fit.step() {}
        fit.machine().clone()
    }

    #[test]
    fn two_pairs_of_points_have_the_margin_between_them() {
        // The nearest points of the classes are (1, 0) and (3, 0): the plane stands at x = 2.
        let rows: [&[f64]; 4] = [&[1.0, 0.0], &[0.0, 1.0], &[3.0, 0.0], &[4.0, -1.0]];
        let machine = fitted(&examples(&rows, &[0, 0, 1, 1], 2), 1000.0, Kernel::Linear);
        let pair = &machine.pairs[0];
        assert!((pair.margin_width().unwrap() - 2.0).abs() < 1e-4);
        assert!((pair.intercept - 2.0).abs() < 1e-4);
        assert!(machine.decisions(&[2.0, 5.0])[0].abs() < 1e-4);
        assert!((machine.decisions(&[1.0, 0.0])[0] - 1.0).abs() < 1e-4, "above 0 for the first class");
        assert!(machine.support().starts_with(&[0]) && machine.support().contains(&2));
        assert!(pair.coefficients.iter().sum::<f64>().abs() < 1e-12);
        for (row, label) in rows.iter().zip([0, 0, 1, 1]) {
            assert_eq!(machine.predict(row), label);
        }
    }

    #[test]
    fn each_step_fits_one_pair_and_all_pairs_are_fitted_in_order() {
        let rows: [&[f64]; 4] = [&[0.0], &[1.0], &[2.0], &[3.0]];
        let mut fit = SupportVectorFit::new(
            &examples(&rows, &[0, 1, 2, 3], 4),
            SvmConfig { c: 1.0, kernel: Kernel::Linear },
        );
        let mut steps = 1;
        while !fit.step() {
            assert_eq!(fit.progress(), (steps, 6));
            steps += 1;
        }
        assert_eq!(steps, one_versus_one_machines(4));
        let pairs: Vec<_> = fit.machine().pairs.iter().map(|pair| pair.classes).collect();
        assert_eq!(pairs, [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)]);
        assert!(fit.step(), "a fit that has ended stays ended");
        assert_eq!(fit.machine().pairs.len(), 6);
    }

    #[test]
    fn equal_votes_go_to_the_first_class() {
        let pair = |classes, intercept| PairMachine {
            classes,
            support: vec![],
            coefficients: vec![],
            intercept,
            normal: Some(vec![0.0]),
        };
        let machine = SupportVectorMachine {
            pairs: vec![pair((0, 1), -1.0), pair((0, 2), 1.0), pair((1, 2), -1.0)],
            kernel: Kernel::Linear,
            classes: 3,
            rows: Rows::new(vec![0.0], 1).unwrap(),
        };
        assert_eq!(machine.votes(&[0.0]), [1, 1, 1]);
        assert_eq!(machine.predict(&[0.0]), 0);
        assert_eq!(machine.pairs[0].margin_width(), None);
    }

    #[test]
    fn degenerate_rows_give_numbers_for_every_strength() {
        let tables = [
            examples(&[&[1.0, 7.0], &[2.0, 7.0], &[3.0, 7.0]], &[0, 1, 2], 3),
            examples(&[&[7.0], &[7.0], &[7.0]], &[0, 1, 0], 2),
            examples(&[&[1.0], &[2.0], &[3.0]], &[0, 0, 0], 1),
            examples(&[&[1.0], &[2.0], &[3.0]], &[0, 2, 0], 3),
            examples(&[&[0.0], &[0.0]], &[2, 2], 3),
            examples(&[&[LARGEST_VALUE], &[-LARGEST_VALUE], &[0.0]], &[0, 1, 1], 2),
        ];
        for (index, table) in tables.iter().enumerate() {
            for c in [1e-4, 1.0, 1e5] {
                for kernel in [Kernel::Linear, Kernel::Rbf { gamma: 0.5 }, Kernel::Rbf { gamma: 1e5 }] {
                    let machine = fitted(table, c, kernel);
                    assert_eq!(machine.pairs.len(), one_versus_one_machines(table.classes()));
                    for row in table.rows().iter() {
                        let decisions = machine.decisions(row);
                        assert!(
                            decisions.iter().all(|value| value.is_finite()),
                            "table {index}, C = {c}, {kernel:?}"
                        );
                        let class = machine.predict(row) as u32;
                        assert!(table.labels().contains(&class), "a class without rows is never predicted");
                    }
                }
            }
        }
    }

    #[test]
    fn gamma_scale_counts_the_variance_of_all_values() {
        // The values 0, 2, 4, 6 have the variance 5.
        assert!((gamma_scale(&Rows::new(vec![0.0, 2.0, 4.0, 6.0], 2).unwrap()) - 0.1).abs() < 1e-15);
        assert_eq!(gamma_scale(&Rows::new(vec![3.0, 3.0], 1).unwrap()), 1.0);
    }

    #[test]
    fn machines_are_counted_as_classes_grow() {
        let counts = |classes| (one_versus_one_machines(classes), one_versus_rest_machines(classes));
        assert_eq!([1, 2, 3, 10].map(counts), [(0, 1), (1, 2), (3, 3), (45, 10)]);
    }
}
