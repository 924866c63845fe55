//! The network that settings describe.

use super::super::settings::VisionSettings;
use super::super::task::Task;
use crate::nn::models::conv_net::ConvNetConfig;

/// The network these settings describe; one output where there are two classes.
pub fn network(settings: &VisionSettings, classes: usize) -> ConvNetConfig {
    ConvNetConfig {
        height: settings.side,
        width: settings.side,
        channels: if settings.task == Task::Mnist { 1 } else { 3 },
        filters: settings.filters.clone(),
        kernel_size: settings.kernel_size,
        dense_units: settings.dense_units,
        outputs: if classes == 2 { 1 } else { classes },
    }
}
