import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jdt.core.dom.*;

/** Turns every call of one file into a row of truth. */
final class CallSites extends ASTVisitor {
  private final String path;
  private final CompilationUnit unit;
  private final Declarations declarations;
  private final Rows rows;
  private final Imports imports;

  CallSites(String path, CompilationUnit unit, Declarations declarations, Rows rows) {
    this.path = path;
    this.unit = unit;
    this.declarations = declarations;
    this.rows = rows;
    this.imports = new Imports(unit, declarations);
  }

  @Override
  public boolean visit(MethodInvocation node) {
    judge(node, node.getName(), "call", node.resolveMethodBinding(), node.getExpression());
    return true;
  }

  @Override
  public boolean visit(SuperMethodInvocation node) {
    judge(node, node.getName(), "call", node.resolveMethodBinding(), null);
    return true;
  }

  @Override
  public boolean visit(ClassInstanceCreation node) {
    IMethodBinding constructor = node.resolveConstructorBinding();
    ITypeBinding type = node.getType().resolveBinding();
    if (node.getAnonymousClassDeclaration() != null && type != null) {
      // `new Base(…) { … }` constructs an anonymous class; what is named is Base.
      Declarations.Symbol base = declarations.of(type.getErasure().getTypeDeclaration());
      List<Declarations.Symbol> targets = new ArrayList<>();
      if (base != null) {
        targets.add(base);
        for (IMethodBinding method : type.getErasure().getTypeDeclaration().getDeclaredMethods())
          if (method.isConstructor() && declarations.of(method) != null) targets.add(declarations.of(method));
      }
      row(node, nameOf(node.getType()), "new", base == null ? "external" : "inProject", targets, "new anonymous", traitsOf(null, null));
    } else judge(node, nameOf(node.getType()), "new", constructor, node.getExpression());
    return true;
  }

  @Override
  public boolean visit(SuperConstructorInvocation node) {
    explicit(node, node.resolveConstructorBinding(), "super", "super");
    return true;
  }

  @Override
  public boolean visit(ConstructorInvocation node) {
    explicit(node, node.resolveConstructorBinding(), "this", "call");
    return true;
  }

  /** An enum constant calls a constructor without saying so: neither a miss nor a wrong edge. */
  @Override
  public boolean visit(EnumConstantDeclaration node) {
    IMethodBinding constructor = node.resolveConstructorBinding();
    if (constructor != null)
      row(node, node.getName(), "new", "unknown", declarations.targets(constructor.getMethodDeclaration()), "enum constant", List.of());
    return true;
  }

  @Override
  public boolean visit(ExpressionMethodReference node) {
    reference(node, node.getName(), node.resolveMethodBinding());
    return true;
  }

  @Override
  public boolean visit(TypeMethodReference node) {
    reference(node, node.getName(), node.resolveMethodBinding());
    return true;
  }

  @Override
  public boolean visit(SuperMethodReference node) {
    reference(node, node.getName(), node.resolveMethodBinding());
    return true;
  }

  @Override
  public boolean visit(MarkerAnnotation node) {
    annotation(node);
    return true;
  }

  @Override
  public boolean visit(SingleMemberAnnotation node) {
    annotation(node);
    return true;
  }

  @Override
  public boolean visit(NormalAnnotation node) {
    annotation(node);
    return true;
  }

  private void annotation(Annotation node) {
    Declarations.Symbol target = declarations.of(node.resolveTypeBinding());
    Name name = node.getTypeName();
    row(node, name instanceof QualifiedName q ? q.getName() : (SimpleName) name, "decorator",
        target == null ? "external" : "inProject", target == null ? List.of() : List.of(target), "@annotation", List.of());
  }

  private void reference(MethodReference node, SimpleName name, IMethodBinding method) {
    if (method == null) return;
    List<Declarations.Symbol> targets = declarations.targets(method.getMethodDeclaration());
    row(node, name, "callback", targets.isEmpty() ? "external" : "inProject", targets, "X::m", List.of());
  }

  /** `this(…)` and `super(…)`; the keyword is the name token. */
  private void explicit(ASTNode node, IMethodBinding method, String keyword, String form) {
    int at = node.getStartPosition();
    if (node instanceof SuperConstructorInvocation s && s.getExpression() != null)
      at = s.getExpression().getStartPosition() + s.getExpression().getLength() + 1;
    List<Declarations.Symbol> targets = method == null ? List.of() : declarations.targets(method.getMethodDeclaration());
    String judged = method == null ? "unknown" : targets.isEmpty() ? "external" : "inProject";
    rows.site(path, unit.getLineNumber(at), unit.getColumnNumber(at), keyword, form, judged, targets, callers(node),
        keyword + "()", List.of());
  }

