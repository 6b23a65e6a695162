import org.eclipse.jdt.core.dom.*;

/** How a callee is written, with where its first name comes from: the unit of the lists of misses. */
final class Shapes {
  private Shapes() {}

  static String of(ASTNode call, Expression written) {
    if (call instanceof SuperMethodInvocation) return "super.m";
    if (written == null) return "bare";
    Expression receiver = strip(written);
    if (receiver instanceof ThisExpression) return "this.m";
    if (receiver instanceof SimpleName name) return "x.m:" + origin(name);
    if (receiver instanceof FieldAccess access)
      return strip(access.getExpression()) instanceof ThisExpression ? "this.f.m" : "a.b.m";
    if (receiver instanceof SuperFieldAccess) return "super.f.m";
    if (receiver instanceof QualifiedName name)
      return name.resolveBinding() instanceof ITypeBinding ? "x.m:qualified type" : "a.b.m";
    if (receiver instanceof MethodInvocation inner) return inner.getExpression() == null ? "f().m" : "x.f().m";
    if (receiver instanceof SuperMethodInvocation) return "super.f().m";
    if (receiver instanceof ClassInstanceCreation) return "new C().m";
    if (receiver instanceof ArrayAccess) return "a[i].m";
    if (receiver instanceof CastExpression) return "((T) e).m";
    if (receiver instanceof TypeLiteral) return "C.class.m";
    if (receiver instanceof StringLiteral) return "\\\"…\\\".m".replace("\\\"", "'");
    return "expression.m";
  }

  private static Expression strip(Expression expression) {
    while (expression instanceof ParenthesizedExpression inner) expression = inner.getExpression();
    return expression;
  }

  private static String origin(SimpleName name) {
    IBinding binding = name.resolveBinding();
    if (binding instanceof ITypeBinding) return "type";
    if (!(binding instanceof IVariableBinding variable)) return "unresolved";
    if (variable.isField()) {
      if (variable.getDeclaringClass() == null) return "array length";
      return Modifier.isStatic(variable.getModifiers()) ? "static field" : "field";
    }
    ASTNode declaration = ((CompilationUnit) name.getRoot()).findDeclaringNode(variable);
    if (declaration instanceof VariableDeclarationFragment fragment) {
      if (fragment.getParent() instanceof LambdaExpression) return "parameter of a lambda";
      if (fragment.getParent() instanceof VariableDeclarationStatement s && s.getType().isVar()) return "local var";
      return "local";
    }
    if (declaration instanceof SingleVariableDeclaration single) {
      ASTNode parent = single.getParent();
      if (parent instanceof EnhancedForStatement) return "for variable";
      if (parent instanceof CatchClause) return "catch variable";
      if (parent instanceof MethodDeclaration || parent instanceof LambdaExpression)
        return variable.getType().isTypeVariable() ? "parameter of a type parameter" : "parameter";
      return "pattern variable";
    }
    return "local";
  }
}
