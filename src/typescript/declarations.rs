//! Declarations of types, as one file holds them.

use std::any::TypeId;
use std::collections::BTreeMap;
use ts_rs::{Config, TS, TypeVisitor};

/// Declarations of one file, each type once, in the order of their names: `ts-rs` meets them in no fixed order.
pub struct Declarations {
    config: Config,
    declared: BTreeMap<String, (TypeId, String)>,
}

impl Declarations {
    pub fn new() -> Self {
        // A count is a number: none of ours comes near 2⁵³.
        Self { config: Config::new().with_large_int("number"), declared: BTreeMap::new() }
    }

    /// Declares a type and all that it is made of; answers its name.
    pub fn declare<T: TS + 'static + ?Sized>(&mut self) -> String {
        let name = T::name(&self.config);
        // Numbers, lists and the like stand for themselves.
        if T::output_path().is_some() {
            self.declare_once::<T>();
        }
        T::visit_generics(self);
        name
    }

    fn declare_once<T: TS + 'static + ?Sized>(&mut self) {
        let (ident, id) = (T::ident(&self.config), TypeId::of::<T::WithoutGenerics>());
        if let Some((known, _)) = self.declared.get(&ident) {
            assert!(*known == id, "two types are called {ident}: a file declares each name once");
            return;
        }
        let declaration = format!("{}export {}", T::docs().unwrap_or_default(), T::decl(&self.config));
        self.declared.insert(ident, (id, with_short_comments(&declaration)));
        T::visit_dependencies(self);
    }

    pub fn text(&self) -> String {
        self.declared.values().map(|(_, declaration)| format!("\n{declaration}\n")).collect()
    }
}

/// Comments of one line on one line.
fn with_short_comments(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut written = Vec::with_capacity(lines.len());
    let mut rest = &lines[..];
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (&"/**", [comment, " */", after @ ..]) => {
                written.push(format!("/** {} */", comment.trim_start_matches(" *").trim()));
                rest = after;
            }
            _ => written.push(first.to_string()),
        }
    }
    written.join("\n")
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.declare::<T>();
    }
}