  private void judge(ASTNode node, SimpleName name, String form, IMethodBinding method, Expression receiver) {
    String shape = form.equals("new") ? (receiver == null ? "new" : "outer.new") : Shapes.of(node, receiver);
    if (method == null) {
      ITypeBinding type = receiver == null ? null : receiver.resolveTypeBinding();
      boolean missing = imports.startsOutside(node)
          || type != null && !type.isRecovered() && !declarations.hasType(type) && !type.isTypeVariable();
      row(node, name, form, missing ? "external" : "unknown", List.of(), shape, List.of());
      return;
    }
    IMethodBinding declared = method.getMethodDeclaration();
    List<Declarations.Symbol> targets = declarations.targets(declared);
    // Implicit members (`values()`, a record's accessor) have no declaration of their own.
    boolean implicit = declarations.of(declared) == null && !declared.isConstructor();
    String judged = declarations.hasType(declared.getDeclaringClass())
        ? (implicit ? "unknown" : "inProject")
        : declared.getDeclaringClass().getName().isEmpty() && !targets.isEmpty() ? "inProject" : "external";
    row(node, name, form, judged, targets, shape, traitsOf(declared, receiver));
  }

  private void row(
      ASTNode node, SimpleName name, String form, String judged, List<Declarations.Symbol> targets, String shape,
      Iterable<String> traits) {
    List<String> sorted = new ArrayList<>();
    traits.forEach(sorted::add);
    int at = name.getStartPosition();
    rows.site(path, unit.getLineNumber(at), unit.getColumnNumber(at), name.getIdentifier(), form, judged, targets,
        callers(node), shape, sorted);
  }

  private TreeSet<String> traitsOf(IMethodBinding method, Expression receiver) {
    TreeSet<String> traits = new TreeSet<>();
    if (method == null) return traits;
    ITypeBinding owner = method.getDeclaringClass();
    if (Modifier.isStatic(method.getModifiers())) traits.add("static");
    if (Modifier.isAbstract(method.getModifiers())) traits.add("interface");
    if (owner.isGenericType()) traits.add("generic");
    int siblings = 0;
    for (IMethodBinding other : owner.getDeclaredMethods())
      if (other.getName().equals(method.getName())) siblings += 1;
    if (siblings > 1) traits.add("overload");
    ITypeBinding type = receiver == null ? null : receiver.resolveTypeBinding();
    if (type != null) {
      if (type.isTypeVariable() || type.isCapture() || type.isWildcardType()) traits.add("type parameter");
      else if (!type.getErasure().getTypeDeclaration().isEqualTo(owner.getTypeDeclaration())) traits.add("inherited");
    } else if (receiver == null && !method.isConstructor()) {
      ITypeBinding around = around(owner);
      if (around == null) traits.add("inherited or imported");
    }
    return traits;
  }

  private ITypeBinding around(ITypeBinding owner) {
    for (Object type : unit.types()) {
      ITypeBinding binding = ((AbstractTypeDeclaration) type).resolveBinding();
      if (binding != null && owner.getErasure().getTypeDeclaration().isEqualTo(binding)) return binding;
    }
    return null;
  }

  /** Methods and types around a node, innermost first; lambdas and initialisers belong to what is around them. */
  private List<Declarations.Symbol> callers(ASTNode node) {
    List<Declarations.Symbol> found = new ArrayList<>();
    for (ASTNode at = node.getParent(); at != null; at = at.getParent()) {
      IBinding binding = null;
      if (at instanceof MethodDeclaration method) binding = method.resolveBinding();
      else if (at instanceof AbstractTypeDeclaration type) binding = type.resolveBinding();
      Declarations.Symbol symbol = declarations.of(binding);
      if (symbol != null) found.add(symbol);
    }
    // An annotation stands outside of what it decorates.
    if (node instanceof Annotation && node.getParent() instanceof BodyDeclaration && !found.isEmpty()) found.remove(0);
    return found;
  }

  private static SimpleName nameOf(Type type) {
    if (type instanceof ParameterizedType parameterized) return nameOf(parameterized.getType());
    if (type instanceof QualifiedType qualified) return qualified.getName();
    if (type instanceof NameQualifiedType qualified) return qualified.getName();
    Name name = ((SimpleType) type).getName();
    return name instanceof QualifiedName qualified ? qualified.getName() : (SimpleName) name;
  }
}
