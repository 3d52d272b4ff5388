package ee.interlink.kubernetes.pods;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.PodUid;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeUpdate;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.status.PodFacts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What comes to running pods of what changes in the cluster. */
class VolumeRoundsTest {
  private static final Duration ROUND = Duration.ofSeconds(20);

  private final NodeHouse house = new NodeHouse();
  private final PodUid uid = SamplePod.freshUid();

  @Test
  void a_changed_config_map_comes_to_the_pods_that_show_it_and_to_no_other() {
    house.reads.configMap("settings", "1");
    house.reads.configMap("other", "1");
    runs(showing(uid, "settings"));
    runs(showing(SamplePod.freshUid(), "other"));
    house.volumesAfter(ROUND);
    assertThat(house.pods.updated).as("before it changes").isEmpty();
    house.reads.configMap("settings", "2");
    house.volumesAfter(ROUND);
    house.volumesAfter(ROUND);
    VolumeUpdate update = only();
    assertThat(update.pod()).isEqualTo(uid);
    assertThat(contents(update)).containsExactly("2");
  }

  @Test
  void an_object_that_many_pods_show_is_read_once_in_a_while_for_all() {
    house.reads.configMap("settings", "1");
    for (int i = 0; i < 5; i++) {
      runs(showing(SamplePod.freshUid(), "settings"));
    }
    house.reads.asked.clear();
    for (int i = 0; i < 40; i++) {
      house.volumesAfter(Duration.ofSeconds(1));
    }
    assertThat(house.reads.asked).containsExactly("settings", "settings");
  }

  @Test
  void an_immutable_object_is_read_no_more() {
    house.reads.configMap("settings", "immutable");
    runs(showing(uid, "settings"));
    house.volumesAfter(ROUND);
    house.reads.asked.clear();
    house.volumesAfter(ROUND);
    house.volumesAfter(ROUND);
    assertThat(house.reads.asked).isEmpty();
  }

  @Test
  void a_change_that_the_volume_does_not_show_is_not_sent() {
    house.reads.configMap("settings", "1");
    runs(showing(uid, "settings"));
    house.reads.configMap("settings", "1");
    house.volumesAfter(ROUND);
    assertThat(house.pods.updated).isEmpty();
  }

  @Test
  void what_is_optional_may_come_and_go() {
    runs(showing(uid, "late"));
    house.volumesAfter(ROUND);
    house.reads.configMap("late", "here");
    house.volumesAfter(ROUND);
    house.reads.noConfigMap("late");
    house.volumesAfter(ROUND);
    assertThat(house.pods.updated.stream().map(VolumeRoundsTest::contents))
        .containsExactly(List.of("here"), List.of());
  }

  @Test
  void what_is_needed_and_vanishes_is_kept_and_told_once() {
    house.reads.configMap("settings", "1");
    Pod pod = showing(uid, "settings");
    pod.getSpec().getVolumes().get(0).getConfigMap().setOptional(false);
    runs(pod);
    house.reads.noConfigMap("settings");
    house.volumesAfter(ROUND);
    house.volumesAfter(ROUND);
    assertThat(house.pods.updated).isEmpty();
    assertThat(house.said)
        .filteredOn(word -> word.startsWith("FailedMount"))
        .singleElement()
        .asString()
        .contains("configmap \"settings\" not found");
    house.reads.configMap("settings", "2");
    house.volumesAfter(ROUND);
    assertThat(contents(only())).containsExactly("2");
  }

  @Test
  void new_labels_come_to_the_volume_that_tells_them() {
    Pod pod = telling("metadata.labels");
    runs(pod);
    house.volumesAfter(ROUND);
    assertThat(house.pods.updated).isEmpty();
    house.hear(labelled(pod, "new"));
    house.volumesAfter(Duration.ofSeconds(1));
    assertThat(contents(only())).containsExactly("tier=\"new\"");
  }

  @Test
  void new_labels_are_nothing_to_a_volume_that_tells_the_name() {
    Pod pod = telling("metadata.name");
    runs(pod);
    house.hear(labelled(pod, "new"));
    house.volumesAfter(ROUND);
    assertThat(house.pods.updated).isEmpty();
  }

  @Test
  void a_token_is_renewed_at_four_fifths_of_its_life() {
    runs(withToken());
    house.volumesAfter(Duration.ofSeconds(2879));
    assertThat(house.pods.updated).isEmpty();
    house.reads.tokensExpire = NodeHouse.NOON.plusSeconds(7200);
    house.volumesAfter(Duration.ofSeconds(1));
    assertThat(contents(only())).containsExactly("t0ken 2");
    house.volumesAfter(Duration.ofSeconds(3455));
    assertThat(house.pods.updated).hasSize(1);
    house.volumesAfter(Duration.ofSeconds(1));
    assertThat(house.pods.updated).hasSize(2);
  }

