import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.dom.AST;
import org.eclipse.jdt.core.dom.ASTParser;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.FileASTRequestor;

/**
 * Call sites of Java files, judged by Eclipse's compiler with binding recovery, as rows of truth on standard output.
 * Arguments: the checkout and the folders to judge. All source roots of the checkout are in the project, found by
 * their package declarations; dependencies are not needed, but what JAVA_ORACLE_CLASSPATH names is used.
 */
public final class JavaOracle {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");

  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]).toRealPath();
    List<Path> judged = new ArrayList<>();
    for (String folder : Arrays.asList(args).subList(1, args.length)) judged.add(root.resolve(folder).normalize());

    TreeSet<String> roots = new TreeSet<>();
    List<String> files = new ArrayList<>();
    for (Path file : javaFiles(root)) {
      String sourceRoot = sourceRootOf(file);
      // Multi-release variants (`java21`) declare the same types once more.
      if (sourceRoot == null || sourceRoot.matches(".*/java\\d+$")) continue;
      roots.add(sourceRoot);
      files.add(file.toString());
    }
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Rows rows = new Rows(root, out);

    Declarations declarations = new Declarations(rows);
    parse(files, roots, true, (path, unit) -> unit.accept(declarations.in(path, unit)));
    System.err.println("java: " + files.size() + " files, " + declarations.size() + " declarations");

    List<String> wanted = new ArrayList<>();
    for (String file : files) if (judged.stream().anyMatch(Path.of(file)::startsWith)) wanted.add(file);
    parse(wanted, roots, false, (path, unit) -> {
      // Classes inside bodies: their methods are targets too.
      unit.accept(declarations.in(path, unit));
      rows.file(path);
      unit.accept(new CallSites(path, unit, declarations, rows));
    });
    declarations.writeOverrides();
    out.flush();
  }

  private interface Taker {
    void take(String path, CompilationUnit unit);
  }

  private static void parse(List<String> files, TreeSet<String> roots, boolean heads, Taker taker) {
    ASTParser parser = ASTParser.newParser(AST.getJLSLatest());
    String[] sourceRoots = roots.toArray(String[]::new);
    String[] encodings = new String[sourceRoots.length];
    Arrays.fill(encodings, "UTF-8");
    parser.setEnvironment(classpath(), sourceRoots, encodings, true);
    Map<String, String> options = JavaCore.getOptions();
    JavaCore.setComplianceOptions(JavaCore.latestSupportedJavaVersion(), options);
    parser.setCompilerOptions(options);
    parser.setResolveBindings(true);
    parser.setBindingsRecovery(true);
    parser.setStatementsRecovery(true);
    parser.setIgnoreMethodBodies(heads);
    String[] fileEncodings = new String[files.size()];
    Arrays.fill(fileEncodings, "UTF-8");
    FileASTRequestor requestor = new FileASTRequestor() {
      @Override
      public void acceptAST(String path, CompilationUnit unit) {
        taker.take(path, unit);
      }
    };
    parser.createASTs(files.toArray(String[]::new), fileEncodings, new String[0], requestor, null);
  }

  /** Lambdas given to methods of a missing library stay unresolved; jars named here save them. */
  private static String[] classpath() {
    String given = System.getenv("JAVA_ORACLE_CLASSPATH");
    if (given == null) return new String[0];
    return Arrays.stream(given.split(File.pathSeparator)).filter(path -> new File(path).exists()).toArray(String[]::new);
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(root, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String name = folder.getFileName().toString();
        boolean hidden = name.startsWith(".") && !folder.equals(root);
        return hidden || name.equals("node_modules") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = file.getFileName().toString();
        if (name.endsWith(".java") && !name.equals("module-info.java") && !name.equals("package-info.java"))
          found.add(file);
        return FileVisitResult.CONTINUE;
      }
    });
    found.sort(null);
    return found;
  }

  /** The folder that the package's path starts from; null if the folders do not fit the package. */
  private static String sourceRootOf(Path file) throws IOException {
    Matcher matcher = PACKAGE.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    Path folder = file.getParent();
    if (!matcher.find()) return folder.toString();
    String[] parts = matcher.group(1).split("\\.");
    for (int i = parts.length - 1; i >= 0; i--) {
      if (folder == null || !folder.getFileName().toString().equals(parts[i])) return null;
      folder = folder.getParent();
    }
    return folder == null ? null : folder.toString();
  }
}
