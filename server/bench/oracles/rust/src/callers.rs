//! The named functions around a site.

use ra_ap_ide_db::FileId;
use ra_ap_syntax::{AstNode, SyntaxNode, ast};

use crate::{declarations::Declarations, rows::Symbol};

/// Innermost first; closures belong to what is around them unless `let` binds them to a name.
pub fn callers(declarations: &Declarations<'_, '_>, file: FileId, node: &SyntaxNode) -> Vec<Symbol> {
    node.ancestors()
        .filter_map(|at| {
            if let Some(function) = ast::Fn::cast(at.clone()) {
                return declarations.written(file, &function);
            }
            let closure = ast::ClosureExpr::cast(at)?;
            let binding = ast::LetStmt::cast(closure.syntax().parent()?)?;
            declarations.closure(file, &binding)
        })
        .collect()
}
