package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.site.CommandResult;
import java.util.ArrayList;
import java.util.List;

/** Reads an answer in parts. A part that is missing makes the whole answer worthless. */
final class Sections {
  private static final char MARK = '\u001e';

  private final CommandResult result;
  private final List<String> lines;
  private int next;
  private String argument = "";

  Sections(CommandResult result, String head) throws BackendUnavailableException {
    this.result = result;
    this.lines = List.of(result.text().split("\n", -1));
    if (!lines.get(next++).equals(head)) {
      throw JobAnswer.garbled(result);
    }
  }

  /** The lines up to the mark with this name. */
  List<String> until(String name) throws BackendUnavailableException {
    List<String> part = new ArrayList<>();
    while (next < lines.size()) {
      String line = lines.get(next++);
      if (line.isEmpty() || line.charAt(0) != MARK) {
        part.add(line);
      } else if (line.substring(1).split(" ", 2)[0].equals(name)) {
        argument = line.substring(1 + name.length()).strip();
        return part;
      } else {
        break;
      }
    }
    throw JobAnswer.garbled(result);
  }

  /** What was said beside it. */
  String errors() {
    return result.errors();
  }

  /** The number at the mark that was reached last. */
  int number() throws BackendUnavailableException {
    if (!argument.matches("[0-9]{1,3}")) {
      throw JobAnswer.garbled(result);
    }
    return Integer.parseInt(argument);
  }
}
