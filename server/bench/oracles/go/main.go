// Call sites of Go files, judged by go/types, as rows of truth on standard output.
// Arguments: the checkout and the folders to judge. Tests are included; the checkout's modules come from the Go proxy.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/tools/go/packages"
)

// A symbol of the truth format (graph-truth.ts); lines are 1-based.
type symbol struct {
	File      string `json:"file"`
	Name      string `json:"name"`
	StartLine int    `json:"startLine"`
	Line      int    `json:"line"`
	Kind      string `json:"kind,omitempty"`
	Owner     string `json:"owner,omitempty"`
}

type site struct {
	Row     string   `json:"row"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Column  int      `json:"column"`
	Name    string   `json:"name"`
	Form    string   `json:"form"`
	Class   string   `json:"class"`
	Targets []symbol `json:"targets"`
	Callers []symbol `json:"callers"`
	Shape   string   `json:"shape"`
	Traits  []string `json:"traits"`
}

type fileRow struct {
	Row  string `json:"row"`
	File string `json:"file"`
}

type overrideRow struct {
	Row  string `json:"row"`
	Base symbol `json:"base"`
	By   symbol `json:"by"`
}

type implementsRow struct {
	Row       string `json:"row"`
	Type      symbol `json:"type"`
	Interface symbol `json:"interface"`
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "go oracle:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 2 {
		return fmt.Errorf("give a checkout and the folders to judge")
	}
	root, err := filepath.EvalSymlinks(args[0])
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	all, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
			packages.NeedDeps | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedModule,
		Dir: root, Tests: true, Fset: fset,
		ParseFile: func(fset *token.FileSet, name string, text []byte) (*ast.File, error) {
			file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
			if file != nil && !strings.HasPrefix(name, root+string(filepath.Separator)) {
				withoutBodies(file)
			}
			return file, err
		},
		// Modules of a workspace other than the main one would need their own downloads.
		Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=readonly"),
	}, "./...")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	o := &oracle{root: root, fset: fset, rows: json.NewEncoder(out), lines: map[string][]string{}}
	o.rows.SetEscapeHTML(false)
	o.declare(all)

	// A file is loaded once for its package and once for the package under test, which knows more.
	best := map[string]*packages.Package{}
	for _, pkg := range all {
		for _, file := range pkg.Syntax {
			name := fset.File(file.Pos()).Name()
			if best[name] == nil || len(best[name].Syntax) < len(pkg.Syntax) {
				best[name] = pkg
			}
		}
		for _, problem := range pkg.Errors {
			fmt.Fprintln(os.Stderr, "go:", problem)
		}
	}
	names := make([]string, 0, len(best))
	for name := range best {
		if o.judges(name, args[1:]) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		pkg := best[name]
		if err := o.rows.Encode(fileRow{"file", o.relative(name)}); err != nil {
			return err
		}
		for _, file := range pkg.Syntax {
			if fset.File(file.Pos()).Name() == name {
				o.sites(pkg, file)
			}
		}
	}
	o.overrides(all)
	return o.err
}

func (o *oracle) judges(name string, folders []string) bool {
	if !o.inProject(name) {
		return false
	}
	for _, folder := range folders {
		if folder == "." || strings.HasPrefix(o.relative(name)+"/", strings.TrimSuffix(filepath.ToSlash(folder), "/")+"/") {
			return true
		}
	}
	return false
}

func (o *oracle) inProject(name string) bool {
	return strings.HasPrefix(name, o.root+string(filepath.Separator))
}

func (o *oracle) relative(name string) string {
	rel, err := filepath.Rel(o.root, name)
	if err != nil {
		return name
	}
	return filepath.ToSlash(rel)
}

// place gives the file, the 1-based line and the 0-based UTF-16 column.
func (o *oracle) place(pos token.Pos) (string, int, int) {
	at := o.fset.PositionFor(pos, false)
	lines, known := o.lines[at.Filename]
	if !known {
		text, err := os.ReadFile(at.Filename)
		if err == nil {
			lines = strings.Split(string(text), "\n")
		}
		o.lines[at.Filename] = lines
	}
	column := at.Column - 1
	if at.Line <= len(lines) && column <= len(lines[at.Line-1]) {
		units := 0
		for _, r := range lines[at.Line-1][:column] {
			units++
			if r > 0xffff {
				units++
			}
		}
		column = units
	}
	return o.relative(at.Filename), at.Line, column
}

func (o *oracle) line(pos token.Pos) int { return o.fset.PositionFor(pos, false).Line }

func (o *oracle) write(row any) {
	if err := o.rows.Encode(row); err != nil && o.err == nil {
		o.err = err
	}
}

// withoutBodies saves the time to check what dependencies do inside.
func withoutBodies(file *ast.File) {
	for _, declaration := range file.Decls {
		if function, is := declaration.(*ast.FuncDecl); is && function.Name.Name != "init" {
			function.Body = nil
		}
	}
}

// unparen takes parentheses off.
func unparen(e ast.Expr) ast.Expr {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		default:
			return e
		}
	}
}
