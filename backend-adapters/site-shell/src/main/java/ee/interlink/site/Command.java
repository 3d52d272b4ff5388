package ee.interlink.site;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One command.
 *
 * @param argv program and arguments: any text without NUL; reaches the program as it is
 * @param input what it reads from standard input
 * @param limit how long it may take
 * @param outputLimit most bytes of standard output
 */
public record Command(List<String> argv, Input input, Duration limit, int outputLimit) {
  private static final int USUAL_OUTPUT = 64 * 1024;

  /**
   * @throws IllegalArgumentException if there is no program, or an argument has a NUL
   */
  public Command {
    argv = List.copyOf(argv);
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(limit, "limit");
    if (argv.isEmpty() || argv.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
      throw new IllegalArgumentException("not a command: no program, or a NUL in an argument");
    }
  }

  /** A command without input and with a short answer. */
  public static Command of(List<String> argv, Duration limit) {
    return new Command(argv, Input.NONE, limit, USUAL_OUTPUT);
  }

  /** For messages: the program alone, since arguments may be long. */
  String program() {
    return argv.get(0);
  }
}
