//! The reader's own sequences: a folder of files as the page hands it over, and files that are damaged.

use emberbook::data::pictures::Picture;
use emberbook::data::ratings::own::NamedFile;
use emberbook::data::sequences::Modality;
use emberbook::data::sequences::own::{SequencesSummary, modality_of};
use emberbook::error::LabError;
use emberbook::lessons::{Accepted, Accepts, Files, Material, Own};
use serde_json::Value;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Files by their paths.
type Folder = Vec<(&'static str, Vec<u8>)>;

/// Ten users who take eight of nine items, a list of the items, a picture for each even one and one of none, vectors.
fn folder() -> Folder {
    let taken = (0..80).map(|row| format!("u{},b{},2024-01-{:02}\n", row % 10, row * 7 % 8, 1 + row / 10));
    let items = (0..9).map(|item| format!("b{item},Thing {item},{}\n", ["old;red", "", "new"][item % 3]));
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (9, 3), }\n";
    let values = (0..27).flat_map(|value| (value as f32 / 27.0).to_le_bytes());
    let npy = [&b"\x93NUMPY\x01\x00"[..], &(header.len() as u16).to_le_bytes(), header.as_bytes()].concat();
    let mut folder: Folder = vec![
        ("shop/README.txt", b"How these were made.".to_vec()),
        ("shop/taken.csv", ("user,item,time\n".to_string() + &taken.collect::<String>()).into_bytes()),
        ("shop/items.csv", ("id,title,tags\n".to_string() + &items.collect::<String>()).into_bytes()),
        ("shop/text.npy", npy.into_iter().chain(values).collect()),
    ];
    let pictures = ["b0.png", "b2.PNG", "b4.jpg", "b6.jpeg", "b8.webp", "holiday.png"];
    folder.extend(pictures.map(|name| (name, vec![0; 4])));
    folder
}

/// Reads a folder in the steps of the page; each picture is one pixel of its own colour.
fn read(folder: &Folder) -> Result<Own, LabError> {
    let sizes: Vec<(&str, usize)> = folder.iter().map(|(path, bytes)| (*path, bytes.len())).collect();
    let picked = Accepts::Sequences.pick_sequences("shop", &sizes)?;
    let file = |place: &usize| NamedFile { name: folder[*place].0, bytes: &folder[*place].1 };
    let tables: Vec<NamedFile> = picked.tables.iter().map(file).collect();
    let mut reading = Accepts::Sequences.begin_sequences("shop", &tables)?;
    for file in picked.vectors.iter().map(file) {
        reading.vectors(modality_of(file.name)?, file)?;
    }
    let paths: Vec<String> = picked.pictures.iter().map(|place| folder[*place].0.to_string()).collect();
    for place in reading.pick_pictures(&paths)? {
        let pixels = vec![place as u8, 0, 0, 255];
        reading.picture(&paths[place], &Picture::from_rgba(1, 1, pixels).unwrap());
    }
    Ok(Own::Sequences(Rc::new(reading.finish()?)))
}

#[test]
fn a_folder_of_tables_pictures_and_vectors_is_read_whole() {
    let own = read(&folder()).unwrap();
    assert_eq!(own.size(), 80);
    let material = Material { own: Some(own), files: Files::default() };
    assert!(material.table().is_none() && material.ratings().is_none() && material.pictures().is_none());
    let own = material.sequences().unwrap();
    let summary = SequencesSummary {
        file: "shop".into(),
        users: 10,
        items: 9,
        taken: 80,
        short: 0,
        titles: 9,
        pictures: 5,
        pictures_of_none: 1,
        image_columns: 0,
        text_columns: 3,
    };
    assert_eq!(own.summary, summary);
    let items = &own.sequences.items;
    let pictures = items.pictures.as_ref().unwrap();
    assert_eq!((pictures.rgba(4).unwrap()[0], pictures.has(3)), (2, false));
    assert_eq!(items.vectors(Modality::Text).unwrap().row(1)[0], 3.0 / 27.0);
    assert!(items.vectors(Modality::Image).is_none());
    assert_eq!(items.list[3].tags().collect::<Vec<_>>(), ["old", "red"]);
    // User 3 in the order of the days.
    let history: Vec<u32> = (0..8).map(|day| (day * 10 + 3) * 7 % 8).collect();
    assert_eq!(own.sequences.histories.of(3), history);
}

