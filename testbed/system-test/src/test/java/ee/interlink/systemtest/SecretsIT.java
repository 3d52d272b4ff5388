package ee.interlink.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.systemtest.FrontDoor.Kind;
import ee.interlink.systemtest.SharedServer.Site;
import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.Gate;
import ee.interlink.testbed.Pods;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A secret is in the container, and nowhere that others look. */
@Tag("testbed")
@Tag("any-scheduler")
@Tag("no-shared-folder")
@Order(6)
@SideBySide
@ExtendWith(SharedServer.class)
class SecretsIT {
  private static final String MARK = "secret" + UUID.randomUUID().toString().replace("-", "");

  @Test
  void a_secret_value_is_neither_logged_nor_stored_nor_shown(Site site) throws IOException {
    ObjectNode pod = Pods.env(Gate.pod(site.pods(), 0), "PASSWORD", MARK);
    Pods.main(pod).withArray("/volumeMounts").addObject().put("name", "s").put("mountPath", "/s");
    ObjectNode volume = ((ObjectNode) pod.get("spec")).withArray("/volumes").addObject();
    volume.put("name", "s").putObject("secret").put("secretName", "key");
    ObjectNode secret = new ObjectMapper().createObjectNode();
    secret.putObject("metadata").put("name", "key").put("namespace", "system-test");
    secret.putObject("data").put("token", base64(MARK));
    site.server().wire().create(pod, List.of(), List.<JsonNode>of(secret)).expect(200);
    FrontDoor door = Kind.INTERLINK.of(site.server());
    Waits.running(door, pod);

    assertThat(commandLines()).noneMatch(line -> line.contains(MARK));
    BatchJob batchJob = site.batch().queued(Pods.uid(pod)).get(0);
    assertThat(site.batch().queueEntry(batchJob)).contains(Pods.uid(pod)).doesNotContain(MARK);

    site.gate().open(Pods.uid(pod));
    assertThat(Waits.ended(door, pod).phase()).isEqualTo("Succeeded");
    assertThat(site.batch().accountingEntry(batchJob)).contains(Pods.uid(pod)).doesNotContain(MARK);
    assertThat(holding(site.server().state())).isEmpty();
    assertThat(holding(site.server().log())).isEmpty();
    for (Path place : site.places(Pods.uid(pod))) {
      Waits.waitFor("secrets removed from " + place).until(() -> isFree(place));
    }
  }

  /** Others come and go while it is looked through; then it is looked through again. */
  private static boolean isFree(Path place) throws IOException {
    try {
      return Files.notExists(place) || holding(place).isEmpty();
    } catch (NoSuchFileException | UncheckedIOException e) {
      return false;
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> commandLines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(it -> it.getFileName().toString().matches("\\d+")).toList()) {
        lines.add(content(process.resolve("cmdline")));
      }
    }
    return lines;
  }

  private static List<Path> holding(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> content(file).contains(MARK) || content(file).contains(base64(MARK)))
          .toList();
    }
  }

  /** Empty for a file or process that has just gone. */
  private static String content(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
