package ee.interlink.site.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A constant text that goes to the site. */
public final class TextResource {
  private TextResource() {}

  /**
   * Reads a resource that lies beside a class.
   *
   * @throws IllegalStateException if there is none of this name
   */
  public static String read(Class<?> neighbour, String name) {
    try (InputStream text = neighbour.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException("the archive has no " + name);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
