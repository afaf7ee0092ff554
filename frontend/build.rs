//! Keeps the linker's relocations in the wasm: they say which function needs which, and the site's
//! build splits the program by them. Nothing of them is served.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
}
