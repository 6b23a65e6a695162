package main

import (
	"encoding/json"
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/packages"
)

type oracle struct {
	root  string
	fset  *token.FileSet
	rows  *json.Encoder
	lines map[string][]string
	err   error
	// Declarations by the place of their name, which is the same in every variant of a package.
	declared map[token.Position]symbol
}

// declare notes every function, method, interface method, type and function variable of the checkout.
func (o *oracle) declare(all []*packages.Package) {
	o.declared = map[token.Position]symbol{}
	for _, pkg := range all {
		for _, file := range pkg.Syntax {
			ast.Inspect(file, func(n ast.Node) bool {
				switch d := n.(type) {
				case *ast.FuncDecl:
					o.add(d.Name, d.Type.Func, "", receiverName(d))
				case *ast.GenDecl:
					for _, spec := range d.Specs {
						start := spec.Pos()
						if !d.Lparen.IsValid() {
							start = d.TokPos
						}
						switch s := spec.(type) {
						case *ast.TypeSpec:
							o.add(s.Name, start, "class", "")
							if t, is := s.Type.(*ast.InterfaceType); is {
								for _, method := range t.Methods.List {
									for _, name := range method.Names {
										o.add(name, name.Pos(), "", s.Name.Name)
									}
								}
							}
						case *ast.ValueSpec:
							for i, name := range s.Names {
								if i < len(s.Values) && isFunction(s.Values[i]) {
									o.add(name, start, "", "")
								}
							}
						}
					}
				case *ast.AssignStmt:
					for i, left := range d.Lhs {
						if name, is := left.(*ast.Ident); is && d.Tok == token.DEFINE && i < len(d.Rhs) && isFunction(d.Rhs[i]) {
							o.add(name, d.Pos(), "", "")
						}
					}
				}
				return true
			})
		}
	}
}

func (o *oracle) add(name *ast.Ident, start token.Pos, kind, owner string) {
	at := o.fset.PositionFor(name.Pos(), false)
	if !o.inProject(at.Filename) {
		return
	}
	o.declared[at] = symbol{o.relative(at.Filename), name.Name, o.line(start), at.Line, kind, owner}
}

func (o *oracle) of(object types.Object) (symbol, bool) {
	if object == nil || !object.Pos().IsValid() {
		return symbol{}, false
	}
	found, known := o.declared[o.fset.PositionFor(object.Pos(), false)]
	return found, known
}

func isFunction(e ast.Expr) bool {
	_, is := unparen(e).(*ast.FuncLit)
	return is
}

func receiverName(d *ast.FuncDecl) string {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return ""
	}
	e := d.Recv.List[0].Type
	for {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.Name
		default:
			return ""
		}
	}
}

// overrides says which types and methods satisfy which interfaces of the checkout.
func (o *oracle) overrides(all []*packages.Package) {
	var interfaces, concrete []*types.Named
	seen := map[*types.Named]bool{}
	for _, pkg := range all {
		if pkg.Types == nil {
			continue
		}
		scope := pkg.Types.Scope()
		for _, name := range scope.Names() {
			named, is := types.Unalias(scope.Lookup(name).Type()).(*types.Named)
			if _, isType := scope.Lookup(name).(*types.TypeName); !is || !isType || seen[named] {
				continue
			}
			if _, known := o.of(named.Obj()); !known {
				continue
			}
			seen[named] = true
			if types.IsInterface(named) {
				interfaces = append(interfaces, named)
			} else {
				concrete = append(concrete, named)
			}
		}
	}
	written, paired := map[[2]symbol]bool{}, map[[2]symbol]bool{}
	for _, i := range interfaces {
		contract, is := i.Underlying().(*types.Interface)
		if !is || contract.NumMethods() == 0 || i.TypeParams().Len() > 0 {
			continue
		}
		for _, t := range append(concrete, interfaces...) {
			var by types.Type = t
			if !types.IsInterface(t) {
				by = types.NewPointer(t)
			}
			if t == i || t.TypeParams().Len() > 0 || !types.Implements(by, contract) {
				continue
			}
			if !types.IsInterface(t) {
				o.implements(t, i, paired)
			}
			for m := range contract.Methods() {
				object, _, _ := types.LookupFieldOrMethod(by, true, m.Pkg(), m.Name())
				base, known := o.of(m)
				other, found := o.of(object)
				key := [2]symbol{base, other}
				if known && found && base != other && !written[key] {
					written[key] = true
					o.write(overrideRow{"override", base, other})
				}
			}
		}
	}
}

// implements says that a type, or a pointer to it, has every method of an interface.
func (o *oracle) implements(t, i *types.Named, paired map[[2]symbol]bool) {
	of, known := o.of(t.Obj())
	contract, found := o.of(i.Obj())
	key := [2]symbol{of, contract}
	if known && found && !paired[key] {
		paired[key] = true
		o.write(implementsRow{"implements", of, contract})
	}
}
