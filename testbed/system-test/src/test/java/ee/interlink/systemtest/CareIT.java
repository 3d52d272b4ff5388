package ee.interlink.systemtest;

import static ee.interlink.systemtest.Waits.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.systemtest.PodWatch.Seen;
import ee.interlink.testbed.KubeNamespace;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Testbed;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Probes, hooks and sidecars as the documentation of Kubernetes has them, with their times, of nine
 * pods that run side by side; docs/probes.md shows what was measured.
 *
 * <p>Times are those of the status, in whole seconds, and those that the containers told. Both come
 * from the machine of the job, so they are the same whatever the way on which a batch system brings
 * them here.
 */
@Tag("testbed")
@Tag("no-shared-folder")
@Tag("kubernetes")
@Order(39)
@Alone
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NodeSite.Shared.class)
class CareIT {
  /** Agnhost, whose server speaks gRPC as services do; testbed/kube/conformance/images.sh. */
  private static final String GRPC_IMAGE = "/e2e/agnhost:2.66.1";

  private static final double TOLERANCE = 1;

  /** How old, in seconds, a status may be when the server next looks. */
  private static final double ROUND = 2;

  private KubeNamespace namespace;
  private PodWatch watch;
  private boolean remote;

  @BeforeAll
  void begin(NodeSite site) {
    remote = site.properties().containsKey("interlink.backends." + Testbed.BACKEND + ".schedd");
    namespace = site.kube().namespace("care");
    watch = new PodWatch(namespace);
    ObjectNode all = new ObjectMapper().createObjectNode().put("apiVersion", "v1");
    String registry = site.testbed().setting("TESTBED_REGISTRY");
    all.put("kind", "List")
        .putArray("items")
        .addAll(new CarePods(site, registry + GRPC_IMAGE).all());
    namespace.apply(all);
    for (String deleted : List.of("hooks", "sleeping-hook")) {
      watch.await(deleted, "ready", seen -> seen.is("Ready"));
    }
    namespace.kubectl("delete", "pod", "hooks", "--wait=false").output();
    String[] sooner = {"delete", "pod", "sleeping-hook", "--wait=false", "--grace-period=3"};
    namespace.kubectl(sooner).output();
  }

  @AfterAll
  void end() {
    if (watch != null) {
      watch.close();
    }
    namespace.close();
  }

  @Test
  void a_startup_probe_by_exec_that_succeeds_late_lets_the_liveness_probe_begin() {
    Seen end = ended("late-start");
    Story story = story("late-start", "over");
    List<Instant> asked = story.all("asked");
    assertThat(asked).as("times it was asked, more than by default").hasSize(4);
    story.took("begun", "asked", 1, 1);
    for (int i = 1; i < asked.size(); i++) {
      took("late-start.period", asked.get(i - 1), asked.get(i), 2, 2);
    }
    Instant last = asked.get(3).plusMillis(1200); // what the probe itself takes
    took("late-start.up-started", story.at("up"), last, 0, 2);
    took("late-start.started-alive", last, story.at("alive"), 0, 1);
    assertThat(story.at("alive")).isAfter(story.at("up"));
    for (int i = 1; i < story.all("alive").size(); i++) {
      took(
          "late-start.liveness-period",
          story.all("alive").get(i - 1),
          story.all("alive").get(i),
          1,
          1);
    }
    assertThat(story.all("alive")).hasSizeGreaterThan(2);

    Seen before = watch.await("late-start", "running", CareIT::runs);
    assertThat(before.container(Pods.MAIN).path("started").asBoolean()).isFalse();
    assertThat(before.is("Ready")).isFalse();
    Seen up = watch.await("late-start", "ready", seen -> seen.is("Ready"));
    assertThat(up.container(Pods.MAIN).path("started").asBoolean()).isTrue();
    took("late-start.started-ready", last, up.since("Ready"), 0, 0);
    assertThat(end.container(Pods.MAIN).path("restartCount").asInt()).isZero();
    assertEvent("late-start", "Unhealthy", "Startup probe failed");
  }

