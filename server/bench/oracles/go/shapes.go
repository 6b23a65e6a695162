package main

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/packages"
)

// shape says how a callee is written and where its first name comes from: the unit of the lists of misses.
func shape(pkg *packages.Package, callee ast.Expr) string {
	switch x := callee.(type) {
	case *ast.Ident:
		return "bare:" + origination(pkg, x)
	case *ast.SelectorExpr:
		return receiver(pkg, unparen(x.X))
	case *ast.FuncLit:
		return "func literal()"
	case *ast.CallExpr:
		return "f()()"
	case *ast.IndexExpr:
		return "a[i]()"
	}
	return "expression()"
}

func receiver(pkg *packages.Package, e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return "x.m:" + origination(pkg, x)
	case *ast.SelectorExpr:
		if root, is := unparen(x.X).(*ast.Ident); is {
			switch kind := origination(pkg, root); kind {
			case "receiver":
				return "receiver.f.m"
			case "package":
				return "pkg.x.m"
			default:
				return "a.b.m:" + kind
			}
		}
		return "a.b.c.m"
	case *ast.CallExpr:
		if _, is := callee(pkg, x).(*ast.SelectorExpr); is {
			return "x.f().m"
		}
		return "f().m"
	case *ast.IndexExpr:
		return "a[i].m"
	case *ast.TypeAssertExpr:
		return "x.(T).m"
	case *ast.CompositeLit, *ast.UnaryExpr:
		return "T{}.m"
	}
	return "expression.m"
}

func origination(pkg *packages.Package, name *ast.Ident) string {
	switch object := pkg.TypesInfo.Uses[name].(type) {
	case *types.PkgName:
		return "package"
	case *types.Builtin:
		return "builtin"
	case *types.TypeName:
		return "type"
	case *types.Func:
		if object.Pkg() == pkg.Types {
			return "same package"
		}
		return "dot import"
	case *types.Var:
		if object.IsField() {
			return "field"
		}
		if object.Parent() == pkg.Types.Scope() {
			return "package variable"
		}
		return local(pkg, object)
	case nil:
		return "undeclared"
	}
	return "other"
}

// local finds out how a local variable came by its type.
func local(pkg *packages.Package, object *types.Var) string {
	for _, file := range pkg.Syntax {
		if file.FileStart <= object.Pos() && object.Pos() < file.FileEnd {
			return binding(pkg, file, object.Pos())
		}
	}
	return "local"
}

func binding(pkg *packages.Package, file *ast.File, pos token.Pos) string {
	found := "local"
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || n.Pos() > pos || n.End() <= pos {
			return n == nil || n.Pos() <= pos
		}
		switch x := n.(type) {
		case *ast.FuncDecl:
			if x.Recv != nil && x.Recv.Pos() <= pos && pos < x.Recv.End() {
				found = "receiver"
			} else if x.Type.Pos() <= pos && pos < x.Type.End() {
				found = "parameter"
			}
		case *ast.FuncLit:
			if x.Type.Pos() <= pos && pos < x.Type.End() {
				found = "parameter"
			} else {
				found = "local"
			}
		case *ast.RangeStmt:
			if x.Key != nil && x.Key.Pos() == pos || x.Value != nil && x.Value.Pos() == pos {
				found = "range variable"
			}
		case *ast.TypeSwitchStmt:
			if x.Assign.Pos() <= pos && pos < x.Assign.End() {
				found = "type switch variable"
			}
		case *ast.ValueSpec:
			found = "local var"
		case *ast.AssignStmt:
			for i, left := range x.Lhs {
				if left.Pos() == pos {
					found = "local = " + value(pkg, x.Rhs[min(i, len(x.Rhs)-1)], len(x.Rhs) < len(x.Lhs))
				}
			}
		}
		return true
	})
	return found
}

func value(pkg *packages.Package, e ast.Expr, several bool) string {
	suffix := ""
	if several {
		suffix = " (of several)"
	}
	switch x := unparen(e).(type) {
	case *ast.CallExpr:
		if _, is := callee(pkg, x).(*ast.SelectorExpr); is {
			return "x.f()" + suffix
		}
		return "f()" + suffix
	case *ast.CompositeLit:
		return "T{}"
	case *ast.UnaryExpr:
		return "&T{}"
	case *ast.SelectorExpr:
		return "a.b"
	case *ast.IndexExpr:
		return "a[i]"
	case *ast.TypeAssertExpr:
		return "x.(T)"
	case *ast.FuncLit:
		return "func literal"
	case *ast.Ident:
		return "x"
	}
	return "expression"
}
