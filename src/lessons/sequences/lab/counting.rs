//! Models that count, as a run of one step.

use crate::classic::next_item::{Markov, NextItem, Popular};
use crate::data::sequences::histories::{Histories, HistoryPart};
use crate::lessons::run::refit::Steps;
use crate::lessons::sequences::settings::Model;
use crate::ranking::next_item::{NextItemTotals, Rank};
use std::rc::Rc;

/// A model that counts.
pub struct Counting {
    model: Model,
    items: usize,
    histories: Rc<Histories>,
    fitted: Option<Rc<dyn NextItem>>,
}

impl Counting {
    /// Before anything has been counted.
    pub fn new(model: Model, items: usize, histories: Rc<Histories>) -> Self {
        Self { model, items, histories, fitted: None }
    }

    /// The model once it has counted.
    pub fn model(&self) -> Option<&Rc<dyn NextItem>> {
        self.fitted.as_ref()
    }
}

impl Steps for Counting {
    fn metrics(&self) -> Vec<&'static str> {
        vec!["valid_mrr@20"]
    }

    fn made(&self) -> u64 {
        u64::from(self.fitted.is_some())
    }

    fn finished(&self) -> bool {
        self.fitted.is_some()
    }

    fn most_steps(&self) -> u64 {
        1
    }

    fn step(&mut self) -> Option<Vec<f64>> {
        let (items, train) = (self.items, self.histories.train());
        let model: Rc<dyn NextItem> = match self.model {
            Model::Markov => Rc::new(Markov::fit(items, train.collect::<Vec<_>>().into_iter())),
            _ => Rc::new(Popular::fit(items, train)),
        };
        let mut totals = NextItemTotals::default();
        let mut scores = vec![0.0; items];
        for place in self.histories.places(HistoryPart::Valid) {
            model.scores(self.histories.prefix(place, usize::MAX), &mut scores);
            totals.add(Rank::of(&scores, self.histories.target(place) as usize));
        }
        self.fitted = Some(model);
        totals.at(20).map(|figures| vec![figures.mrr])
    }
}
