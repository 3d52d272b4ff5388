package ee.interlink.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.KubeNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code kubectl logs} with its flags. */
@Tag("testbed")
@Tag("any-scheduler")
@Tag("no-shared-folder")
@Tag("kubernetes")
@Order(22)
@SideBySide
@ExtendWith(NodeSite.Shared.class)
class NodeLogsIT {
  private KubeNamespace namespace;

  @BeforeEach
  void begin(NodeSite site) {
    namespace = site.kube().namespace("logs");
  }

  @AfterEach
  void end() {
    namespace.close();
  }

  @Test
  void of_an_ended_pod_all_lines_the_last_ones_those_since_and_their_times(NodeSite site) {
    Instant begin = Instant.now().minus(Duration.ofSeconds(5));
    namespace.apply(site.pod("lines", "echo one; echo two; printf 'three, no newline'"));
    await("lines", "jsonpath={.status.phase}=Succeeded");

    assertThat(logs("lines")).isEqualTo("one\ntwo\nthree, no newline");
    assertThat(logs("lines", "--tail=2")).isEqualTo("two\nthree, no newline");
    assertThat(logs("lines", "--tail=0")).isEmpty();
    assertThat(logs("lines", "--limit-bytes=5")).isEqualTo("one\nt");
    assertThat(logs("lines", "--since=1h")).isEqualTo("one\ntwo\nthree, no newline");
    assertThat(logs("lines", "--since-time=2100-01-01T00:00:00Z")).isEmpty();

    List<String> stamped = logs("lines", "--timestamps").lines().toList();
    assertThat(stamped.stream().map(line -> line.replaceFirst("^\\S+ ", "")))
        .containsExactly("one", "two", "three, no newline");
    assertThat(stamped.stream().map(line -> Instant.parse(line.split(" ", 2)[0])))
        .isSorted()
        .allMatch(time -> time.isAfter(begin) && time.isBefore(Instant.now().plusSeconds(5)));
  }

  @Test
  void a_follower_sees_lines_as_they_come_and_ends_with_the_container(NodeSite site)
      throws IOException, InterruptedException {
    namespace.apply(site.gated("followed"));
    await("followed", "condition=Ready");
    Process follower = namespace.begin("logs", "-f", "followed");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(follower.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("waiting");
      assertThat(namespace.phase("followed")).isEqualTo("Running");
      site.gate().open(namespace.uid("followed"));
      assertThat(lines.lines().collect(Collectors.joining("\n"))).isEqualTo("done");
      assertThat(follower.waitFor()).isZero();
    } finally {
      follower.destroyForcibly();
    }
  }

  @Test
  void a_container_that_was_restarted_still_has_its_earlier_run(NodeSite site) {
    ObjectNode pod = site.gated("again");
    NodePods.spec(pod).put("restartPolicy", "OnFailure");
    ObjectNode main = (ObjectNode) pod.at("/spec/containers/0");
    main.putArray("command")
        .add("/bin/sh")
        .add("-c")
        .add("if [ -e /gate/was ]; then echo second; else : >/gate/was; echo first; exit 1; fi");
    namespace.apply(pod);
    await("again", "jsonpath={.status.phase}=Succeeded");
    assertThat(logs("again")).isEqualTo("second\n");
    assertThat(logs("again", "--previous")).isEqualTo("first\n");
    assertThat(namespace.pod("again").at("/status/containerStatuses/0/restartCount").asInt())
        .isEqualTo(1);
  }

  @Test
  void of_a_container_without_an_earlier_run_kubectl_is_told_so(NodeSite site) {
    namespace.apply(site.pod("once", "true"));
    await("once", "jsonpath={.status.phase}=Succeeded");
    assertThat(namespace.kubectl("logs", "--previous", "once").err())
        .contains("previous terminated container")
        .contains("not found");
  }

  private void await(String pod, String condition) {
    namespace.kubectl("wait", "--for=" + condition, "pod/" + pod, "--timeout=90s").output();
  }

  private String logs(String pod, String... flags) {
    String[] words = Stream.concat(Stream.of("logs", pod), Stream.of(flags)).toArray(String[]::new);
    return namespace.kubectl(words).output();
  }
}
