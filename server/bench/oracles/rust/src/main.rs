//! Call sites of Rust files, judged by rust-analyzer, as rows of truth on standard output.
//! Arguments: the checkout (a cargo workspace) and the folders to judge; tests are included.
//! The sources of the standard library come from the tool chain (`rust-src`) or from `RUST_SRC_PATH`.

mod callers;
mod declarations;
mod rows;
mod shapes;
mod sites;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, anyhow};
use ra_ap_hir::{Crate, Semantics};
use ra_ap_ide_db::{RootDatabase, base_db::SourceDatabase};
use ra_ap_load_cargo::{LoadCargoConfig, ProcMacroServerChoice, load_workspace_at};
use ra_ap_paths::Utf8PathBuf;
use ra_ap_project_model::{CargoConfig, RustLibSource, TargetDirectoryConfig};
use ra_ap_vfs::Vfs;

use crate::{declarations::Declarations, rows::Rows, sites::Sites};

fn main() -> ExitCode {
    if std::env::var_os("RA_RUSTC_WRAPPER").is_some() {
        return as_rustc();
    }
    // Deeply nested expressions need more than a usual stack.
    let worker = std::thread::Builder::new().stack_size(256 << 20).spawn(run);
    match worker.map_err(anyhow::Error::from).and_then(|w| w.join().map_err(|_| anyhow!("panicked"))?) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("rust oracle: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Cargo calls this program in place of rustc while it builds build scripts and procedural macros: what is only
/// checked is skipped, as rust-analyzer itself does.
fn as_rustc() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let Some(rustc) = args.next() else { return ExitCode::FAILURE };
    let args: Vec<_> = args.collect();
    let only_checks = args.iter().any(|arg| {
        let arg = arg.to_string_lossy();
        arg.starts_with("--emit=") && arg.contains("metadata") && !arg.contains("link")
    });
    if only_checks && std::env::var_os("CARGO_CFG_TARGET_ARCH").is_none() {
        return ExitCode::SUCCESS;
    }
    match Command::new(rustc).args(args).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn run() -> anyhow::Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let root = args.next().context("give a checkout and the folders to judge")?.canonicalize()?;
    let folders: Vec<PathBuf> = args.map(|folder| root.join(folder)).collect();

    let mut config = CargoConfig {
        all_targets: true,
        set_test: true,
        sysroot: Some(RustLibSource::Discover),
        wrap_rustc_in_build_scripts: true,
        ..CargoConfig::default()
    };
    if let Some(target) = std::env::var_os("CARGO_TARGET_DIR") {
        let checked = Utf8PathBuf::from_path_buf(PathBuf::from(target).join("checked"))
            .map_err(|path| anyhow!("{} is not UTF-8", path.display()))?;
        config.extra_env.insert("CARGO_TARGET_DIR".to_owned(), Some(checked.to_string()));
        config.target_dir_config = TargetDirectoryConfig::Directory(checked);
    }
    let load = LoadCargoConfig {
        load_out_dirs_from_check: true,
        with_proc_macro_server: ProcMacroServerChoice::Sysroot,
        prefill_caches: false,
        num_worker_threads: 1,
        proc_macro_processes: 1,
    };
    let (db, vfs, _macros) = load_workspace_at(&root, &config, &load, &|_| {})?;
    ra_ap_hir::attach_db(&db, || judge(&db, &vfs, &root, &folders))
}

/// Without the standard library's own dependencies, most methods are unknown: no truth to compare with.
fn check_standard_library(db: &RootDatabase) -> anyhow::Result<()> {
    let named = |krate: &Crate, name: &str| {
        krate.display_name(db).is_some_and(|it| it.canonical_name().as_str() == name)
    };
    let library = Crate::all(db).into_iter().find(|krate| named(krate, "std"));
    let is_whole = library.is_some_and(|it| it.dependencies(db).iter().any(|dep| named(&dep.krate, "core")));
    is_whole.then_some(()).context(
        "the standard library was not loaded: its sources (`rust-src`, or RUST_SRC_PATH) must be there, and cargo \
         must be able to fetch what they depend on",
    )
}

fn judge(db: &RootDatabase, vfs: &Vfs, root: &Path, folders: &[PathBuf]) -> anyhow::Result<()> {
    check_standard_library(db)?;
    let sema = Semantics::new(db);
    let mut rows = Rows::new();
    let declarations = Declarations::new(db, &sema, vfs, root);
    let mut seen = std::collections::HashSet::new();
    let mut work: Vec<_> = Crate::all(db).into_iter().map(|krate| krate.root_module(db)).collect();
    let mut files = Vec::new();
    let mut crates = std::collections::HashSet::new();
    while let Some(module) = work.pop() {
        work.extend(module.children(db));
        let file = module.definition_source_file_id(db).original_file(db);
        let id = file.file_id(db);
        let Some(path) = declarations.path_in_project(id) else { continue };
        let library = {
            let source_root = db.file_source_root(id).source_root_id(db);
            db.source_root(source_root).source_root(db).is_library
        };
        if library {
            continue;
        }
        crates.insert(module.krate(db));
        if folders.iter().any(|folder| root.join(&path).starts_with(folder)) && seen.insert(id) {
            files.push((path, file));
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, file) in &files {
        rows.file(path);
        Sites { db, sema: &sema, declarations: &declarations, rows: &mut rows, path }.of(*file);
    }
    for krate in crates {
        declarations.overrides(krate, &mut rows);
    }
    rows.finish()?;
    eprintln!("rust: {} files judged", files.len());
    Ok(())
}
