package ee.interlink.slurm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The constant texts that run at the site, one for each kind of call. */
enum Script {
  SUBMIT,
  FIND,
  REPORT,
  ENDED,
  CANCEL,
  LOG,
  DISCARD,
  CAPACITY,
  RUNTIME;

  private final String text = resource("common") + resource(name().toLowerCase(Locale.ROOT));

  String text() {
    return text;
  }

  private static String resource(String name) {
    try (InputStream script = Script.class.getResourceAsStream(name + ".sh")) {
      if (script == null) {
        throw new IllegalStateException("the archive has no " + name + ".sh");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
