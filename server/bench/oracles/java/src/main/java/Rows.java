import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Writes rows of truth as JSON lines. */
final class Rows {
  private final Path root;
  private final PrintStream out;

  Rows(Path root, PrintStream out) {
    this.root = root;
    this.out = out;
  }

  String relative(String path) {
    return root.relativize(Path.of(path)).toString().replace('\\', '/');
  }

  void file(String path) {
    out.println("{\"row\":\"file\",\"file\":" + quote(relative(path)) + "}");
  }

  void override(Declarations.Symbol base, Declarations.Symbol by) {
    out.println("{\"row\":\"override\",\"base\":" + show(base) + ",\"by\":" + show(by) + "}");
  }

  void site(
      String path, int line, int column, String name, String form, String judged,
      Collection<Declarations.Symbol> targets, List<Declarations.Symbol> callers, String shape,
      Collection<String> traits) {
    StringBuilder row = new StringBuilder("{\"row\":\"site\",\"file\":").append(quote(relative(path)));
    row.append(",\"line\":").append(line).append(",\"column\":").append(column);
    row.append(",\"name\":").append(quote(name)).append(",\"form\":").append(quote(form));
    row.append(",\"class\":").append(quote(judged));
    row.append(",\"targets\":").append(list(targets.stream().map(this::show).toList()));
    row.append(",\"callers\":").append(list(callers.stream().map(this::show).toList()));
    row.append(",\"shape\":").append(quote(shape));
    row.append(",\"traits\":").append(list(traits.stream().map(Rows::quote).toList())).append('}');
    out.println(row);
  }

  private String show(Declarations.Symbol symbol) {
    String kind = symbol.kind() == null ? "" : ",\"kind\":" + quote(symbol.kind());
    String owner = symbol.owner() == null ? "" : ",\"owner\":" + quote(symbol.owner());
    return "{\"file\":" + quote(relative(symbol.path())) + ",\"name\":" + quote(symbol.name())
        + ",\"startLine\":" + symbol.startLine() + ",\"line\":" + symbol.line() + kind + owner + "}";
  }

  private static String list(List<String> items) {
    return "[" + String.join(",", items) + "]";
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
