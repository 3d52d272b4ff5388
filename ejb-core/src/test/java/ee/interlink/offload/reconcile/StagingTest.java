package ee.interlink.offload.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.PodUid;
import ee.interlink.batch.RegistryAuth;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import ee.interlink.offload.SamplePod;
import ee.interlink.offload.pod.ResolvedPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {
  @TempDir Path state;
  private final PodUid uid = SamplePod.freshUid();
  private Path directory;
  private Staging staging;

  @BeforeEach
  void build() {
    directory = state.resolve("new").resolve("staged");
    staging = new Staging(directory);
  }

  @Test
  void files_are_this_servers_alone() throws IOException {
    staging.keep(uid, SamplePod.resolved(uid));
    assertThat(mode(directory)).isEqualTo("rwx------");
    assertThat(mode(directory.resolve(uid.value()))).isEqualTo("rw-------");
  }

  @Test
  void every_byte_of_a_volume_comes_back() throws IOException {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Volume.Files files =
        new Volume.Files(
            new VolumeName("keys"),
            List.of(new Volume.File("a b/ü", all, 0400), new Volume.File("none", new byte[0], 0)),
            true);
    staging.keep(uid, new ResolvedPod(SamplePod.of(uid), List.of(files)));
    ResolvedPod kept = new Staging(directory).find(uid).orElseThrow();
    assertThat(kept.pod()).isEqualTo(SamplePod.of(uid));
    Volume.Files back = kept.volumes().get(0);
    assertThat(back.secret()).isTrue();
    assertThat(back.name()).isEqualTo(files.name());
    assertThat(back.files()).extracting(Volume.File::path).containsExactly("a b/ü", "none");
    assertThat(back.files()).extracting(Volume.File::mode).containsExactly(0400, 0);
    assertThat(back.files().get(0).content()).isEqualTo(all);
    assertThat(back.files().get(1).content()).isEmpty();
  }

  @Test
  void who_the_pod_is_to_its_registries_comes_back() throws IOException {
    RegistryAuth auth = new RegistryAuth("{\"auths\":{}}");
    staging.keep(uid, new ResolvedPod(SamplePod.of(uid), List.of(), Optional.of(auth)));
    ResolvedPod kept = new Staging(directory).find(uid).orElseThrow();
    assertThat(kept.registryAuth().orElseThrow().json()).isEqualTo(auth.json());
  }

  @Test
  void a_pod_is_there_whole_or_not_at_all() throws IOException {
    staging.keep(uid, SamplePod.resolved(uid));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString())).containsExactly(uid.value());
    }
  }

  @Test
  void what_no_owed_pod_needs_is_gone_at_the_next_start() throws IOException {
    PodUid unknown = new PodUid("0-never-in-the-journal");
    staging.keep(unknown, SamplePod.resolved(unknown));
    staging.keep(uid, SamplePod.resolved(uid));
    Path half = Files.writeString(directory.resolve(".123.new"), "{\"pod\": {\"half");
    Staging next = new Staging(directory);
    next.keepOnly(List.of(uid));
    assertThat(half).doesNotExist();
    assertThat(next.find(unknown)).isEmpty();
    assertThat(next.find(uid)).isPresent();
  }

  @Test
  void what_is_forgotten_is_gone_and_may_be_forgotten_again() throws IOException {
    staging.keep(uid, SamplePod.resolved(uid));
    staging.forget(uid);
    staging.forget(uid);
    assertThat(staging.find(uid)).isEmpty();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
