// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

/** Looks inside by name. */
export interface IrisLooks {
}
