package ee.interlink.offload.pod;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields that a pod's specification can have, as {@code testbed/kube/pod-fields.sh} found them.
 *
 * @param version of Kubernetes
 * @param paths of all that have no fields of their own, as {@code pod-fields.txt} writes them
 */
record PodSpecFields(String version, List<String> paths) {
  private static final Pattern HEAD = Pattern.compile("# Kubernetes (\\S+):.*");

  static PodSpecFields known() {
    try (InputStream resource = PodSpecFields.class.getResourceAsStream("pod-spec-fields.txt")) {
      List<String> lines =
          new String(resource.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      Matcher head = HEAD.matcher(lines.get(0));
      if (!head.matches()) {
        throw new IllegalStateException("pod-spec-fields.txt begins with no version");
      }
      return new PodSpecFields(head.group(1), lines.subList(1, lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
