//! How a callee is written and where its first name comes from: the unit of the lists of misses.

use ra_ap_hir::{ModuleDef, PathResolution, Semantics};
use ra_ap_ide_db::RootDatabase;
use ra_ap_syntax::{AstNode, ast};

type Sema<'a> = Semantics<'a, RootDatabase>;

/// Of `a::b::f(…)`.
pub fn of_path(sema: &Sema<'_>, path: &ast::Path) -> String {
    let Some(qualifier) = path.qualifier() else {
        return "bare".to_owned();
    };
    let first = qualifier.as_single_segment().and_then(|segment| segment.name_ref());
    if first.is_some_and(|name| name.text() == "Self") {
        return "Self::f".to_owned();
    }
    let kind = match sema.resolve_path(&qualifier) {
        Some(PathResolution::Def(ModuleDef::Module(_))) => "module",
        Some(PathResolution::Def(ModuleDef::Trait(_))) => "Trait",
        Some(PathResolution::Def(ModuleDef::Adt(_))) => "Type",
        Some(PathResolution::Def(ModuleDef::TypeAlias(_))) => "Alias",
        Some(PathResolution::TypeParam(_)) => "T",
        Some(PathResolution::Def(ModuleDef::BuiltinType(_))) => "builtin",
        _ => "?",
    };
    format!("{kind}::f")
}

/// Of the receiver in `receiver.m(…)`.
pub fn of_receiver(sema: &Sema<'_>, receiver: Option<ast::Expr>) -> String {
    match receiver.map(strip) {
        Some(ast::Expr::PathExpr(path)) => {
            let Some(path) = path.path() else { return "expression.m".to_owned() };
            if path.syntax().text() == "self" {
                return "self.m".to_owned();
            }
            match sema.resolve_path(&path) {
                Some(PathResolution::Local(local)) => {
                    let source = local.primary_source(sema.db);
                    let binding = source.as_ident_pat().map(|pattern| pattern.syntax().clone());
                    format!("x.m:{}", binding.map_or("self", origin))
                }
                Some(_) => "x.m:item".to_owned(),
                None => "x.m:unresolved".to_owned(),
            }
        }
        Some(ast::Expr::FieldExpr(field)) => match field.expr().map(strip) {
            Some(ast::Expr::PathExpr(path)) if path.syntax().text() == "self" => "self.f.m".to_owned(),
            Some(ast::Expr::PathExpr(_)) => "a.b.m".to_owned(),
            _ => "a.b.c.m".to_owned(),
        },
        Some(ast::Expr::MethodCallExpr(_)) => "x.f().m".to_owned(),
        Some(ast::Expr::CallExpr(_)) => "f().m".to_owned(),
        Some(ast::Expr::TryExpr(inner)) => match inner.expr().map(strip) {
            Some(ast::Expr::MethodCallExpr(_)) => "x.f()?.m".to_owned(),
            _ => "e?.m".to_owned(),
        },
        Some(ast::Expr::IndexExpr(_)) => "a[i].m".to_owned(),
        Some(ast::Expr::MacroExpr(_)) => "macro!().m".to_owned(),
        Some(ast::Expr::Literal(_)) => "literal.m".to_owned(),
        Some(ast::Expr::RefExpr(_) | ast::Expr::PrefixExpr(_)) => "(&x).m".to_owned(),
        _ => "expression.m".to_owned(),
    }
}

pub fn strip(expression: ast::Expr) -> ast::Expr {
    match expression {
        ast::Expr::ParenExpr(inner) => match inner.expr() {
            Some(inner) => strip(inner),
            None => ast::Expr::ParenExpr(inner),
        },
        other => other,
    }
}

/// How a local came by its type.
fn origin(pattern: ra_ap_syntax::SyntaxNode) -> &'static str {
    let mut nested = false;
    for at in pattern.ancestors().skip(1) {
        if let Some(binding) = ast::LetStmt::cast(at.clone()) {
            if nested {
                return "local, destructured";
            }
            if binding.ty().is_some() {
                return "local annotated";
            }
            return binding
                .initializer()
                .map_or("local without initialiser", |value| initialiser(strip(value)));
        }
        if let Some(parameter) = ast::Param::cast(at.clone()) {
            let of_closure = parameter.syntax().ancestors().any(|it| ast::ClosureExpr::can_cast(it.kind()));
            return match (of_closure, parameter.ty()) {
                (true, None) => "parameter of a closure",
                (_, Some(ast::Type::ImplTraitType(_))) => "parameter of impl Trait",
                _ => "parameter",
            };
        }
        if ast::ForExpr::can_cast(at.kind()) {
            return "for variable";
        }
        if ast::MatchArm::can_cast(at.kind()) {
            return "match variable";
        }
        if ast::LetExpr::can_cast(at.kind()) {
            return "if-let variable";
        }
        nested = true;
    }
    "local"
}

fn initialiser(value: ast::Expr) -> &'static str {
    match value {
        ast::Expr::TryExpr(_) => "local = e?",
        ast::Expr::MethodCallExpr(_) => "local = x.f()",
        ast::Expr::CallExpr(_) => "local = f()",
        ast::Expr::RecordExpr(_) => "local = T {}",
        ast::Expr::FieldExpr(_) => "local = a.b",
        ast::Expr::RefExpr(_) => "local = &e",
        ast::Expr::MacroExpr(_) => "local = macro!()",
        ast::Expr::MatchExpr(_) | ast::Expr::IfExpr(_) | ast::Expr::BlockExpr(_) => "local = block",
        _ => "local = expression",
    }
}
