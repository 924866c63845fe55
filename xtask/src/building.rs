//! Which modules of a site that is being served are there, while the others are still being built.

use crate::cargo_progress::Step;
use crate::wasm::Module;
use serde_json::{Value, json};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// How far a module is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Others are built before it.
    Waiting,
    /// It is being built.
    Building(Option<Step>),
    /// It is in the site.
    There,
    /// It could not be built; the sentence says why.
    Failed(String),
}

/// The modules that a command builds, in their order.
pub struct Building {
    began: Instant,
    modules: Mutex<Vec<(Module, State)>>,
}

/// What is answered in place of a file of a module that is not there.
#[derive(Debug, PartialEq)]
pub struct Missing {
    /// For the page, as JSON: `module`, `state` (`waiting`, `building`, `failed`), `seconds` since the building of modules
    /// began, where it is known `crates` (`done` and `total`), and for a failed one `reason`.
    pub body: Value,
    /// Whether it will be there later.
    pub is_coming: bool,
}

impl Building {
    /// All of them are still to be built.
    pub fn new(modules: &[Module]) -> Self {
        let modules = modules.iter().map(|module| (*module, State::Waiting)).collect();
        Self { began: Instant::now(), modules: Mutex::new(modules) }
    }

    /// A module has come so far.
    pub fn set(&self, module: Module, state: State) {
        if let Some((_, old)) = self.modules().iter_mut().find(|(other, _)| *other == module) {
            *old = state;
        }
    }

    /// Those that wait to be built, in their order.
    pub fn waiting(&self) -> Vec<Module> {
        let is_waiting = |(module, state): &(Module, State)| (*state == State::Waiting).then_some(*module);
        self.modules().iter().filter_map(is_waiting).collect()
    }

    /// Whether the charts and a module that trains are there, so far as they are among those to be built.
    pub fn can_serve(&self) -> bool {
        let modules = self.modules();
        let is_there = |state: &State| *state == State::There;
        let plot =
            modules.iter().filter(|(module, _)| *module == Module::Plot).all(|(_, state)| is_there(state));
        let mut training = modules.iter().filter(|(module, _)| module.trains()).peekable();
        plot && (training.peek().is_none() || training.any(|(_, state)| is_there(state)))
    }

    /// What to answer a request for this path with, where it is for a module that is not there.
    pub fn missing(&self, path: &str) -> Option<Missing> {
        let (name, _) = path.strip_prefix("/pkg/")?.split_once('/')?;
        let modules = self.modules();
        let (module, state) = modules.iter().find(|(module, _)| module.name() == name)?;
        let mut body = json!({ "module": module.name(), "seconds": self.began.elapsed().as_secs() });
        body["state"] = match state {
            State::There => return None,
            State::Waiting => "waiting",
            State::Building(_) => "building",
            State::Failed(_) => "failed",
        }
        .into();
        match state {
            State::Building(Some(Step::Crates { done, total })) => {
                body["crates"] = json!({ "done": done, "total": total });
            }
            State::Failed(reason) => body["reason"] = reason.as_str().into(),
            _ => {}
        }
        Some(Missing { body, is_coming: !matches!(state, State::Failed(_)) })
    }

    fn modules(&self) -> MutexGuard<'_, Vec<(Module, State)>> {
        self.modules.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charts_and_one_module_that_trains_are_enough_to_serve() {
        let building = Building::new(&Module::ALL);
        building.set(Module::Plot, State::There);
        building.set(Module::Pictures, State::There);
        assert!(!building.can_serve());
        for state in [State::Building(None), State::Failed("no".into())] {
            building.set(Module::Gpu, state);
            assert!(!building.can_serve());
        }
        building.set(Module::Gpu, State::There);
        assert!(building.can_serve());
        building.set(Module::Plot, State::Building(None));
        assert!(!building.can_serve());
    }

    #[test]
    fn what_is_not_to_be_built_is_not_waited_for() {
        let plot = Building::new(&[Module::Plot]);
        assert!(!plot.can_serve());
        plot.set(Module::Plot, State::There);
        assert!(plot.can_serve());
        let cpu = Building::new(&[Module::Cpu]);
        assert!(!cpu.can_serve());
        cpu.set(Module::Cpu, State::There);
        assert!(cpu.can_serve());
        assert_eq!(cpu.missing("/pkg/gpu/emberbook.js"), None);
    }

    #[test]
    fn a_missing_module_is_answered_with_how_far_it_is() {
        let building = Building::new(&[Module::Plot, Module::Cpu, Module::Gpu]);
        let asked = |path: &str| building.missing(path);
        let body = |path: &str| asked(path).unwrap().body;
        assert_eq!(body("/pkg/cpu/emberbook.js")["state"], "waiting");
        building.set(Module::Cpu, State::Building(None));
        assert_eq!(body("/pkg/cpu/emberbook_bg.wasm")["state"], "building");
        building.set(Module::Cpu, State::Building(Some(Step::Crates { done: 3, total: 9 })));
        let answer = body("/pkg/cpu/emberbook_bg.wasm");
        assert_eq!(answer["crates"], json!({ "done": 3, "total": 9 }));
        assert_eq!((&answer["module"], &answer["seconds"]), (&json!("cpu"), &json!(0)));
        building.set(Module::Cpu, State::There);
        assert_eq!(asked("/pkg/cpu/emberbook.js"), None);
        building.set(Module::Gpu, State::Failed("error: no".into()));
        let failed = asked("/pkg/gpu/emberbook.js").unwrap();
        assert!(!failed.is_coming && asked("/pkg/plot/emberbook.js").unwrap().is_coming);
        assert_eq!(failed.body["reason"], "error: no");
        for path in ["/", "/iris/", "/pkg/", "/pkg/other/emberbook.js", "/data/bank.bin"] {
            assert_eq!(asked(path), None, "{path}");
        }
    }

    #[test]
    fn those_that_wait_come_in_their_order() {
        let building = Building::new(&Module::ALL);
        building.set(Module::ALL[1], State::There);
        let others: Vec<Module> =
            Module::ALL.into_iter().filter(|module| *module != Module::ALL[1]).collect();
        assert_eq!(building.waiting(), others);
    }
}
