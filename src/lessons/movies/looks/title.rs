//! The text convolution step by step: what the trained weights make of any title.

use crate::error::LabError;
use crate::lessons::movies::lab::run::{MoviesRun, Trained};
use crate::lessons::movies::settings::{Activation, TitlePooling};
use crate::lessons::run::maybe::MaybeNan;
use crate::nn::layers::embedding::numbers;
use crate::nn::layers::parameters::floats;
use crate::nn::layers::text_conv::WINDOW;
use crate::nn::run::runner::{Weights, device_lost};
use burn::module::{Module, Param};
use burn::tensor::Transaction;
use serde::{Deserialize, Serialize};

/// Words of a title at most.
const MOST_WORDS: usize = 40;

/// Which title, and how it is read.
#[derive(Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct TitleOptions {
    /// Any title; a year in parentheses behind it is left out.
    title: String,
    form: Form,
    /// The filter that is looked at, from 0.
    filter: usize,
}

/// Which of the document's two descriptions is followed.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
enum Form {
    /// Its code: zeros beyond both ends, so that there is a window for each word, and the activation of the settings.
    Code,
    /// Its text: windows of words alone, `n − h + 1` of them, and a sigmoid.
    Text,
}

/// A title on its way through the layer.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TitleShown {
    words: Vec<WordShown>,
    /// Filters there are.
    filters: usize,
    /// The weights of the filter: a row for each place of the window.
    kernel: Vec<Vec<MaybeNan<f32>>>,
    bias: MaybeNan<f32>,
    /// The windows in their order.
    windows: Vec<WindowShown>,
    #[cfg_attr(test, ts(type = "'tanh' | 'linear' | 'sigmoid'"))]
    activation: &'static str,
    #[cfg_attr(test, ts(type = "'max' | 'sum'"))]
    pooling: &'static str,
    /// The window that is largest, the first of equal ones; none where the sum is taken or there is no window.
    largest: Option<usize>,
    /// What is kept of each filter; zeros where there is no window.
    pooled: Vec<MaybeNan<f32>>,
}

/// A word.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct WordShown {
    word: String,
    /// Its number; none for a word that no title has. Zeros stand in its place.
    number: Option<u32>,
    vector: Vec<MaybeNan<f32>>,
}

/// A window.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
struct WindowShown {
    /// The words in it, by their places; none for the zeros beyond an end.
    places: Vec<Option<usize>>,
    /// The products of the filter with it, and the bias.
    sum: MaybeNan<f32>,
    /// What the activation makes of it: the filter's feature map.
    value: MaybeNan<f32>,
}