#[test]
fn the_page_is_told_what_is_read_and_how_much_of_it() {
    let Some(Accepted::Sequences { endings, most_users, most_items, most_rows }) =
        Accepts::Sequences.described()
    else {
        panic!("sequences")
    };
    let read = |path: &str| endings.iter().any(|ending| path.to_lowercase().ends_with(ending));
    assert!(folder().iter().all(|(path, _)| read(path)), "{endings:?}");
    assert!(!read("shop/film.mp4"));
    assert!(most_users >= 100_000 && most_items >= 10_000 && most_rows >= 1_000_000);
}

/// The page's words in Chinese and English.
fn words() -> [Value; 2] {
    ["zh", "en"].map(|language| {
        let path = format!("{}/www/lessons/sequences/words.{language}.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    })
}

#[test]
fn the_examples_on_the_page_can_be_read() {
    for words in words() {
        let example =
            |table: &str| words["ui"]["own_sequences"]["tables"][table]["example"].as_str().unwrap();
        let [list, history] =
            ["list", "history"].map(|name| NamedFile { name, bytes: example(name).as_bytes() });
        let own = Accepts::Sequences.begin_sequences("example", &[list, history]).unwrap().finish().unwrap();
        let SequencesSummary { users, items, taken, titles, .. } = own.summary;
        assert_eq!((users, items, taken, titles), (2, 3, 5, 3));
        let items = &own.sequences.items.list;
        assert_eq!(items[0].tags().count(), 2);
        assert_eq!(own.sequences.histories.of(0), [0, 2, 1, 0]);
    }
}

/// Whether the page has a sentence for a refusal, and all that stands in it is said by the refusal.
fn assert_sentence(words: &[Value; 2], error: &LabError) {
    for words in words {
        let reason = error.details["reason"].as_str().unwrap();
        let sentence = &words["errors"][format!("sequences_{reason}")];
        let sentence = sentence.as_str().unwrap_or_else(|| panic!("{reason} has no sentence"));
        for name in sentence.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0) {
            assert!(
                error.details.contains_key(name),
                "{reason}: {{{name}}} is not among {:?}",
                error.details
            );
        }
    }
}

#[test]
fn each_refusal_has_its_sentence() {
    let words = words();
    let file = |name: &'static str, text: &str| (name, text.as_bytes().to_vec());
    let taken = || file("s.csv", "user,item,time\na,x,1\na,y,2\na,x,3\na,y,4\n");
    let list = || file("i.csv", "id,title\nx,X\ny,Y\n");
    let array = |header: &str, bytes: &[u8]| {
        let length = (header.len() as u16).to_le_bytes();
        let whole = [&b"\x93NUMPY\x01\x00"[..], &length, header.as_bytes(), bytes].concat();
        vec![taken(), list(), ("text.npy", whole)]
    };
    let npy = |header: &str, bytes: usize| array(header, &vec![255; bytes]);
    let header = |kind: &str, fortran: &str, shape: &str| {
        format!("{{'descr': '{kind}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n")
    };
    let many = |user: bool, count: usize| {
        let row = |row: usize| if user { format!("{row},x,1\n") } else { format!("a,{row},1\n") };
        vec![file("s.csv", &format!("user,item,time\n{}", (0..count).map(row).collect::<String>()))]
    };
    let table = |text: &str| vec![file("s.csv", text)];
    let long = format!("user,item,time\na,{},1\n", "x".repeat(81));
    let Some(Accepted::Sequences { most_users, most_items, .. }) = Accepts::Sequences.described() else {
        panic!("sequences")
    };
    let mut reasons = BTreeSet::new();
    for folder in [
        vec![],
        vec![taken(), file("t.csv", "user,item,time\n")],
        vec![taken(), list(), file("j.csv", "id,title\n")],
        table("user,item\na,x\n"),
        table("user,item,time\n,x,1\n"),
        table(&long),
        table("user,item,time\na,x,soon\n"),
        table("user,item,time\na,x,1\n"),
        vec![taken(), file("i.csv", "id,title\nx,X\n")],
        vec![taken(), file("i.csv", "id,title\nx,X\nx,Y\n")],
        many(true, most_users + 1),
        many(false, most_items + 1),
        vec![taken(), file("x.png", ""), file("a/x.jpg", "")],
        vec![taken(), file("holiday.png", "")],
        vec![taken(), list(), file("vectors.npy", "")],
        vec![taken(), list(), file("text.npy", ""), file("a/text.npy", "")],
        vec![taken(), npy("", 0).remove(2)],
        npy("", 0),
        npy(&header("<i8", "False", "(2, 1)"), 16),
        npy(&header("<f4", "True", "(2, 1)"), 8),
        npy(&header("<f4", "False", "(2,)"), 8),
        npy(&header("<f4", "False", "(2, 1)"), 9),
        npy(&header("<f4", "False", "(2, 5000)"), 9),
        array(&header("<f4", "False", "(1, 1)"), &[0; 4]),
        npy(&header("<f4", "False", "(2, 1)"), 8),
    ] {
        let error = read(&folder).unwrap_err();
        assert_eq!(error.code, "bad_sequences", "{error:?}");
        assert_sentence(&words, &error);
        reasons.insert(error.details["reason"].as_str().unwrap().to_string());
    }
    let error = Accepts::Sequences.pick_sequences("shop", &[("s.csv", usize::MAX)]).unwrap_err();
    assert_sentence(&words, &error);
    reasons.insert("too_large".into());
    // What the page itself finds wrong with zips.
    let of_zips = ["not_a_zip", "damaged", "encrypted", "compression", "unpacked_too_large"];
    let sentences = words[1]["errors"].as_object().unwrap().keys();
    let sentences: BTreeSet<&str> = sentences.filter_map(|key| key.strip_prefix("sequences_")).collect();
    let refused = reasons.iter().map(String::as_str).chain(of_zips).collect();
    assert_eq!(sentences, refused, "sentences, and refusals that were brought about");
}

/// Files with bytes changed, cut out or written twice are read or refused with file and reason; none stops the reader.
#[test]
fn no_damage_to_a_file_stops_the_reader() {
    let mut state = 7_u32;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % bound
    };
    let words = words();
    let (mut whole, mut reasons) = (0, BTreeSet::new());
    for round in 0..600 {
        let mut folder = folder();
        let bytes = &mut folder[1 + round % 3].1;
        let from = below(bytes.len());
        let to = from + below(30).min(bytes.len() - from);
        match below(3) {
            0 => bytes[from] = below(256) as u8,
            1 => drop(bytes.drain(from..to)),
            _ => bytes.extend_from_within(from..to),
        }
        match read(&folder) {
            Ok(_) => whole += 1,
            Err(error) => {
                assert!(matches!(&*error.code, "bad_sequences" | "bad_table"), "{error:?}");
                let file = error.details["file"].as_str().unwrap();
                assert!(file == "shop" || folder.iter().any(|(path, _)| *path == file), "{error:?}");
                if error.code == "bad_sequences" {
                    assert_sentence(&words, &error);
                }
                reasons.insert(error.details["reason"].as_str().unwrap().to_string());
            }
        }
    }
    assert!(whole > 60 && reasons.len() > 8, "{whole} read, others refused for {reasons:?}");
}
