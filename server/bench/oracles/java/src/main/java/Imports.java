import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.core.dom.*;

/** What the imports of a file say of names that could not be resolved: most come from a missing dependency. */
final class Imports {
  private final Declarations declarations;
  /** The qualified type that a simple name (of a type or a static member) comes from. */
  private final Map<String, String> named = new HashMap<>();
  private final Set<String> staticOnDemand = new HashSet<>();

  Imports(CompilationUnit unit, Declarations declarations) {
    this.declarations = declarations;
    for (Object entry : unit.imports()) {
      ImportDeclaration declaration = (ImportDeclaration) entry;
      String name = declaration.getName().getFullyQualifiedName();
      if (declaration.isOnDemand()) {
        if (declaration.isStatic()) staticOnDemand.add(name);
        continue;
      }
      String member = name.substring(name.lastIndexOf('.') + 1);
      named.put(member, declaration.isStatic() ? name.substring(0, name.lastIndexOf('.')) : name);
    }
  }

  /** True if the first link of an unresolved callee is imported from outside the project. */
  boolean startsOutside(ASTNode callee) {
    ASTNode at = callee;
    while (true) {
      if (at instanceof MethodInvocation call) {
        if (call.getExpression() == null) {
          String from = named.get(call.getName().getIdentifier());
          if (from != null) return !declarations.hasTypeNamed(from);
          return call.resolveMethodBinding() == null
              && staticOnDemand.stream().anyMatch(type -> !declarations.hasTypeNamed(type));
        }
        at = call.getExpression();
      } else if (at instanceof ClassInstanceCreation creation) {
        return isOutside(creation.getType().toString().replaceAll("<.*", ""));
      } else if (at instanceof FieldAccess access) at = access.getExpression();
      else if (at instanceof ParenthesizedExpression inner) at = inner.getExpression();
      else if (at instanceof QualifiedName name) at = name.getQualifier();
      else if (at instanceof CastExpression cast) return isOutside(cast.getType().toString().replaceAll("<.*", ""));
      else if (at instanceof SimpleName name) {
        if (name.resolveBinding() instanceof IVariableBinding variable && variable.getType() != null)
          return variable.getType().isRecovered() && isOutside(variable.getType().getName().replaceAll("<.*", ""));
        return isOutside(name.getIdentifier());
      } else return false;
    }
  }

  private boolean isOutside(String type) {
    String from = named.get(type.contains(".") ? type.substring(0, type.indexOf('.')) : type);
    return from != null && !declarations.hasTypeNamed(from);
  }
}
