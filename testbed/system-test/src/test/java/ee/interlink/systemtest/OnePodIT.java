package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.systemtest.FrontDoor.Kind;
import ee.interlink.systemtest.SharedServer.Site;
import ee.interlink.testbed.Gate;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Testbed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way of one pod, by either front door. */
@Tag("testbed")
@Tag("any-scheduler")
@Tag("no-shared-folder")
@Order(1)
@SideBySide
@ExtendWith(SharedServer.class)
class OnePodIT {

  @Test
  void the_backend_tells_what_it_has_and_what_of_it_is_free(Site site) {
    waitFor("its capacity")
        .untilAsserted(
            () -> {
              JsonNode backend = backend(site);
              assertThat(backend.at("/capacity/cpu").asInt()).isEqualTo(site.batch().cpus());
              assertThat(backend.at("/free/cpu").asInt(-1)).isBetween(0, site.batch().cpus());
            });
  }

  private static JsonNode backend(Site site) {
    for (JsonNode backend : site.server().portal().backends()) {
      if (backend.path("name").asText().equals(Testbed.BACKEND)) {
        return backend;
      }
    }
    throw new AssertionError("no backend " + Testbed.BACKEND);
  }

  @ParameterizedTest
  @EnumSource
  void an_image_from_the_registry_runs_as_the_account_and_its_job_bears_the_uid(
      Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = site.pods().shell("id -un; echo $IMAGE_SAYS; sleep 2");
    door.create(pod);

    Waits.queued(site.batch(), Set.of(Pods.uid(pod)), 1);
    assertThat(Waits.ended(door, pod).phase()).isEqualTo("Succeeded");
    assertThat(text(door.log(pod))).isEqualTo(Testbed.USER + "\nhello\n");
  }

  @ParameterizedTest
  @EnumSource
  void it_is_pending_then_running_then_succeeded(Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = Gate.pod(site.pods(), 0);
    door.create(pod);

    Set<String> phases = new LinkedHashSet<>();
    waitFor("the end")
        .until(
            () -> {
              PodState state = door.find(pod).orElseThrow();
              boolean news = phases.add(state.phase());
              if (news && state.running()) {
                site.gate().open(Pods.uid(pod));
              }
              return state.ended();
            });
    assertThat(phases).containsExactly("Pending", "Running", "Succeeded");
  }

  @ParameterizedTest
  @EnumSource
  void the_log_comes_while_it_runs_and_after(Kind kind, Site site) throws IOException {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = Gate.pod(site.pods(), 0);
    door.create(pod);
    Waits.running(door, pod);

    try (BufferedReader log =
        new BufferedReader(new InputStreamReader(door.follow(pod), StandardCharsets.UTF_8))) {
      assertThat(log.readLine()).isEqualTo("waiting");
      assertThat(door.find(pod).orElseThrow().running()).isTrue();
      site.gate().open(Pods.uid(pod));
      assertThat(log.lines().collect(Collectors.joining("\n"))).isEqualTo("done");
    }
    assertThat(Waits.ended(door, pod).phase()).isEqualTo("Succeeded");
    assertThat(text(door.log(pod))).isEqualTo("waiting\ndone\n");
  }

  @ParameterizedTest
  @EnumSource
  void exit_code_3_is_failed_with_exit_code_3(Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = site.pods().exit(3);
    door.create(pod);

    PodState end = Waits.ended(door, pod);
    assertThat(end.phase()).isEqualTo("Failed");
    assertThat(end.exitCode()).hasValue(3);
  }

  private static String text(byte[] log) {
    return new String(log, StandardCharsets.UTF_8);
  }
}
