package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.RefusedPodException;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a volume that is a PersistentVolumeClaim. */
class ClaimedPathsTest {
  private static final String CLAIM = "'persistentVolumeClaim':{'claimName':'data'}";
  private final FakeCluster cluster = new FakeCluster();
  private final Resolving resolving = new Resolving(cluster);

  private void claim(String phase, String volume) {
    cluster.add(
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withNamespace("ns")
            .withName("data")
            .withUid("claim-uid")
            .endMetadata()
            .withNewSpec()
            .withVolumeName(volume)
            .endSpec()
            .withNewStatus()
            .withPhase(phase)
            .endStatus()
            .build());
  }

  private static PersistentVolumeBuilder volume(String ofClaim) {
    return new PersistentVolumeBuilder()
        .withNewMetadata()
        .withName("pv")
        .endMetadata()
        .withNewSpec()
        .withNewClaimRef()
        .withUid(ofClaim)
        .endClaimRef()
        .endSpec();
  }

  private void hostPath(String path) {
    cluster.add(
        volume("claim-uid").editSpec().withNewHostPath(path, "Directory").endSpec().build());
  }

  @Test
  void a_host_path_of_its_volume_is_one_of_the_pod() throws Exception {
    claim("Bound", "pv");
    hostPath("/data/set");
    Volume volume = resolved(Resolving.podWithVolume(CLAIM));
    assertThat(volume.getPersistentVolumeClaim()).isNull();
    assertThat(volume.getHostPath().getPath()).isEqualTo("/data/set");
    assertThat(volume.getHostPath().getType()).isEqualTo("Directory");
  }

  @Test
  void a_local_path_is_one_too() throws Exception {
    claim("Bound", "pv");
    cluster.add(volume("claim-uid").editSpec().withNewLocal(null, "/disk").endSpec().build());
    assertThat(resolved(Resolving.podWithVolume(CLAIM)).getHostPath().getPath()).isEqualTo("/disk");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_claim_that_is_read_only_is_mounted_so(boolean readOnly) throws Exception {
    claim("Bound", "pv");
    hostPath("/data");
    Pod pod =
        Resolving.podWithVolume(
            "'persistentVolumeClaim':{'claimName':'data','readOnly':" + readOnly + "}");
    Pod resolved = resolving.resolve(pod).pod();
    assertThat(mount(resolved)).isEqualTo(readOnly ? true : null);
    assertThat(mount(pod)).as("the pod as it came").isNull();
  }

  private static Boolean mount(Pod pod) {
    return pod.getSpec().getContainers().get(0).getVolumeMounts().get(0).getReadOnly();
  }

  @Test
  void a_pod_waits_for_a_claim_that_is_not_there() {
    assertThat(resolving.waiting(Resolving.podWithVolume(CLAIM)))
        .hasMessage(
            "MountVolume.SetUp failed for volume \"v\" : persistentvolumeclaim \"data\" not found");
  }

  @Test
  void a_pod_waits_for_a_claim_until_the_cluster_says_that_it_is_bound() throws Exception {
    hostPath("/data");
    claim("Pending", "pv");
    assertThat(resolving.waiting(Resolving.podWithVolume(CLAIM)))
        .hasMessageEndingWith("persistentvolumeclaim \"data\" is not bound yet");
    claim("Bound", "pv");
    assertThat(resolved(Resolving.podWithVolume(CLAIM)).getHostPath()).isNotNull();
  }

  @Test
  void a_volume_that_is_bound_to_another_claim_is_not_given() {
    claim("Bound", "pv");
    cluster.add(volume("another").editSpec().withNewHostPath("/data", null).endSpec().build());
    assertThat(resolving.waiting(Resolving.podWithVolume(CLAIM)))
        .hasMessageEndingWith("persistentvolume \"pv\" is not bound to the claim \"data\"");
  }

  @Test
  void a_volume_without_a_path_of_the_machines_is_refused_by_the_pods_field() {
    claim("Bound", "pv");
    cluster.add(volume("claim-uid").editSpec().withNewNfs("/x", false, "s").endSpec().build());
    List<FieldFault> faults = resolving.refused(Resolving.podWithVolume(CLAIM));
    assertThat(faults)
        .containsExactly(
            new FieldFault(
                "spec.volumes[0].persistentVolumeClaim",
                "is refused: persistentvolume pv names no path of the site's machines"
                    + " (hostPath or local)"));
  }

  @Test
  void a_block_device_is_refused() {
    claim("Bound", "pv");
    cluster.add(
        volume("claim-uid")
            .editSpec()
            .withVolumeMode("Block")
            .withNewLocal(null, "/dev/x")
            .endSpec()
            .build());
    assertThat(resolving.refused(Resolving.podWithVolume(CLAIM)))
        .extracting(FieldFault::fault)
        .containsExactly("is refused: persistentvolume pv is a block device");
  }

  @Test
  void a_claim_that_nobody_mounts_is_not_looked_up() throws Exception {
    Pod pod =
        Resolving.pod(
            "'enableServiceLinks':false,'containers':[{'name':'main'}],'volumes':[{'name':'v',"
                + CLAIM
                + "}]");
    assertThat(resolved(pod).getEmptyDir()).isNotNull();
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void a_refusal_of_the_path_names_the_claim() {
    RefusedPodException refused =
        new RefusedPodException(
            List.of(
                new FieldFault("spec.volumes[0].hostPath.path", "is not allowed"),
                new FieldFault("spec.hostPID", "is not supported")));
    assertThat(ClaimedPaths.named(Resolving.podWithVolume(CLAIM), refused).faults())
        .extracting(FieldFault::field)
        .containsExactly("spec.volumes[0].persistentVolumeClaim", "spec.hostPID");
  }

  private Volume resolved(Pod pod) throws Exception {
    return resolving.resolve(pod).pod().getSpec().getVolumes().get(0);
  }
}
