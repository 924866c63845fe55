//! The parameters of a module by path (`fc.0.weight`), read without blocking and written after a check.

use burn::module::{Module, ModuleMapper, ModuleVisitor, Param};
use burn::tensor::{ExecutionError, Tensor, TensorData, Transaction};

/// A named tensor in memory: row-major `f32`.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedTensor {
    /// Path of the parameter.
    pub name: String,
    /// Shape.
    pub shape: Vec<usize>,
    /// Values, row-major.
    pub values: Vec<f32>,
}

impl NamedTensor {
    /// A tensor with a name.
    pub fn new(name: impl Into<String>, shape: impl Into<Vec<usize>>, values: Vec<f32>) -> Self {
        Self { name: name.into(), shape: shape.into(), values }
    }

    /// The same values for burn.
    pub fn data(&self) -> TensorData {
        TensorData::new(self.values.clone(), self.shape.clone())
    }
}

/// Path and shape of each parameter, in the module's order.
pub fn shapes<M: Module>(module: &M) -> Vec<(String, Vec<usize>)> {
    let mut visitor = Collect::default();
    module.visit(&mut visitor);
    visitor.found
}

/// Reads all parameters in one transaction.
///
/// # Errors
/// When the device is lost.
pub async fn read<M: Module>(module: &M) -> Result<Vec<NamedTensor>, ExecutionError> {
    let mut visitor = Collect::default();
    module.visit(&mut visitor);
    let data = visitor.transaction.execute_async().await?;
    Ok(visitor
        .found
        .into_iter()
        .zip(data)
        .map(|((name, shape), data)| NamedTensor { name, shape, values: floats(data) })
        .collect())
}

/// The values of a tensor's data.
pub fn floats(data: TensorData) -> Vec<f32> {
    data.try_into_vec::<f32>().expect("the lessons compute in f32")
}

/// Checks that all values are finite, as weights from outside must be.
///
/// # Errors
/// A sentence that names the tensor and the position.
pub fn check_finite(tensors: &[NamedTensor]) -> Result<(), String> {
    for NamedTensor { name, values, .. } in tensors {
        if let Some(position) = values.iter().position(|value| !value.is_finite()) {
            return Err(format!(
                "`{name}` holds a value that is not a finite number, at position {position}"
            ));
        }
    }
    Ok(())
}

/// Puts `tensors` in the place of the module's parameters, matched by name.
///
/// # Errors
/// A sentence that names the parameter at fault: one that is missing, left over, or of another shape. Nothing is
/// changed then.
pub fn write<M: Module>(module: M, tensors: &[NamedTensor]) -> Result<M, String> {
    let expected = shapes(&module);
    for (name, shape) in &expected {
        let tensor = tensors
            .iter()
            .find(|tensor| tensor.name == *name)
            .ok_or_else(|| format!("`{name}` of shape {shape:?} is missing"))?;
        if tensor.shape != *shape {
            return Err(format!("`{name}` has shape {:?}; the network has {shape:?}", tensor.shape));
        }
    }
    if let Some(extra) = tensors.iter().find(|tensor| !expected.iter().any(|(name, _)| *name == tensor.name))
    {
        return Err(format!("`{}` is not a parameter of the network", extra.name));
    }
    Ok(module.map(&mut Replace { path: Vec::new(), tensors }))
}

#[derive(Default)]
struct Collect {
    path: Vec<String>,
    found: Vec<(String, Vec<usize>)>,
    transaction: Transaction,
}

impl ModuleVisitor for Collect {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.into());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let value = param.val().inner();
        self.found.push((self.path.join("."), value.dims().to_vec()));
        self.transaction = std::mem::take(&mut self.transaction).register(value);
    }
}

struct Replace<'a> {
    path: Vec<String>,
    tensors: &'a [NamedTensor],
}

impl ModuleMapper for Replace<'_> {
    fn enter_module(&mut self, name: &str, _container_type: &str) {
        self.path.push(name.into());
    }

    fn exit_module(&mut self, _name: &str, _container_type: &str) {
        self.path.pop();
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let name = self.path.join(".");
        let tensor = self.tensors.iter().find(|t| t.name == name).expect("checked before");
        param.map(|old| {
            let new = Tensor::from_data(tensor.data(), &old.device());
            if old.is_require_grad() { new.require_grad() } else { new }
        })
    }
}