/// A title, step by step.
///
/// # Errors
/// `bad_input` for a title of more than 40 words, a filter that is not there, and another model; `device_lost`.
pub async fn title(run: &MoviesRun, options: TitleOptions) -> Result<TitleShown, LabError> {
    let Trained::Fusion(trained) = &run.model else {
        return Err(LabError::bad_input("`title` of the fusion network"));
    };
    let words = run.ratings.films.words_in(&options.title);
    if words.len() > MOST_WORDS {
        return Err(LabError::bad_input(format!("a title of at most {MOST_WORDS} words")));
    }
    let network = trained.network(Weights::BestDev).valid();
    let layer = network.title();
    let known: Vec<u32> = words.iter().map(|(_, number)| number.unwrap_or(0)).collect();
    let table = layer.words();
    let filters = layer.filters();
    let bias = filters.bias.as_ref().map(Param::val);
    let width = table.width();
    let mut read = Transaction::default().register(filters.weight.val());
    if let Some(bias) = bias {
        read = read.register(bias);
    }
    if !known.is_empty() {
        read = read.register(table.forward(numbers(known, trained.device())));
    }
    let mut read = read.execute_async().await.map_err(device_lost)?.into_iter().map(floats);
    let mut next = || read.next().unwrap_or_default();
    let bank = Bank { weights: next(), biases: next(), width };
    let mut vectors = next();
    for ((_, number), vector) in words.iter().zip(vectors.chunks_exact_mut(width)) {
        if number.is_none() {
            vector.fill(0.0);
        }
    }
    let count = bank.biases.len();
    if options.filter >= count {
        return Err(LabError::bad_input(format!("`filter` is below {count}")));
    }
    let activation = match (options.form, run.settings.activation) {
        (Form::Text, _) => "sigmoid",
        (Form::Code, Activation::Tanh) => "tanh",
        (Form::Code, Activation::Linear) => "linear",
    };
    let is_max = run.settings.pooling == TitlePooling::Max;
    let windows = windows(words.len(), options.form);
    let map = |filter: usize| -> Vec<[f32; 2]> {
        let value = |places: &Vec<Option<usize>>| {
            let sum = bank.sum(filter, places, &vectors);
            [sum, activated(activation, sum)]
        };
        windows.iter().map(value).collect()
    };
    let pooled = |map: &[[f32; 2]]| {
        let values = map.iter().map(|[_, value]| *value);
        let kept = if is_max { values.reduce(f32::max) } else { values.reduce(|sum, value| sum + value) };
        MaybeNan(kept.unwrap_or(0.0))
    };
    let shown = map(options.filter);
    let largest =
        (0..shown.len()).rev().reduce(|best, at| if shown[at][1] >= shown[best][1] { at } else { best });
    let maybe = |values: &[f32]| values.iter().copied().map(MaybeNan).collect::<Vec<_>>();
    Ok(TitleShown {
        filters: count,
        kernel: (0..WINDOW).map(|place| bank.row(options.filter, place).map(MaybeNan).collect()).collect(),
        bias: MaybeNan(bank.biases[options.filter]),
        pooled: (0..count).map(|filter| pooled(&map(filter))).collect(),
        words: words
            .into_iter()
            .zip(vectors.chunks_exact(width))
            .map(|((word, number), vector)| WordShown { word, number, vector: maybe(vector) })
            .collect(),
        windows: windows
            .into_iter()
            .zip(&shown)
            .map(|(places, [sum, value])| WindowShown {
                places,
                sum: MaybeNan(*sum),
                value: MaybeNan(*value),
            })
            .collect(),
        activation,
        pooling: if is_max { "max" } else { "sum" },
        largest: largest.filter(|_| is_max),
    })
}

/// The words in each window.
fn windows(words: usize, form: Form) -> Vec<Vec<Option<usize>>> {
    match form {
        // The word before, the word and the one after it.
        Form::Code => (0..words)
            .map(|place| {
                vec![place.checked_sub(1), Some(place), Some(place + 1).filter(|next| *next < words)]
            })
            .collect(),
        Form::Text => (WINDOW..=words).map(|end| (end - WINDOW..end).map(Some).collect()).collect(),
    }
}

fn activated(activation: &str, sum: f32) -> f32 {
    match activation {
        "sigmoid" => 1.0 / (1.0 + (-sum).exp()),
        "tanh" => sum.tanh(),
        _ => sum,
    }
}

/// The filters: `weights` is `[window · width, filters]`.
struct Bank {
    weights: Vec<f32>,
    biases: Vec<f32>,
    width: usize,
}

impl Bank {
    /// The weights of a filter for one place of the window.
    fn row(&self, filter: usize, place: usize) -> impl Iterator<Item = f32> {
        let filters = self.biases.len();
        let at = move |column: usize| self.weights[(place * self.width + column) * filters + filter];
        (0..self.width).map(at)
    }

