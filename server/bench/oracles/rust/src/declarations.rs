//! Where functions and types of the project are written down, macros looked through.

use std::path::Path;

use ra_ap_hir::{
    AsAssocItem, AssocItem, AssocItemContainer, Crate, FileRange, Function, Impl, InFile, Semantics,
};
use ra_ap_ide_db::{FileId, RootDatabase, line_index, line_index::WideEncoding};
use ra_ap_syntax::{
    AstNode, SyntaxNode, TextSize,
    ast::{self, HasName},
};
use ra_ap_vfs::Vfs;

use crate::rows::{Rows, Symbol};

pub struct Declarations<'a, 'db> {
    db: &'db RootDatabase,
    sema: &'a Semantics<'db, RootDatabase>,
    vfs: &'a Vfs,
    root: &'a Path,
}

impl<'a, 'db> Declarations<'a, 'db> {
    pub fn new(
        db: &'db RootDatabase,
        sema: &'a Semantics<'db, RootDatabase>,
        vfs: &'a Vfs,
        root: &'a Path,
    ) -> Declarations<'a, 'db> {
        Declarations { db, sema, vfs, root }
    }

    /// The path relative to the checkout, with forward slashes; None for files outside.
    pub fn path_in_project(&self, file: FileId) -> Option<String> {
        let path = self.vfs.file_path(file).as_path()?.to_path_buf();
        let relative = Path::new(path.as_str()).strip_prefix(self.root).ok()?;
        let outside = relative.components().any(|part| part.as_os_str() == "target");
        (!outside).then(|| relative.to_string_lossy().replace('\\', "/"))
    }

    /// 1-based line, 0-based UTF-16 column.
    pub fn place(&self, file: FileId, offset: TextSize) -> (u32, u32) {
        let index = line_index(self.db, file);
        let at = index.line_col(offset);
        let wide = index.to_wide(WideEncoding::Utf16, at);
        (at.line + 1, wide.map_or(at.col, |wide| wide.col))
    }

    /// None where a function is outside the project, or is not written down (derived).
    pub fn function(&self, function: Function) -> Option<Symbol> {
        let source = self.sema.source(function)?;
        let owner = function.as_assoc_item(self.db).and_then(|item| self.owner(item));
        self.symbol(source.as_ref().map(|it| it as &dyn HasNameNode), None, owner)
    }

    /// A struct, enum, union or variant.
    pub fn named<N: AstNode + HasName>(&self, source: InFile<N>) -> Option<Symbol> {
        self.symbol(source.as_ref().map(|it| it as &dyn HasNameNode), Some("class"), None)
    }

    /// A closure that `let` binds to a name is a function of that name.
    pub fn closure(&self, file: FileId, binding: &ast::LetStmt) -> Option<Symbol> {
        let name = bound_name(binding)?;
        let (line, _) = self.place(file, name.syntax().text_range().start());
        let (start_line, _) = self.place(file, binding.syntax().text_range().start());
        let text = name.text().to_string();
        Some(Symbol {
            file: self.path_in_project(file)?,
            name: text,
            start_line,
            line,
            kind: None,
            owner: None,
        })
    }

    /// What stands in the file itself, without looking through macros.
    pub fn written(&self, file: FileId, function: &ast::Fn) -> Option<Symbol> {
        let name = function.name()?;
        let (line, _) = self.place(file, name.syntax().text_range().start());
        let (start_line, _) = self.place(file, start_of(function.syntax()));
        let text = name.text().to_string();
        Some(Symbol {
            file: self.path_in_project(file)?,
            name: text,
            start_line,
            line,
            kind: None,
            owner: None,
        })
    }

    pub fn overrides(&self, krate: Crate, rows: &mut Rows) {
        for implementation in Impl::all_in_crate(self.db, krate) {
            let Some(contract) = implementation.trait_(self.db) else { continue };
            for item in implementation.items(self.db) {
                let AssocItem::Function(by) = item else { continue };
                let declared = contract.items(self.db).into_iter().find_map(|item| match item {
                    AssocItem::Function(f) if f.name(self.db) == by.name(self.db) => Some(f),
                    _ => None,
                });
                let Some(base) = declared.and_then(|base| self.function(base)) else { continue };
                if let Some(by) = self.function(by)
                    && by != base
                {
                    rows.overrides(&base, &by);
                }
            }
        }
    }

    fn owner(&self, item: AssocItem) -> Option<String> {
        match item.container(self.db) {
            AssocItemContainer::Trait(it) => Some(it.name(self.db).as_str().to_owned()),
            AssocItemContainer::Impl(it) => {
                let adt = it.self_ty(self.db).as_adt()?;
                Some(adt.name(self.db).as_str().to_owned())
            }
        }
    }

    fn symbol(
        &self,
        source: InFile<&dyn HasNameNode>,
        kind: Option<&'static str>,
        owner: Option<String>,
    ) -> Option<Symbol> {
        let name = source.value.name_node()?;
        let range = self.original(source.with_value(name.syntax()))?;
        let file = range.file_id.file_id(self.db);
        let path = self.path_in_project(file)?;
        let (line, _) = self.place(file, range.range.start());
        // In a macro's output the first token may come from elsewhere.
        let start_line =
            if source.file_id.is_macro() { line } else { self.place(file, start_of(source.value.node())).0 };
        Some(Symbol { file: path, name: name.text().to_string(), start_line, line, kind, owner })
    }

    fn original(&self, node: InFile<&SyntaxNode>) -> Option<FileRange> {
        node.map(|node| node.text_range()).original_node_file_range_rooted_opt(self.db)
    }
}

/// The variable of `let f = |x| …`.
pub fn bound_name(binding: &ast::LetStmt) -> Option<ast::Name> {
    let Some(ast::Pat::IdentPat(pattern)) = binding.pat() else { return None };
    matches!(binding.initializer(), Some(ast::Expr::ClosureExpr(_))).then(|| pattern.name())?
}

/// The first token after documentation and attributes.
fn start_of(node: &SyntaxNode) -> TextSize {
    node.children_with_tokens()
        .find(|child| {
            let kind = child.kind();
            !kind.is_trivia() && kind != ra_ap_syntax::SyntaxKind::ATTR
        })
        .map_or(node.text_range().start(), |child| child.text_range().start())
}

trait HasNameNode {
    fn name_node(&self) -> Option<ast::Name>;
    fn node(&self) -> &SyntaxNode;
}

impl<N: AstNode + HasName> HasNameNode for N {
    fn name_node(&self) -> Option<ast::Name> {
        self.name()
    }

    fn node(&self) -> &SyntaxNode {
        self.syntax()
    }
}
