package ee.interlink.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Results as Markdown shows them. */
final class Table {
  private final String title;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Table(String title, String... columns) {
    this.title = title;
    rows.add(List.of(columns));
    rows.add(Collections.nCopies(columns.length, "---"));
  }

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  Table note(String note) {
    notes.add(note);
    return this;
  }

  /** The latest row, for whoever cannot wait for the others. */
  String last() {
    return String.join(" | ", rows.get(rows.size() - 1));
  }

  String markdown() {
    StringBuilder text = new StringBuilder("**").append(title).append("**\n\n");
    rows.forEach(cells -> text.append("| ").append(String.join(" | ", cells)).append(" |\n"));
    notes.forEach(note -> text.append('\n').append(note).append('\n'));
    return text.append('\n').toString();
  }
}