    fn sum(&self, filter: usize, places: &[Option<usize>], vectors: &[f32]) -> f32 {
        let mut sum = self.biases[filter];
        for (place, word) in places.iter().enumerate() {
            let Some(word) = word else { continue };
            let vector = &vectors[word * self.width..(word + 1) * self.width];
            sum += self.row(filter, place).zip(vector).map(|(weight, value)| weight * value).sum::<f32>();
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::movies::looks::test_support::{made, train};
    use crate::nn::layers::text_conv::Texts;
    use pollster::block_on;

    fn shown(run: &MoviesRun, title_text: &str, form: Form, filter: usize) -> TitleShown {
        block_on(title(run, TitleOptions { title: title_text.into(), form, filter })).unwrap()
    }

    /// What the network itself makes of the words.
    fn by_network(run: &MoviesRun, words: &[u32]) -> Vec<f32> {
        let Trained::Fusion(trained) = &run.model else { panic!("a fusion network") };
        let network = trained.network(Weights::BestDev).valid();
        floats(network.title().forward(Texts::new(&[words], trained.device())).into_data())
    }

    fn close(one: &[MaybeNan<f32>], other: &[f32]) {
        assert_eq!(one.len(), other.len());
        assert!(one.iter().zip(other).all(|(one, other)| (one.0 - other).abs() < 1e-5), "{one:?} {other:?}");
    }

    #[test]
    fn as_in_the_code_it_is_what_the_network_makes_of_the_title() {
        for (pooling, activation) in [("max", "tanh"), ("sum", "linear")] {
            let mut run = made(&[("pooling", pooling.into()), ("activation", activation.into())]);
            train(&mut run);
            let films = run.ratings.films.clone();
            for film in [0, 7, 31] {
                let words = films.title_words.row(film);
                let title = films.titles[film].to_uppercase();
                let all = shown(&run, &title, Form::Code, 3);
                close(&all.pooled, &by_network(&run, words));
                assert_eq!(all.windows.len(), words.len());
                assert!(all.words.iter().map(|word| word.number).eq(words.iter().copied().map(Some)));
                assert_eq!((all.activation, all.pooling), (activation, pooling));
                if pooling == "max" {
                    let at = all.largest.unwrap();
                    assert_eq!(all.windows[at].value, all.pooled[3]);
                }
            }
            assert!(shown(&run, "", Form::Code, 0).pooled.iter().all(|value| value.0 == 0.0));
        }
    }

    #[test]
    fn as_in_the_text_windows_hold_words_alone_and_end_in_a_sigmoid() {
        let run = made(&[]);
        let films = &run.ratings.films;
        let title = format!("{0} {1} {0} {1}", films.words[0], films.words[1]);
        let text = shown(&run, &title, Form::Text, 2);
        assert_eq!(text.windows.len(), 4 - WINDOW + 1);
        assert_eq!(text.windows[1].places, [Some(1), Some(2), Some(3)]);
        assert!(text.windows.iter().all(|window| (0.0..1.0).contains(&window.value.0)));
        // The window around the second word is the same in both forms; only the activation differs.
        let code = shown(&run, &title, Form::Code, 2);
        assert_eq!(code.windows[1].sum, text.windows[0].sum);
        assert_eq!(code.windows[0].places, [None, Some(0), Some(1)]);
        assert!(shown(&run, &films.words[0], Form::Text, 0).windows.is_empty(), "shorter than the window");
    }

    #[test]
    fn a_word_that_no_title_has_stands_as_zeros() {
        let run = made(&[]);
        let known = &run.ratings.films.words[0];
        let shown = shown(&run, &format!("{known} zyzzyva"), Form::Code, 0);
        assert_eq!(shown.words[1].number, None);
        assert!(shown.words[1].vector.iter().all(|value| value.0 == 0.0));
        // As if nothing stood there, beyond the end.
        let alone = block_on(title(&run, TitleOptions { title: known.clone(), form: Form::Code, filter: 0 }))
            .unwrap();
        assert_eq!(shown.windows[0].sum, alone.windows[0].sum);
    }

    #[test]
    fn what_cannot_be_shown_is_refused() {
        let refuses = |run: &MoviesRun, title_text: &str, filter| {
            let options = TitleOptions { title: title_text.into(), form: Form::Code, filter };
            assert_eq!(block_on(title(run, options)).err().unwrap().code, "bad_input");
        };
        let run = made(&[]);
        refuses(&run, &"word ".repeat(41), 0);
        refuses(&run, "word", 8);
        refuses(&made(&[("model", "mean".into())]), "word", 0);
    }
}
