package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"

	"golang.org/x/tools/go/packages"
)

// sites writes a row for every call of a file. Conversions are no calls.
func (o *oracle) sites(pkg *packages.Package, file *ast.File) {
	var around []ast.Node
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			around = around[:len(around)-1]
			return true
		}
		around = append(around, n)
		switch x := n.(type) {
		case *ast.CallExpr:
			if !pkg.TypesInfo.Types[x.Fun].IsType() {
				o.call(pkg, x, around)
			}
		case *ast.CompositeLit:
			o.literal(pkg, x, around)
		}
		return true
	})
}

func (o *oracle) call(pkg *packages.Package, call *ast.CallExpr, around []ast.Node) {
	callee := callee(pkg, call)
	name := nameOf(callee)
	row := site{Row: "site", Form: "call", Targets: []symbol{}, Traits: []string{}}
	row.Callers = o.callers(pkg, around)
	row.Shape = shape(pkg, callee)
	if name == nil {
		row.File, row.Line, row.Column = o.place(callee.End() - 1)
		row.Class = "functionValue"
		o.write(row)
		return
	}
	row.Name = name.Name
	row.File, row.Line, row.Column = o.place(name.Pos())
	object := pkg.TypesInfo.Uses[name]
	target, known := o.of(origin(object))
	if known {
		row.Targets = append(row.Targets, target)
	}
	switch object.(type) {
	case nil:
		row.Class = "unknown"
	case *types.Builtin:
		row.Class = "external"
	case *types.Func:
		row.Class = "external"
		if known {
			row.Class = "inProject"
		}
	case *types.Var:
		row.Class = "functionValue"
		// A variable that a function literal is bound to is a function of that name.
		if known {
			row.Class = "inProject"
		}
	default:
		row.Class = "unknown"
	}
	row.Traits = traits(pkg, callee, object)
	o.write(row)
}

// literal marks `T{…}`, which constructs without a call: an edge there is neither wanted nor wrong.
func (o *oracle) literal(pkg *packages.Package, literal *ast.CompositeLit, around []ast.Node) {
	if literal.Type == nil {
		return
	}
	name := nameOf(withoutArguments(pkg, literal.Type))
	if name == nil {
		return
	}
	target, known := o.of(origin(pkg.TypesInfo.Uses[name]))
	if !known {
		return
	}
	row := site{Row: "site", Form: "new", Class: "unknown", Name: name.Name, Targets: []symbol{target}, Traits: []string{}}
	row.Shape = "composite literal"
	row.Callers = o.callers(pkg, around)
	row.File, row.Line, row.Column = o.place(name.Pos())
	o.write(row)
}

func callee(pkg *packages.Package, call *ast.CallExpr) ast.Expr {
	return withoutArguments(pkg, call.Fun)
}

// withoutArguments takes parentheses and type arguments off: f[int](x) calls f. An index of a value stays.
func withoutArguments(pkg *packages.Package, e ast.Expr) ast.Expr {
	for {
		switch x := unparen(e).(type) {
		case *ast.IndexListExpr:
			e = x.X
		case *ast.IndexExpr:
			if !pkg.TypesInfo.Types[x.Index].IsType() {
				return x
			}
			e = x.X
		default:
			return x
		}
	}
}

func nameOf(e ast.Expr) *ast.Ident {
	switch x := e.(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return x.Sel
	}
	return nil
}

func origin(object types.Object) types.Object {
	switch x := object.(type) {
	case *types.Func:
		return x.Origin()
	case *types.Var:
		return x.Origin()
	}
	return object
}

// callers lists the named functions around, innermost first; literals belong to what is around them unless bound to a name.
func (o *oracle) callers(pkg *packages.Package, around []ast.Node) []symbol {
	found := []symbol{}
	for i := len(around) - 1; i >= 0; i-- {
		var name *ast.Ident
		switch x := around[i].(type) {
		case *ast.FuncDecl:
			name = x.Name
		case *ast.FuncLit:
			if i > 0 {
				name = boundTo(x, around[i-1])
			}
		}
		if name == nil {
			continue
		}
		if declared, known := o.declared[o.fset.PositionFor(name.Pos(), false)]; known {
			found = append(found, declared)
		}
	}
	return found
}

func boundTo(literal *ast.FuncLit, parent ast.Node) *ast.Ident {
	switch p := parent.(type) {
	case *ast.AssignStmt:
		for i, right := range p.Rhs {
			if name, is := p.Lhs[min(i, len(p.Lhs)-1)].(*ast.Ident); is && right == literal && p.Tok == token.DEFINE {
				return name
			}
		}
	case *ast.ValueSpec:
		for i, right := range p.Values {
			if right == literal && i < len(p.Names) {
				return p.Names[i]
			}
		}
	}
	return nil
}

func traits(pkg *packages.Package, callee ast.Expr, object types.Object) []string {
	found := []string{}
	if selector, is := callee.(*ast.SelectorExpr); is {
		if selection := pkg.TypesInfo.Selections[selector]; selection != nil {
			if len(selection.Index()) > 1 {
				found = append(found, "embedded")
			}
			receiver := types.Unalias(selection.Recv())
			if pointer, is := receiver.(*types.Pointer); is {
				receiver = types.Unalias(pointer.Elem())
			}
			if _, is := receiver.(*types.TypeParam); is {
				found = append(found, "type parameter")
			} else if types.IsInterface(receiver) {
				found = append(found, "interface")
			}
			if named, is := receiver.(*types.Named); is && named.TypeParams().Len() > 0 {
				found = append(found, "generic")
			}
		}
	}
	if _, is := object.(*types.Var); is {
		found = append(found, "function variable")
	}
	sort.Strings(found)
	return found
}
