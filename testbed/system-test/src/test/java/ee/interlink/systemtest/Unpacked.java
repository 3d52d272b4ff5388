package ee.interlink.systemtest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files and variables on their way out of a job: a line of its log for each, in base64. */
final class Unpacked {
  private static final String FORMAT = "| base64 | tr -d '\\n'; echo; ";

  private Unpacked() {}

  /**
   * What the job found.
   *
   * @param mode in octal; "-" of a variable
   * @param base64 the content
   */
  record Entry(String mode, String base64) {
    static Entry of(String mode, byte[] content) {
      return new Entry(mode, Base64.getEncoder().encodeToString(content));
    }

    static Entry of(String mode, String text) {
      return of(mode, text.getBytes(StandardCharsets.UTF_8));
    }

    String text() {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
  }

  /** Shell that prints these files, which are below a folder. */
  static String script(String folder, String... files) {
    return "cd "
        + folder
        + "; "
        + Stream.of(files)
            .map(
                file ->
                    "echo -n \""
                        + file
                        + " $(stat -L -c %a "
                        + file
                        + ") \"; cat "
                        + file
                        + " "
                        + FORMAT)
            .collect(Collectors.joining());
  }

  /** Shell that prints these variables. */
  static String variables(String... names) {
    return Stream.of(names)
        .map(name -> "echo -n '" + name + " - '; printf %s \"$" + name + "\" " + FORMAT)
        .collect(Collectors.joining());
  }

  static Map<String, Entry> parse(String log) {
    Map<String, Entry> entries = new HashMap<>();
    for (String line : log.lines().toList()) {
      String[] fields = line.split(" ", 3);
      entries.put(fields[0], new Entry(fields[1], fields[2]));
    }
    return entries;
  }
}
