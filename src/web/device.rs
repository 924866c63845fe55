//! The devices a lab can train on. A worker makes each once and keeps it: a second initialisation would fail.

use crate::error::LabError;
use burn::tensor::Device;

/// A device and the name of its adapter (empty on the CPU, and where nothing is known).
#[derive(Clone)]
pub struct NamedDevice {
    /// The device, without autodiff.
    pub device: Device,
    /// What the browser calls the adapter.
    pub adapter: String,
}

/// The device called `cpu` or `webgpu`.
///
/// # Errors
/// `gpu_failed` when there is no adapter, or when this module was built without WebGPU.
pub async fn open(name: &str) -> Result<NamedDevice, LabError> {
    match name {
        "webgpu" => webgpu().await,
        _ => Ok(NamedDevice { device: Device::flex(), adapter: String::new() }),
    }
}

#[cfg(not(feature = "webgpu"))]
async fn webgpu() -> Result<NamedDevice, LabError> {
    Err(LabError::new("gpu_failed", "This module was built for the CPU only."))
}

#[cfg(feature = "webgpu")]
async fn webgpu() -> Result<NamedDevice, LabError> {
    use std::cell::RefCell;

    thread_local! {
        static OPENED: RefCell<Option<NamedDevice>> = const { RefCell::new(None) };
    }
    if let Some(opened) = OPENED.with_borrow(Clone::clone) {
        return Ok(opened);
    }
    let failed = |error| LabError::new("gpu_failed", format!("The GPU could not be opened: {error}."));
    let (device, setup) = Device::wgpu_options().init_with_setup_async().await.map_err(failed)?;
    let opened = NamedDevice { device, adapter: describe(&setup) };
    check(&opened.device).await?;
    OPENED.set(Some(opened.clone()));
    Ok(opened)
}

/// What the adapter calls itself; browsers leave most of these fields empty, and the worker then asks JavaScript.
#[cfg(feature = "webgpu")]
fn describe(setup: &burn_wgpu::WgpuSetup) -> String {
    let info = setup.adapter.get_info();
    let parts = [info.name, info.driver, info.driver_info];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(" ")
}

/// A tiny forward and backward pass on both devices: a shader that fails to compile shows late, as wrong zeros, so
/// the GPU is refused unless it agrees with the CPU.
#[cfg(feature = "webgpu")]
async fn check(device: &Device) -> Result<(), LabError> {
    let (gpu, cpu) = (trial(device).await?, trial(&Device::flex()).await?);
    let agree =
        gpu.len() == cpu.len() && gpu.iter().zip(&cpu).all(|(a, b)| (a - b).abs() <= 1e-4 * (1.0 + b.abs()));
    if agree {
        return Ok(());
    }
    Err(LabError::new("gpu_failed", "The GPU computes something other than the CPU, so it is not used."))
}

#[cfg(feature = "webgpu")]
async fn trial(device: &Device) -> Result<Vec<f32>, LabError> {
    use crate::nn::layers::network::Network;
    use crate::nn::models::mlp::{Activation, MlpConfig};
    use crate::nn::objective::loss::cross_entropy;
    use burn::tensor::{Tensor, TensorData, Transaction};

    let config = MlpConfig {
        inputs: 3,
        hidden: vec![4],
        classes: 2,
        activation: Activation::Sigmoid,
        init_std: 1.0,
        init_bias: 0.1,
    };
    let network = config.init(1, &device.clone().autodiff());
    let input = TensorData::new(vec![0.1f32, -0.2, 0.3, 0.7, 0.5, -0.9], [2, 3]);
    let input = Tensor::<2>::from_data(input, &device.clone().autodiff()).require_grad();
    let targets = Tensor::<2>::from_data([[1.0, 0.0], [0.0, 1.0]], device);
    let loss = cross_entropy(network.forward(input.clone()), targets);
    let gradients = loss.backward();
    let gradient =
        input.grad(&gradients).ok_or_else(|| LabError::new("gpu_failed", "The GPU gives no gradient."))?;
    let read = Transaction::default()
        .register(loss.inner())
        .register(gradient)
        .execute_async()
        .await
        .map_err(|error| LabError::new("gpu_failed", format!("The GPU does not answer: {error}.")))?;
    Ok(read.into_iter().flat_map(crate::nn::layers::parameters::floats).collect())
}
