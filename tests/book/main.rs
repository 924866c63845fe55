//! What holds for every lesson.

mod words;