  @Test
  void a_container_that_http_finds_sick_is_killed_by_the_probes_own_grace_and_started_again() {
    Seen end = ended("live-http");
    JsonNode main = end.container(Pods.MAIN);
    assertThat(main.path("restartCount").asInt()).isEqualTo(1);
    JsonNode first = main.at("/lastState/terminated");
    assertThat(first.path("exitCode").asInt()).isEqualTo(137);
    Story story = story("live-http", "sick", "--previous");
    story.took("sick", "term", 2, 4);
    took("live-http.term-finished", story.at("term"), finished(first), 1, 1);
    took(
        "live-http.finished-restarted",
        finished(first),
        started(main.at("/state/terminated")),
        0,
        0);
    assertEvent(
        "live-http", "Unhealthy", "Liveness probe failed: HTTP probe failed with statuscode: 404");
    assertEvent(
        "live-http",
        "Killing",
        "Container " + Pods.MAIN + " failed liveness probe, will be restarted");
  }

  @Test
  void a_container_that_tcp_finds_sick_is_ended_and_started_again() {
    Seen end = ended("live-tcp");
    JsonNode main = end.container(Pods.MAIN);
    assertThat(main.path("restartCount").asInt()).isEqualTo(1);
    JsonNode first = main.at("/lastState/terminated");
    assertThat(first.path("exitCode").asInt()).isEqualTo(143);
    Story story = story("live-tcp", "sick", "--previous");
    took("live-tcp.sick-finished", story.at("sick"), finished(first), 2, 3);
    took(
        "live-tcp.finished-restarted",
        finished(first),
        started(main.at("/state/terminated")),
        0,
        0);
    assertEvent("live-tcp", "Unhealthy", "Liveness probe failed");
  }

  @Test
  void readiness_by_http_is_followed_within_a_period() {
    ended("ready-http");
    Story story = story("ready-http", "over");
    List<Seen> turns = watch.turns("ready-http", "Ready");
    assertThat(turns)
        .extracting(seen -> seen.is("Ready"))
        .containsExactly(false, true, false, true, false);
    took("ready-http.begun-ready", story.at("begun"), turns.get(1).since("Ready"), 3, 3);
    follows("ready-http.bad", story.at("bad"), turns.get(2), 0, 2);
    follows("ready-http.good", story.at("good"), turns.get(3), 0, 2);
    assertEvent(
        "ready-http",
        "Unhealthy",
        "Readiness probe failed: HTTP probe failed with statuscode: 404");
  }

  @Test
  void readiness_by_grpc_is_followed_after_two_answers() {
    ended("ready-grpc");
    Story story = story("ready-grpc", "over");
    List<Seen> turns = watch.turns("ready-grpc", "Ready");
    assertThat(turns)
        .extracting(seen -> seen.is("Ready"))
        .containsExactly(false, true, false, true, false);
    follows("ready-grpc.serving", story.at("serving"), turns.get(1), 1, 2);
    follows("ready-grpc.bad", story.at("bad"), turns.get(2), 1, 2);
    follows("ready-grpc.good", story.at("good"), turns.get(3), 1, 2);
    assertEvent("ready-grpc", "Unhealthy", "Readiness probe failed: service unhealthy");
  }

  @Test
  void hooks_come_after_the_start_and_before_term_and_share_the_grace_period() {
    Seen end = ended("hooks");
    Story story = Story.ofMessage(end);
    assertThat(story.words()).containsExactly("begun", "started", "stopping", "stopped", "term");
    story.took("begun", "started", 2, 2);
    Seen ready = watch.await("hooks", "ready", seen -> seen.is("Ready"));
    took("hooks.started-ready", story.at("started"), ready.since("Ready"), 0, 0);
    assertThat(watch.of("hooks").stream().filter(CareIT::runs).map(Seen::at))
        .as("running only after the hook")
        .allMatch(at -> at.isAfter(story.at("started")));
    took("hooks.asked-stopping", asked(end), story.at("stopping"), 0, 1);
    story.took("stopping", "stopped", 2, 2);
    story.took("stopped", "term", 0, 0);
    JsonNode over = end.container(Pods.MAIN).at("/state/terminated");
    took("hooks.stopping-finished", story.at("stopping"), finished(over), 4, 4);
    assertThat(over.path("exitCode").asInt()).isEqualTo(137);
  }

