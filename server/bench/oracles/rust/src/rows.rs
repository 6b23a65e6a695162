//! Rows of truth (graph-truth.ts) as JSON lines.

use std::io::{BufWriter, Stdout, Write, stdout};

use serde_json::{Value, json};

/// A declaration; lines are 1-based.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Symbol {
    pub file: String,
    pub name: String,
    pub start_line: u32,
    pub line: u32,
    pub kind: Option<&'static str>,
    pub owner: Option<String>,
}

pub struct Site<'a> {
    pub file: &'a str,
    pub line: u32,
    pub column: u32,
    pub name: &'a str,
    pub form: &'static str,
    pub class: &'static str,
    pub targets: Vec<Symbol>,
    pub callers: Vec<Symbol>,
    pub shape: String,
    pub traits: Vec<&'static str>,
}

pub struct Rows {
    out: BufWriter<Stdout>,
    failed: Option<std::io::Error>,
}

impl Rows {
    pub fn new() -> Rows {
        Rows { out: BufWriter::new(stdout()), failed: None }
    }

    pub fn file(&mut self, file: &str) {
        self.write(json!({ "row": "file", "file": file }));
    }

    pub fn overrides(&mut self, base: &Symbol, by: &Symbol) {
        self.write(json!({ "row": "override", "base": show(base), "by": show(by) }));
    }

    pub fn site(&mut self, site: Site<'_>) {
        let list = |symbols: &[Symbol]| symbols.iter().map(show).collect::<Vec<_>>();
        self.write(json!({
            "row": "site", "file": site.file, "line": site.line, "column": site.column, "name": site.name,
            "form": site.form, "class": site.class, "targets": list(&site.targets),
            "callers": list(&site.callers), "shape": site.shape, "traits": site.traits,
        }));
    }

    pub fn finish(mut self) -> std::io::Result<()> {
        self.out.flush()?;
        self.failed.map_or(Ok(()), Err)
    }

    fn write(&mut self, row: Value) {
        if let Err(error) = writeln!(self.out, "{row}") {
            self.failed.get_or_insert(error);
        }
    }
}

fn show(symbol: &Symbol) -> Value {
    let mut value = json!({
        "file": symbol.file, "name": symbol.name, "startLine": symbol.start_line, "line": symbol.line,
    });
    if let Some(kind) = symbol.kind {
        value["kind"] = json!(kind);
    }
    if let Some(owner) = &symbol.owner {
        value["owner"] = json!(owner);
    }
    value
}