  @Test
  void after_a_restart_all_volumes_are_given_anew_once() {
    house.reads.configMap("settings", "1");
    runs(showing(uid, "settings"));
    NodeHouse restarted = new NodeHouse();
    restarted.pods.entries.putAll(house.pods.entries);
    restarted.reads.configMap("settings", "1");
    restarted.hear(showing(uid, "settings"));
    restarted.volumesAfter(ROUND);
    restarted.volumesAfter(ROUND);
    assertThat(restarted.pods.updated).hasSize(1);
    assertThat(contents(restarted.pods.updated.get(0))).containsExactly("1");
  }

  @Test
  void a_backend_that_is_away_is_asked_again_later_and_later() {
    house.reads.configMap("settings", "1");
    runs(showing(uid, "settings"));
    house.reads.configMap("settings", "2");
    house.pods.outcome = UpdateOutcome.LATER;
    house.volumesAfter(ROUND);
    for (int i = 0; i < 69; i++) {
      house.volumesAfter(Duration.ofSeconds(1));
    }
    assertThat(house.pods.updated).as("at once, and after 10, 20 and 40 seconds").hasSize(3);
    house.pods.outcome = UpdateOutcome.DONE;
    house.volumesAfter(ROUND);
    house.volumesAfter(ROUND);
    assertThat(house.pods.updated).hasSize(4);
  }

  @Test
  void a_pod_whose_job_is_not_there_yet_is_given_the_news_when_it_is() {
    house.reads.configMap("settings", "1");
    house.hear(showing(uid, "settings"));
    house.reads.configMap("settings", "2");
    house.volumesAfter(ROUND);
    assertThat(house.pods.updated).isEmpty();
    house.pods.observed(uid, PodFacts.NONE);
    house.volumesAfter(ROUND);
    assertThat(contents(only())).containsExactly("2");
  }

  @Test
  void a_pod_that_is_over_is_followed_no_more() {
    house.reads.configMap("settings", "1");
    runs(showing(uid, "settings"));
    house.pods.outcome = UpdateOutcome.NEVER;
    house.reads.configMap("settings", "2");
    house.volumesAfter(ROUND);
    house.reads.configMap("settings", "3");
    house.volumesAfter(ROUND);
    assertThat(house.pods.updated).hasSize(1);
    assertThat(house.volumes.of(NodeHouse.NODE).find(uid)).isEmpty();
  }

  private VolumeUpdate only() {
    assertThat(house.pods.updated).hasSize(1);
    return house.pods.updated.get(0);
  }

  private void runs(Pod pod) {
    house.pods.observed(house.hear(pod), PodFacts.NONE);
  }

  private static List<String> contents(VolumeUpdate update) {
    Stream<Volume.File> files = update.volumes().stream().flatMap(v -> v.files().stream());
    return files.map(file -> new String(file.content(), UTF_8)).toList();
  }

  private static Pod showing(PodUid uid, String configMap) {
    return new PodBuilder(mounting(uid))
        .editSpec()
        .addNewVolume()
        .withName("v")
        .withNewConfigMap()
        .withName(configMap)
        .withOptional(true)
        .endConfigMap()
        .endVolume()
        .endSpec()
        .build();
  }

  private static Pod mounting(PodUid uid) {
    return new PodBuilder(NodeHouse.pod(uid))
        .editSpec()
        .editFirstContainer()
        .addNewVolumeMount()
        .withName("v")
        .withMountPath("/v")
        .endVolumeMount()
        .endContainer()
        .endSpec()
        .build();
  }

  private Pod telling(String field) {
    return new PodBuilder(mounting(uid))
        .editSpec()
        .addNewVolume()
        .withName("v")
        .withNewDownwardAPI()
        .addNewItem()
        .withPath("told")
        .withNewFieldRef()
        .withFieldPath(field)
        .endFieldRef()
        .endItem()
        .endDownwardAPI()
        .endVolume()
        .endSpec()
        .build();
  }

  private static Pod labelled(Pod pod, String tier) {
    return new PodBuilder(pod)
        .editMetadata()
        .withLabels(Map.of("tier", tier))
        .endMetadata()
        .build();
  }

  private Pod withToken() {
    return new PodBuilder(mounting(uid))
        .editSpec()
        .addNewVolume()
        .withName("v")
        .withNewProjected()
        .addNewSource()
        .withNewServiceAccountToken()
        .withPath("token")
        .endServiceAccountToken()
        .endSource()
        .endProjected()
        .endVolume()
        .endSpec()
        .build();
  }
}
