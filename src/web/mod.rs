//! The bindings for the browser: the only place that knows wasm-bindgen.

#[cfg(feature = "tensors")]
mod device;
#[cfg(any(feature = "tensors", feature = "trees"))]
mod engine;
#[cfg(any(feature = "tensors", feature = "trees"))]
mod material;
#[cfg(any(feature = "recommenders", feature = "sequences"))]
mod own_files;
#[cfg(feature = "networks")]
mod own_pictures;
#[cfg(feature = "recommenders")]
mod own_ratings;
#[cfg(any(feature = "networks", feature = "trees"))]
mod own_rows;
#[cfg(feature = "sequences")]
mod own_sequences;
#[cfg(feature = "pictures")]
mod pictures;
#[cfg(feature = "plot")]
mod plot;
mod values;

#[cfg(target_family = "wasm")]
use crate::allocator::ReusingAllocator;
#[cfg(target_family = "wasm")]
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};
use wasm_bindgen::prelude::*;

// talc is quicker and smaller than Rust's default in WebAssembly.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: ReusingAllocator<WasmDynamicTalc> = ReusingAllocator::new(new_wasm_dynamic_allocator());

#[cfg(target_family = "wasm")]
unsafe extern "C" {
    fn __wasm_call_ctors();
}

/// Runs the static constructors once, when the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    // Without this reference the linker takes the module for a command and wraps every export, so that all
    // constructors run again at each call: a training step becomes 28 times slower. The build looks for the names
    // such wrappers have (`command_export`) in the generated bindings.
    #[cfg(target_family = "wasm")]
    // SAFETY: called exactly once, before anything else of this module runs.
    unsafe {
        __wasm_call_ctors();
    }
    console_error_panic_hook::set_once();
}
