//! What titles and tags say, as vectors: hashed n-grams, weighted by how rare they are.
//!
//! Of a title count words and pairs of words, and of scripts without blanks (Chinese characters, kana) characters and
//! pairs of characters; a tag counts as a whole. Each falls into one of the columns by its hash, half of them with a minus
//! (Weinberger et al. 2009), so that what shares a column by chance cancels out on average. Nothing has to be learned
//! or stored, which is why it stands in for a language model here.

use super::items::{Item, Items};
use super::vectors::Vectors;
use crate::data::order::ascending;
use crate::data::ratings::title::lower_case;
use std::collections::HashMap;

/// Columns, where nothing else is said.
pub const WIDTH: usize = 256;

/// A row of length 1 for each item: for each n-gram that stands `n` times in its words, `n (1 + ln((1 + items) / (1 + items
/// with it)))` in its column. An item without words has zeros: whoever uses the rows has to say so. Tags count where
/// `with_tags`.
///
/// # Panics
/// If there are no columns.
pub fn vectors(items: &Items, columns: usize, with_tags: bool) -> Vectors {
    let counted: Vec<HashMap<u64, f64>> = items.list.iter().map(|item| counts(item, with_tags)).collect();
    let mut items_with: HashMap<u64, f64> = HashMap::new();
    for gram in counted.iter().flat_map(HashMap::keys) {
        *items_with.entry(*gram).or_default() += 1.0;
    }
    let mut values = Vec::with_capacity(items.len() * columns);
    let mut row = vec![0.0; columns];
    for counts in &counted {
        row.fill(0.0);
        // In order, for a sum of numbers depends on it and the order of a map does not repeat.
        let grams: Vec<u64> = counts.keys().copied().collect();
        for at in ascending(grams.len(), &|at| grams[at]) {
            let gram = grams[at as usize];
            let count = counts[&gram];
            let rarity = 1.0 + ((1.0 + items.len() as f64) / (1.0 + items_with[&gram])).ln();
            let (column, sign) = place(gram, columns);
            row[column] += sign * count * rarity;
        }
        values.extend(row.iter().map(|value| *value as f32));
    }
    let mut vectors = Vectors::new(columns, values);
    vectors.to_unit_length();
    vectors
}

/// How often each n-gram stands in an item's words, by its hash.
fn counts(item: &Item, with_tags: bool) -> HashMap<u64, f64> {
    let mut counts = HashMap::new();
    let mut count = |gram: &str| *counts.entry(hash(gram)).or_default() += 1.0;
    item.titles().for_each(|title| each_gram(title, &mut count));
    if with_tags {
        item.tags().for_each(|tag| count(&tag.chars().map(lower_case).collect::<String>()));
    }
    counts
}

/// Hands over the n-grams of a title.
fn each_gram(title: &str, each: &mut dyn FnMut(&str)) {
    let mut before: Option<String> = None;
    for word in words(title) {
        let is_spaced = !word.chars().all(is_ideograph);
        each(&word);
        if let Some(before) = before.filter(|before| before.chars().all(is_ideograph) != is_spaced) {
            each(&[before.as_str(), &word].join(if is_spaced { " " } else { "" }));
        }
        before = Some(word);
    }
}