  @Test
  void a_hook_that_sleeps_longer_than_the_grace_period_is_cut_short_and_the_container_killed() {
    Seen end = ended("sleeping-hook");
    Story story = Story.ofMessage(end);
    assertThat(story.words()).containsExactly("begun", "term");
    JsonNode over = end.container(Pods.MAIN).at("/state/terminated");
    // After the three seconds that the deletion allows, and the one that it may take to the job.
    took("sleeping-hook.asked-term", asked(end), story.at("term"), 3, 4);
    // The two seconds that a hook's container has in any case.
    took("sleeping-hook.term-finished", story.at("term"), finished(over), 2, 2);
    assertThat(over.path("exitCode").asInt()).isEqualTo(137);
  }

  @Test
  void a_sidecar_holds_the_others_back_until_it_is_up_and_ends_after_them() {
    Seen end = ended("sidecar");
    Story side = story("sidecar", "term", "-c", "side");
    Story main = story("sidecar", "over", "-c", "main");
    took("sidecar.up-begun", side.at("up"), main.at("begun"), 0, 1);
    assertThat(main.at("begun")).isAfter(side.at("up"));
    took("sidecar.over-term", main.at("over"), side.at("term"), 0, 0);
    assertThat(side.at("term")).isAfter(main.at("over"));
    took("sidecar.up-initialized", side.at("up"), end.since("Initialized"), 0, 1);
    assertThat(end.pod().at("/status/phase").asText()).isEqualTo("Succeeded");
    assertThat(end.container("side").at("/state/terminated/exitCode").asInt()).isZero();
    Seen waiting =
        watch.await(
            "sidecar",
            "sidecar runs",
            seen ->
                seen.container("side").has("state")
                    && seen.container("side").at("/state").has("running"));
    assertThat(waiting.container("side").path("started").asBoolean()).isFalse();
    assertThat(waiting.container(Pods.MAIN).at("/state/waiting/reason").asText())
        .isEqualTo("PodInitializing");
  }

  @Test
  void a_container_whose_first_hook_fails_is_killed_and_started_again_ever_later() {
    JsonNode second = overAndToRunAgain("failing-hook", 1);
    JsonNode third = overAndToRunAgain("failing-hook", 2);
    assertThat(List.of(second, third))
        .extracting(run -> run.path("exitCode").asInt())
        .containsOnly(143);
    // The first restart comes at once, so a round may miss what was before it.
    took("failing-hook.second-third", finished(second), started(third), 10, 10);
    assertThat(watch.of("failing-hook"))
        .noneMatch(CareIT::runs)
        .noneMatch(seen -> seen.is("Ready"));
    assertEvent("failing-hook", "FailedPostStartHook", "PostStartHook failed: cannot connect");
    assertEvent("failing-hook", "Killing", "FailedPostStartHook");
    assertEvent("failing-hook", "BackOff", "Back-off restarting failed container main");
  }

  private JsonNode overAndToRunAgain(String pod, int restarts) {
    return watch
        .await(
            pod,
            "the end of run " + restarts,
            seen ->
                seen.container(Pods.MAIN).path("restartCount").asInt() == restarts
                    && seen.container(Pods.MAIN)
                        .at("/state/waiting/reason")
                        .asText()
                        .equals("CrashLoopBackOff"))
        .container(Pods.MAIN)
        .at("/lastState/terminated");
  }

  /** What a container told about its run, with times. */
  private record Story(String pod, List<String> lines) {
    private static final Pattern LINE = Pattern.compile("[0-9]+\\.[0-9]+ [a-z]+");

