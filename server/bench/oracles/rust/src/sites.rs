//! Turns the calls of one file into rows of truth.

use ra_ap_hir::{
    Adt, AsAssocItem, AssocItemContainer, EditionedFileId, Function, HasSource, ModuleDef, PathResolution,
    Semantics,
};
use ra_ap_ide_db::{FileId, RootDatabase};
use ra_ap_syntax::{
    AstNode, SyntaxKind, SyntaxNode, SyntaxToken, T,
    ast::{self, HasArgList},
};

use crate::{
    callers::callers,
    declarations::{Declarations, bound_name},
    rows::{Rows, Site, Symbol},
    shapes::{of_path, of_receiver, strip},
};

pub struct Sites<'a, 'db> {
    pub db: &'db RootDatabase,
    pub sema: &'a Semantics<'db, RootDatabase>,
    pub declarations: &'a Declarations<'a, 'db>,
    pub rows: &'a mut Rows,
    pub path: &'a str,
}

/// What is known of a callee.
struct Judged {
    class: &'static str,
    targets: Vec<Symbol>,
    traits: Vec<&'static str>,
}

impl Judged {
    fn of(class: &'static str) -> Judged {
        Judged { class, targets: Vec::new(), traits: Vec::new() }
    }
}

impl Sites<'_, '_> {
    pub fn of(&mut self, file: EditionedFileId) {
        let source = self.sema.parse(file);
        let id = file.file_id(self.db);
        for node in source.syntax().descendants() {
            if let Some(call) = ast::CallExpr::cast(node.clone()) {
                self.call(id, &call, None);
            } else if let Some(call) = ast::MethodCallExpr::cast(node.clone()) {
                self.method_call(id, &call, None);
            } else if let Some(literal) = ast::RecordExpr::cast(node.clone()) {
                self.literal(id, &literal);
            } else if let Some(tree) = ast::TokenTree::cast(node)
                && tree.syntax().parent().is_some_and(|parent| ast::MacroCall::can_cast(parent.kind()))
            {
                self.in_macro(id, tree.syntax());
            }
        }
    }

    /// Calls in the arguments of a macro: a name before a parenthesis, looked at in the macro's output.
    fn in_macro(&mut self, file: FileId, tree: &SyntaxNode) {
        let names = tree.descendants_with_tokens().filter_map(|it| it.into_token()).filter(is_called);
        for name in names.collect::<Vec<_>>() {
            for inner in self.sema.descend_into_macros(name.clone()) {
                let Some(parent) = inner.parent().filter(|_| inner.kind() == SyntaxKind::IDENT) else {
                    continue;
                };
                let Some(reference) = ast::NameRef::cast(parent) else { continue };
                let Some(around) = reference.syntax().parent() else { continue };
                if let Some(call) = ast::MethodCallExpr::cast(around.clone()) {
                    self.method_call(file, &call, Some(&name));
                    break;
                }
                let path = ast::PathSegment::cast(around).map(|segment| segment.parent_path());
                let expression = path.and_then(|path| ast::PathExpr::cast(path.syntax().parent()?));
                let call = expression.and_then(|callee| ast::CallExpr::cast(callee.syntax().parent()?));
                if let Some(call) = call
                    && call.arg_list().is_some()
                {
                    self.call(file, &call, Some(&name));
                    break;
                }
            }
        }
    }

    fn call(&mut self, file: FileId, call: &ast::CallExpr, written: Option<&SyntaxToken>) {
        let Some(callee) = call.expr().map(strip) else { return };
        let ast::Expr::PathExpr(callee) = callee else {
            let end = callee.syntax().last_token();
            if let Some(token) = written.cloned().or(end) {
                self.row(
                    file,
                    &token,
                    "call",
                    Judged::of("functionValue"),
                    "expression()".to_owned(),
                    written,
                );
            }
            return;
        };
        let Some(path) = callee.path() else { return };
        let Some(name) = path.segment().and_then(|s| s.syntax().first_token()) else { return };
        let judged = match self.sema.resolve_path(&path) {
            Some(PathResolution::Def(ModuleDef::Function(function))) => self.function(function),
            Some(PathResolution::Def(ModuleDef::Adt(Adt::Struct(it)))) => self.constructor(
                it.source(self.db).and_then(|source| self.declarations.named(source)),
                "tuple struct",
            ),
            Some(PathResolution::Def(ModuleDef::EnumVariant(it))) => {
                let variant = it.source(self.db).and_then(|source| self.declarations.named(source));
                let outer = it.parent_enum(self.db).source(self.db).and_then(|s| self.declarations.named(s));
                let mut judged = self.constructor(variant, "enum variant");
                judged.targets.extend(outer);
                judged
            }
            Some(PathResolution::SelfType(it)) => {
                let adt = it.self_ty(self.db).as_adt();
                let found = match adt {
                    Some(Adt::Struct(it)) => it.source(self.db).and_then(|s| self.declarations.named(s)),
                    _ => None,
                };
                self.constructor(found, "tuple struct")
            }
            Some(PathResolution::Local(local)) => {
                let source = local.primary_source(self.db);
                let binding = source
                    .as_ident_pat()
                    .and_then(|pattern| ast::LetStmt::cast(pattern.syntax().parent()?))
                    .filter(|binding| bound_name(binding).is_some() && !source.source.file_id.is_macro());
                match binding.and_then(|binding| self.declarations.closure(file, &binding)) {
                    Some(target) => {
                        Judged { class: "inProject", targets: vec![target], traits: vec!["closure"] }
                    }
                    None => Judged::of("functionValue"),
                }
            }
            Some(_) => Judged::of("functionValue"),
            None => Judged::of("unknown"),
        };
        let shape = of_path(self.sema, &path);
        self.row(file, &name, "call", judged, shape, written);
    }