/// The words of a text in lower case, without signs between them; a character of a script without blanks is one of its own.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for sign in text.chars().map(lower_case) {
        let last = words.len() - 1;
        match sign {
            sign if is_ideograph(sign) => words.extend([sign.to_string(), String::new()]),
            sign if is_between(sign) => words.push(String::new()),
            sign => words[last].push(sign),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a character belongs to a script without blanks between words.
fn is_ideograph(sign: char) -> bool {
    matches!(sign, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a sign separates words: blanks and punctuation of Latin and Chinese texts.
fn is_between(sign: char) -> bool {
    sign.is_whitespace()
        || (sign.is_ascii() && !sign.is_ascii_alphanumeric())
        || matches!(sign, '\u{a1}'..='\u{bf}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}')
}

/// FNV-1a of 64 bits: the same in every browser and with every compiler.
fn fnv(gram: &str) -> u64 {
    let byte = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    gram.bytes().fold(0xcbf2_9ce4_8422_2325, byte)
}

/// The hash of an n-gram. The upper bits of FNV-1a hardly differ between short texts; the last steps of MurmurHash3 spread
/// them over all 64.
fn hash(gram: &str) -> u64 {
    let folded = |hash: u64| hash ^ hash >> 33;
    let once = folded(fnv(gram)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    folded(folded(once).wrapping_mul(0xc4ce_b9fe_1a85_ec53))
}

/// The column and sign of an n-gram.
fn place(gram: u64, columns: usize) -> (usize, f64) {
    let sign = if gram >> 63 == 0 { 1.0 } else { -1.0 };
    // Through u32, so that wasm32 and 64-bit machines find the same column.
    (gram as u32 as usize % columns, sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::sequences::behaviour::shared_words;
    use crate::data::sequences::emoji::shipped;
    use crate::data::sequences::items::Words;

    fn grams(title: &str) -> Vec<String> {
        let mut grams = Vec::new();
        each_gram(title, &mut |gram| grams.push(gram.to_string()));
        grams
    }

    fn item(title: &str, tags: &[&str]) -> Item {
        let tags = tags.iter().map(ToString::to_string).collect();
        Item { id: "1".into(), words: Words { title: title.into(), tags }, ..Item::default() }
    }

    fn of(items: &[Item]) -> Vectors {
        vectors(&Items { list: items.to_vec(), ..Items::default() }, WIDTH, true)
    }

    fn product(vectors: &Vectors, one: usize, other: usize) -> f64 {
        vectors.row(one).iter().zip(vectors.row(other)).map(|(a, b)| f64::from(a * b)).sum()
    }

    #[test]
    fn words_and_characters_count_alone_and_in_pairs() {
        assert_eq!(grams("Red  apple-pie!"), ["red", "apple", "red apple", "pie", "apple pie"]);
        assert_eq!(grams("红苹果"), ["红", "苹", "红苹", "果", "苹果"]);
        assert_eq!(grams("红T恤，大"), ["红", "t", "恤", "大", "恤大"]);
        assert_eq!(grams("É 5"), ["é", "5", "é 5"]);
        assert_eq!(grams(" …、！ "), [""; 0]);
    }

    #[test]
    fn rows_have_length_one_and_without_words_zeros() {
        let vectors = of(&[item("cat", &[]), item("cat", &["pet"]), item("", &[]), item("", &["Pet"])]);
        assert_eq!((vectors.len(), vectors.columns(), vectors.zeros()), (4, WIDTH, 1));
        assert!(vectors.is_zero(2));
        for row in [0, 1, 3] {
            assert!((product(&vectors, row, row) - 1.0).abs() < 1e-6);
        }
        // Of two equally rare words one is shared.
        assert!((product(&vectors, 0, 1) - 0.5f64.sqrt()).abs() < 1e-6);
        assert!((product(&vectors, 1, 3) - 0.5f64.sqrt()).abs() < 1e-6);
        assert!(product(&vectors, 0, 3).abs() < 1e-6);
        let without_tags = vectors_without_tags(&[item("", &["pet"])]);
        assert!(without_tags.is_zero(0));
    }

    fn vectors_without_tags(items: &[Item]) -> Vectors {
        vectors(&Items { list: items.to_vec(), ..Items::default() }, 8, false)
    }

    #[test]
    fn what_is_rare_weighs_more() {
        let vectors = of(&[item("red cat", &[]), item("red", &[]), item("red", &[]), item("cat", &[])]);
        assert!(product(&vectors, 0, 3) > product(&vectors, 0, 1));
    }

    #[test]
    fn hashes_are_those_of_the_published_function_and_spread_evenly() {
        // http://www.isthe.com/chongo/tech/comp/fnv: FNV-1a of "foobar" is 0x85944171f73967e8.
        assert_eq!(fnv("foobar"), 0x8594_4171_f739_67e8);
        let places: Vec<(usize, f64)> = (0..4_096).map(|n| place(hash(&format!("w{n}")), 64)).collect();
        let minus = places.iter().filter(|(_, sign)| *sign < 0.0).count();
        assert!((1_800..2_300).contains(&minus), "{minus}");
        for column in 0..64 {
            let here = places.iter().filter(|(place, _)| *place == column).count();
            assert!((32..110).contains(&here), "{column}: {here}");
        }
    }

    #[test]
    fn emoji_that_share_words_are_alike() {
        let items = shipped();
        let vectors = vectors(&items, WIDTH, true);
        assert_eq!(vectors.zeros(), 0);
        let shared = shared_words(&items);
        let mean = |n: u8| {
            let pairs = (0..shared.len()).filter(|at| shared[*at] == n && at / 360 < at % 360);
            let products: Vec<f64> = pairs.map(|at| product(&vectors, at / 360, at % 360)).collect();
            products.iter().sum::<f64>() / products.len() as f64
        };
        let means = [0, 1, 2, 3, 4].map(mean);
        assert!(means.windows(2).all(|pair| pair[0] + 0.03 < pair[1]), "{means:?}");
        // What shares a column by chance cancels out.
        assert!(means[0].abs() < 0.01 && means[4] > 0.2, "{means:?}");
        assert_eq!(vectors, super::vectors(&items, WIDTH, true));
    }
}