    static Story of(String pod, String text) {
      return new Story(
          pod, LINE.matcher(text).results().map(MatchResult::group).distinct().sorted().toList());
    }

    /** Of a pod that is deleted the last status is what remains. */
    static Story ofMessage(Seen end) {
      return of(
          end.pod().at("/metadata/name").asText(),
          end.container(Pods.MAIN).at("/state/terminated/message").asText());
    }

    List<String> words() {
      return lines.stream().map(line -> line.replaceAll("^\\S+ ", "")).toList();
    }

    List<Instant> all(String word) {
      return lines.stream()
          .filter(line -> line.endsWith(" " + word))
          .map(line -> Math.round(1000 * Double.parseDouble(line.replaceAll(" .*", ""))))
          .map(Instant::ofEpochMilli)
          .toList();
    }

    /** The first time. */
    Instant at(String word) {
      assertThat(words()).as(pod).contains(word);
      return all(word).get(0);
    }

    void took(String from, String to, double least, double most) {
      CareIT.took(pod + "." + from + "-" + to, at(from), at(to), least, most);
    }
  }

  /** From a container's log, once it has this word; with a remote schedd a log comes by itself. */
  private Story story(String pod, String last, String... options) {
    String[] words =
        Stream.concat(Stream.of("logs", pod), Stream.of(options)).toArray(String[]::new);
    return waitFor(pod + "'s log")
        .until(
            () -> Story.of(pod, namespace.kubectl(words).out()),
            story -> story.words().contains(last));
  }

  /** Readiness as the status tells it, and when a client saw it. */
  private void follows(String what, Instant cause, Seen turn, double least, double most) {
    took(what, cause, turn.since("Ready"), least, most);
    double seen = figure(what + ".seen", cause, turn.at());
    if (!remote) { // where it is up to the rounds in which files and news travel
      assertThat(seen).as(what + ".seen").isLessThanOrEqualTo(most + ROUND + TOLERANCE);
    }
  }

  private static void took(String what, Instant from, Instant to, double least, double most) {
    double seconds = figure(what, from, to);
    assertThat(seconds + cutOff(to)).as(what).isGreaterThanOrEqualTo(least - TOLERANCE);
    assertThat(seconds - cutOff(from)).as(what).isLessThanOrEqualTo(most + TOLERANCE);
  }

  /** What a time of the status, in whole seconds, may be too early. */
  private static double cutOff(Instant at) {
    return at.equals(at.truncatedTo(ChronoUnit.SECONDS)) ? 1 : 0;
  }

  private static double figure(String what, Instant from, Instant to) {
    double seconds = Duration.between(from, to).toMillis() / 1000.0;
    System.out.printf(Locale.ROOT, "FIGURE care.%s %.1f%n", what, seconds);
    return seconds;
  }

  private Seen ended(String pod) {
    return watch.await(
        pod,
        "its end",
        seen -> List.of("Succeeded", "Failed").contains(seen.pod().at("/status/phase").asText()));
  }

  private static boolean runs(Seen seen) {
    return seen.container(Pods.MAIN).at("/state").has("running");
  }

  private static Instant started(JsonNode terminated) {
    return Instant.parse(terminated.path("startedAt").asText());
  }

  private static Instant finished(JsonNode terminated) {
    return Instant.parse(terminated.path("finishedAt").asText());
  }

  /** When the deletion was asked for. */
  private static Instant asked(Seen end) {
    JsonNode metadata = end.pod().path("metadata");
    return Instant.parse(metadata.path("deletionTimestamp").asText())
        .minusSeconds(metadata.path("deletionGracePeriodSeconds").asLong());
  }

  private void assertEvent(String pod, String reason, String message) {
    waitFor(pod + ": Event " + reason + ": " + message)
        .untilAsserted(
            () ->
                assertThat(namespace.events(pod))
                    .extracting(
                        event ->
                            event.path("reason").asText() + ": " + event.path("message").asText())
                    .anyMatch(text -> text.startsWith(reason + ": " + message)));
  }
}