    fn method_call(&mut self, file: FileId, call: &ast::MethodCallExpr, written: Option<&SyntaxToken>) {
        let Some(name) = call.name_ref().and_then(|name| name.syntax().first_token()) else { return };
        let judged = match self.sema.resolve_method_call(call) {
            Some(function) => self.function(function),
            None => Judged::of("unknown"),
        };
        let shape = of_receiver(self.sema, call.receiver());
        self.row(file, &name, "call", judged, shape, written);
    }

    /// `T { … }` constructs without a call: an edge there is neither wanted nor wrong.
    fn literal(&mut self, file: FileId, literal: &ast::RecordExpr) {
        let Some(path) = literal.path() else { return };
        let Some(name) = path.segment().and_then(|s| s.syntax().first_token()) else { return };
        let target = match self.sema.resolve_path(&path) {
            Some(PathResolution::Def(ModuleDef::Adt(Adt::Struct(it)))) => {
                it.source(self.db).and_then(|source| self.declarations.named(source))
            }
            Some(PathResolution::Def(ModuleDef::EnumVariant(it))) => {
                it.source(self.db).and_then(|source| self.declarations.named(source))
            }
            _ => None,
        };
        let Some(target) = target else { return };
        let judged = Judged { class: "unknown", targets: vec![target], traits: Vec::new() };
        self.row(file, &name, "new", judged, "record literal".to_owned(), None);
    }

    fn function(&self, function: Function) -> Judged {
        let mut traits = Vec::new();
        if let Some(item) = function.as_assoc_item(self.db) {
            match item.container(self.db) {
                AssocItemContainer::Trait(_) => traits.push("trait method"),
                AssocItemContainer::Impl(it) if it.trait_(self.db).is_some() => {
                    traits.push("impl of a trait")
                }
                AssocItemContainer::Impl(_) => {}
            }
        }
        if self.sema.source(function).is_some_and(|source| source.file_id.is_macro()) {
            traits.push("from a macro");
        }
        match self.declarations.function(function) {
            Some(target) => Judged { class: "inProject", targets: vec![target], traits },
            None => Judged { class: "external", targets: Vec::new(), traits },
        }
    }

    /// Written like a call, but nothing is called: neither wanted nor wrong in the project.
    fn constructor(&self, target: Option<Symbol>, what: &'static str) -> Judged {
        match target {
            Some(target) => Judged { class: "unknown", targets: vec![target], traits: vec![what] },
            None => Judged { class: "external", targets: Vec::new(), traits: vec![what] },
        }
    }

    fn row(
        &mut self,
        file: FileId,
        name: &SyntaxToken,
        form: &'static str,
        mut judged: Judged,
        shape: String,
        written: Option<&SyntaxToken>,
    ) {
        if written.is_some() {
            judged.traits.push("in a macro");
        }
        judged.traits.sort_unstable();
        let token = written.unwrap_or(name);
        let (line, column) = self.declarations.place(file, token.text_range().start());
        let around = token.parent().map_or_else(Vec::new, |node| callers(self.declarations, file, &node));
        self.rows.site(Site {
            file: self.path,
            line,
            column,
            // The end of an unnamed callee, such as a closing parenthesis, is a place but no name.
            name: if name.kind().is_punct() { "" } else { name.text() },
            form,
            class: judged.class,
            targets: judged.targets,
            callers: around,
            shape,
            traits: judged.traits,
        });
    }
}

/// An identifier with an opening parenthesis after it, `::<T>` between them allowed.
fn is_called(token: &SyntaxToken) -> bool {
    if token.kind() != SyntaxKind::IDENT {
        return false;
    }
    let significant = |from: &SyntaxToken| {
        std::iter::successors(from.next_token(), |token| token.next_token())
            .find(|token| !token.kind().is_trivia())
    };
    let Some(mut next) = significant(token) else { return false };
    if next.text() == ":" || next.kind() == T![::] {
        // A turbofish; what is no call in the end is sorted out in the macro's output.
        while next.text() == ":" || next.kind() == T![::] {
            let Some(after) = significant(&next) else { return false };
            next = after;
        }
        return next.text() == "<";
    }
    next.kind() == T!['(']
}
