import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jdt.core.dom.*;

/** Where the methods and types of the project are declared, by binding key; and what overrides what. */
final class Declarations {
  /** `kind` is `class`, `constructor` or null; lines are 1-based. */
  record Symbol(String path, String name, int startLine, int line, String kind, String owner) {}

  private final Rows rows;
  private final Map<String, Symbol> byKey = new HashMap<>();
  /** Methods of a type by name, for overload siblings: `typeKey#name`. */
  private final Map<String, List<Symbol>> named = new HashMap<>();
  private final Set<String> typeNames = new HashSet<>();
  private final Map<String, List<String>> overriddenBy = new HashMap<>();

  Declarations(Rows rows) {
    this.rows = rows;
  }

  int size() {
    return byKey.size();
  }

  boolean hasType(ITypeBinding type) {
    return type != null && byKey.containsKey(type.getErasure().getTypeDeclaration().getKey());
  }

  boolean hasTypeNamed(String qualifiedName) {
    return typeNames.contains(qualifiedName);
  }

  Symbol of(IBinding binding) {
    return binding == null ? null : byKey.get(binding.getKey());
  }

  /** The method itself first, then its overload siblings; a class answers for its constructors and they for it. */
  List<Symbol> targets(IMethodBinding method) {
    Set<Symbol> found = new LinkedHashSet<>();
    ITypeBinding type = method.getDeclaringClass().getErasure().getTypeDeclaration();
    Symbol exact = of(method);
    if (exact != null) found.add(exact);
    found.addAll(named.getOrDefault(type.getKey() + "#" + (method.isConstructor() ? "<init>" : method.getName()), List.of()));
    Symbol owner = of(type);
    if (method.isConstructor() && owner != null) found.add(owner);
    return new ArrayList<>(found);
  }

  ASTVisitor in(String path, CompilationUnit unit) {
    return new ASTVisitor() {
      @Override
      public void preVisit(ASTNode node) {
        if (node instanceof AbstractTypeDeclaration type) {
          ITypeBinding binding = type.resolveBinding();
          if (binding != null) {
            byKey.put(binding.getKey(), symbol(path, unit, type, type.getName(), "class", null));
            typeNames.add(binding.getQualifiedName());
          }
          if (type instanceof RecordDeclaration declared && binding != null) {
            Symbol record = byKey.get(binding.getKey());
            for (Object component : declared.recordComponents()) {
              SimpleName name = ((SingleVariableDeclaration) component).getName();
              Symbol field = symbol(path, unit, (ASTNode) component, name, null, record.name());
              named.computeIfAbsent(binding.getKey() + "#" + name.getIdentifier(), k -> new ArrayList<>()).add(field);
            }
          }
        } else if (node instanceof MethodDeclaration method) {
          add(path, unit, method, method.getName(), method.resolveBinding(), method.isConstructor());
        } else if (node instanceof AnnotationTypeMemberDeclaration member) {
          add(path, unit, member, member.getName(), member.resolveBinding(), false);
        }
      }
    };
  }

  private void add(
      String path, CompilationUnit unit, BodyDeclaration node, SimpleName name, IMethodBinding binding,
      boolean isConstructor) {
    if (binding == null || byKey.containsKey(binding.getKey())) return;
    ITypeBinding type = binding.getDeclaringClass();
    Symbol symbol =
        symbol(path, unit, node, name, isConstructor ? "constructor" : null, type.getName().isEmpty() ? null : type.getErasure().getName());
    byKey.put(binding.getKey(), symbol);
    String key = type.getTypeDeclaration().getKey() + "#" + (isConstructor ? "<init>" : name.getIdentifier());
    named.computeIfAbsent(key, k -> new ArrayList<>()).add(symbol);
    if (!isConstructor && !Modifier.isStatic(binding.getModifiers()) && !Modifier.isPrivate(binding.getModifiers()))
      for (IMethodBinding overridden : overridden(binding))
        overriddenBy.computeIfAbsent(overridden.getKey(), k -> new ArrayList<>()).add(binding.getKey());
  }

  private static List<IMethodBinding> overridden(IMethodBinding method) {
    List<IMethodBinding> found = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    Deque<ITypeBinding> open = new ArrayDeque<>(supertypes(method.getDeclaringClass()));
    while (!open.isEmpty()) {
      ITypeBinding type = open.pop();
      if (!seen.add(type.getKey())) continue;
      for (IMethodBinding other : type.getDeclaredMethods())
        if (other.getName().equals(method.getName()) && method.overrides(other)) found.add(other.getMethodDeclaration());
      open.addAll(supertypes(type));
    }
    return found;
  }

  static List<ITypeBinding> supertypes(ITypeBinding type) {
    List<ITypeBinding> found = new ArrayList<>(List.of(type.getInterfaces()));
    if (type.getSuperclass() != null) found.add(type.getSuperclass());
    return found;
  }

  void writeOverrides() {
    overriddenBy.forEach((baseKey, keys) -> {
      Symbol base = byKey.get(baseKey);
      if (base == null) return;
      for (String key : keys) if (byKey.get(key) != null) rows.override(base, byKey.get(key));
    });
  }

  /** The declaration without its documentation, from its first modifier or annotation on. */
  private Symbol symbol(String path, CompilationUnit unit, ASTNode node, SimpleName name, String kind, String owner) {
    int start = node.getStartPosition();
    if (node instanceof BodyDeclaration body && body.getJavadoc() != null) {
      int after = body.getJavadoc().getStartPosition() + body.getJavadoc().getLength();
      start = body.modifiers().isEmpty() ? after : ((ASTNode) body.modifiers().get(0)).getStartPosition();
      // Without modifiers the first token after the comment may stand on a later line; the range only gets wider.
    }
    return new Symbol(
        path, name.getIdentifier(), unit.getLineNumber(start), unit.getLineNumber(name.getStartPosition()), kind, owner);
  }
}
