//! Functions of the GPU module that are never called, though neither the compiler nor the linker can know: tables of
//! functions name them. Their bodies are taken out; what only they call goes with them when the module is optimised.

use anyhow::{Context, Result, ensure};
use std::path::Path;
use walrus::ir::{InstrLocId, Unreachable};
use walrus::{Module, ModuleConfig};

/// What is written in the names of the functions, as the compiler spells them. Functions with the same code are made one,
/// under any of their names; these call what only their like call, so no other function can be one with them.
const NEVER_CALLED: [&str; 3] = [
    // Shaders are built by calls. pliron would read them as text, too, and every operation brings its part of the grammar.
    "pliron..parsable..Parsable$GT$5parse",
    // Fused operations are found anew on every page. They could be written down and read; burn-fusion 0.22.1 does neither.
    "burn_cubecl_fusion..optim..base..DynFusedOperation$GT$8to_state",
    "burn_cubecl..fusion..registry..DynProvider$GT$7restore",
];

/// Reads a compiled module and takes the bodies of functions that are never called out of it.
///
/// # Errors
/// When it is no module, or when there is no function of one of the names: a library has changed.
pub fn cut(compiled: &Path) -> Result<Module> {
    // As wasm-bindgen reads it.
    let mut module = ModuleConfig::new()
        .strict_validate(false)
        .generate_dwarf(false)
        .parse_file(compiled)
        .with_context(|| format!("cannot read {}", compiled.display()))?;
    for name in NEVER_CALLED {
        let cut = cut_named(&mut module, name);
        ensure!(cut > 0, "{} has no function that is called `…{name}…`", compiled.display());
    }
    Ok(module)
}

/// Takes the bodies of the functions out in whose names this is written. How many there are.
fn cut_named(module: &mut Module, name: &str) -> usize {
    let named: Vec<_> = module
        .funcs
        .iter()
        .filter(|function| function.name.as_ref().is_some_and(|of| of.contains(name)))
        .map(walrus::Function::id)
        .collect();
    for id in &named {
        let function = module.funcs.get_mut(*id).kind.unwrap_local_mut();
        let body = function.entry_block();
        function.block_mut(body).instrs = vec![(Unreachable {}.into(), InstrLocId::default())];
    }
    named.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use walrus::{FunctionBuilder, ValType};

    /// Adds a function that gives a number.
    fn add(module: &mut Module, name: &str, number: i32) {
        let mut builder = FunctionBuilder::new(&mut module.types, &[], &[ValType::I32]);
        builder.name(name.into()).func_body().i32_const(number);
        let id = builder.finish(vec![], &mut module.funcs);
        module.exports.add(name, id);
    }

    #[test]
    fn functions_of_a_name_lose_their_bodies_and_others_keep_theirs() {
        let mut module = Module::default();
        add(&mut module, "_ZN5shape5parse17h0", 1);
        add(&mut module, "_ZN5shape5print17h0", 2);
        assert_eq!(cut_named(&mut module, "shape5parse"), 1);
        assert_eq!(cut_named(&mut module, "shape5write"), 0);
        let bytes = module.emit_wasm();
        let again = Module::from_buffer(&bytes).unwrap();
        let body = |name: &str| {
            let id = again.funcs.by_name(name).unwrap();
            let function = again.funcs.get(id).kind.unwrap_local();
            format!("{:?}", function.block(function.entry_block()).instrs[0].0)
        };
        assert!(body("_ZN5shape5parse17h0").starts_with("Unreachable"));
        assert!(body("_ZN5shape5print17h0").starts_with("Const"));
    }

    #[test]
    fn a_module_without_such_a_function_is_refused() {
        let file = std::env::temp_dir().join(format!("emberbook-never-called-{}.wasm", std::process::id()));
        std::fs::write(&file, Module::default().emit_wasm()).unwrap();
        let error = cut(&file).unwrap_err().to_string();
        std::fs::remove_file(&file).unwrap();
        assert!(error.contains(NEVER_CALLED[0]), "{error}");
    }
}
