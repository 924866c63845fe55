//! The model as a file of weights, and back.

use super::super::settings::ModelKind;
use super::run::IrisRun;
use crate::classic::svm::Kernel;
use crate::data::table::Gaps;
use crate::error::LabError;
use crate::lessons::run::model_note;
use crate::nn::layers::parameters::{self, NamedTensor};
use crate::nn::models::mlp::from_state_dict;
use crate::nn::run::container::Container;
use crate::nn::run::weights;
use burn::tensor::Device;
use serde_json::{Value, json};

/// What the file says of the model after some steps. Ranges are written so that they are read back to the last bit.
pub fn note(run: &IrisRun, step: u64) -> Value {
    let fills = run.own.is_some() && run.settings.gaps == Gaps::TrainMean;
    let columns = run.table.features.iter().enumerate().map(|(column, name)| {
        let (min, max) = (run.scale.min[column], run.scale.max[column]);
        let mut about = json!({ "name": name, "min": min, "max": max });
        if fills {
            about["where_missing"] = json!(run.stand_ins[column]);
        }
        about
    });
    json!({
        "format": model_note::FORMAT,
        "lesson": "iris",
        "settings": run.declared,
        "step": step,
        "model": model(run),
        "input": {
            "columns": Value::from_iter(columns),
            "scaling": "(x - min) / (max - min) in float64, 0 where max is min; then float32",
        },
        "classes": run.table.classes,
    })
}

fn model(run: &IrisRun) -> Value {
    let settings = &run.settings;
    match run.kernel() {
        Some(Kernel::Linear) => json!({ "kind": "svm", "kernel": "x @ y", "output": "votes" }),
        Some(Kernel::Rbf { gamma }) => {
            let kernel = "exp(-gamma * sum((x - y) ** 2))";
            json!({ "kind": "svm", "kernel": kernel, "gamma": gamma, "output": "votes" })
        }
        None if settings.model == ModelKind::Softmax => json!({ "kind": "softmax", "output": "softmax" }),
        None => {
            let (hidden, activation) = (&settings.hidden, &settings.activation);
            json!({ "kind": "mlp", "hidden": hidden, "activation": activation, "output": "softmax" })
        }
    }
}

/// The tensors of a file that fits, and what the reader should know of it.
///
/// # Errors
/// `other_classes`, `other_columns`, `bad_model`.
pub async fn read(run: &IrisRun, file: &[u8]) -> Result<(Vec<NamedTensor>, Option<LabError>), LabError> {
    let (tensors, remark) = if weights::is_safetensors(file) {
        let container = Container::from_bytes(file).map_err(LabError::bad_model)?;
        let remark = model_note::compare(&container.note, &note(run, 0))?;
        (from_state_dict(container.tensors("")), remark)
    } else {
        let network = run.config.init(0, &Device::flex());
        (weights::from_burnpack(file, network).await.map_err(LabError::bad_model)?, None)
    };
    parameters::check_finite(&tensors).map_err(LabError::bad_model)?;
    Ok((tensors, remark))
}
