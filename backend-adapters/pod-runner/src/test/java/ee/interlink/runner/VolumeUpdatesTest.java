package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.PodUid;
import ee.interlink.batch.Pods;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import ee.interlink.batch.VolumeUpdate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the text does that puts newer files into a job's volumes, without a job. */
class VolumeUpdatesTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final VolumeName NAME = new VolumeName("conf");

  @TempDir Path backend;
  private final PodUid pod = Pods.freshUid();
  private Path volume;

  @BeforeEach
  void a_job_with_a_volume() throws Exception {
    Path job = backend.resolve(pod.value());
    volume = job.resolve("volumes/conf");
    List<JobFile> files =
        new ArrayList<>(
            List.of(
                new JobFile.Folder("containers"),
                new JobFile.Folder("state"),
                new JobFile.Folder("pod"),
                new JobFile.Content(
                    "pod/remove", 0600, "containers\0volumes/conf\0".getBytes(UTF_8)),
                new JobFile.Folder("volumes")));
    files.addAll(VolumeFiles.of(files(file("a", "1"), file("b", "1"), file("d/e", "1"))).files());
    Files.createDirectory(job);
    assertThat(unpack(files, "tar", "-x", "-p", "-f", "-", "-C", job.toString())).isEmpty();
  }

  @Test
  void a_volume_begins_with_names_that_lead_through_the_version_of_the_moment() throws Exception {
    assertThat(Files.readSymbolicLink(volume.resolve("..data")).toString())
        .matches("\\.\\.0000000000000-[0-9a-f]{16}");
    assertThat(Files.readSymbolicLink(volume.resolve("a"))).hasToString("..data/a");
    assertThat(Files.readSymbolicLink(volume.resolve("d"))).hasToString("..data/d");
    assertThat(volume.resolve("d/e")).hasContent("1");
  }

  @Test
  void newer_files_are_there_with_their_modes_and_those_that_are_no_more_are_not()
      throws Exception {
    Volume.File hidden = new Volume.File(".c", "2".getBytes(UTF_8), 0440);
    assertThat(update(NOON, file("a", "2"), hidden)).isEqualTo(UpdateOutcome.DONE);
    assertThat(names()).containsExactlyInAnyOrder("a", ".c");
    assertThat(volume.resolve("a")).hasContent("2");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.resolve(".c"))))
        .isEqualTo("r--r-----");
    assertThat(backend.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void only_the_version_before_is_kept_beside_the_newest() throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThat(update(NOON.plusSeconds(i), file("a", "new " + i))).isEqualTo(UpdateOutcome.DONE);
    }
    assertThat(versions()).hasSize(2);
    assertThat(volume.resolve("a")).hasContent("new 3");
  }

  @Test
  void the_same_files_again_change_nothing() throws Exception {
    update(NOON, file("a", "2"));
    Path current = Files.readSymbolicLink(volume.resolve("..data"));
    assertThat(update(NOON.plusSeconds(1), file("a", "2"))).isEqualTo(UpdateOutcome.DONE);
    assertThat(Files.readSymbolicLink(volume.resolve("..data"))).isEqualTo(current);
    assertThat(versions()).as("with the one before").hasSize(2);
  }

  @Test
  void a_version_that_comes_late_does_not_take_the_place_of_a_newer_one() throws Exception {
    update(NOON, file("a", "newer"));
    assertThat(update(NOON.minusSeconds(1), file("a", "late"))).isEqualTo(UpdateOutcome.DONE);
    assertThat(volume.resolve("a")).hasContent("newer");
  }

  @Test
  void an_update_that_broke_off_after_the_rename_is_finished_by_the_next() throws Exception {
    update(NOON, file("a", "2"), file("new", "2"));
    Files.delete(volume.resolve("new"));
    Files.createSymbolicLink(volume.resolve("..data.part"), Path.of("nowhere"));
    assertThat(update(NOON, file("a", "2"), file("new", "2"))).isEqualTo(UpdateOutcome.DONE);
    assertThat(names()).containsExactlyInAnyOrder("a", "new");
    update(NOON.plusSeconds(1), file("a", "3"));
    assertThat(volume.resolve("..data.part")).doesNotExist();
    assertThat(names()).containsExactly("a");
  }

  @Test
  void a_reader_never_sees_half_of_it() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<String> seen = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              while (!over.get()) {
                try {
                  // By one look at where ..data leads, as a careful reader does it.
                  Path version = volume.resolve(Files.readSymbolicLink(volume.resolve("..data")));
                  String a = Files.readString(version.resolve("a"));
                  if (!a.equals(Files.readString(version.resolve("b")))) {
                    seen.add("a and b differ: " + a);
                  }
                } catch (IOException e) {
                  seen.add(e.toString());
                }
              }
            });
    reader.start();
    for (int i = 0; i < 20; i++) {
      String text = (i + "\n").repeat(10_000);
      update(NOON.plusSeconds(i), file("a", text), file("b", text));
    }
    over.set(true);
    reader.join();
    assertThat(seen).isEmpty();
  }

  @Test
  void a_stream_that_broke_off_changes_nothing_and_leaves_nothing() throws Exception {
    List<JobFile> stream =
        VolumeUpdates.files(
            "arrivals", List.of(new VolumeUpdate(pod, NOON, List.of(files(file("a", "2"))))));
    List<String> command = command("arrivals", pod);
    assertThat(unpack(stream.subList(0, stream.size() - 1), command.toArray(String[]::new)))
        .isEmpty();
    assertThat(volume.resolve("a")).hasContent("1");
    assertThat(backend.resolve("incoming")).isEmptyDirectory();
  }

  @Test
  void a_job_that_has_ended_or_is_not_there_gets_nothing() throws Exception {
    Files.writeString(backend.resolve(pod.value()).resolve("state/ended"), "0\n");
    assertThat(update(NOON, file("a", "2"))).isEqualTo(UpdateOutcome.NEVER);
    assertThat(volume.resolve("a")).hasContent("1");
    VolumeUpdate nowhere = new VolumeUpdate(Pods.freshUid(), NOON, List.of(files(file("a", "2"))));
    assertThat(update(List.of(nowhere))).containsExactly(UpdateOutcome.NEVER);
  }

  @Test
  void what_comes_while_the_job_removes_its_files_does_not_stay() throws Exception {
    Files.delete(backend.resolve(pod.value()).resolve("containers"));
    assertThat(update(NOON, file("a", "2"))).isEqualTo(UpdateOutcome.NEVER);
    assertThat(volume).doesNotExist();
  }

  @Test
  void many_pods_are_one_command_with_an_answer_for_each() throws Exception {
    VolumeUpdate other = new VolumeUpdate(Pods.freshUid(), NOON, List.of(files(file("a", "2"))));
    VolumeUpdate own = new VolumeUpdate(pod, NOON, List.of(files(file("a", "2"))));
    assertThat(update(List.of(other, own)))
        .containsExactly(UpdateOutcome.NEVER, UpdateOutcome.DONE);
  }

  private UpdateOutcome update(Instant at, Volume.File... files) throws Exception {
    return update(List.of(new VolumeUpdate(pod, at, List.of(files(files))))).get(0);
  }

  private List<UpdateOutcome> update(List<VolumeUpdate> updates) throws Exception {
    List<String> command =
        command("arrivals", updates.stream().map(VolumeUpdate::pod).toArray(PodUid[]::new));
    String answer =
        unpack(VolumeUpdates.files("arrivals", updates), command.toArray(String[]::new));
    return VolumeUpdates.outcomes(answer, updates).orElseThrow();
  }

  private List<String> command(String arrivals, PodUid... pods) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash", "-c", VolumeUpdates.script(), "interlink", backend.toString(), arrivals));
    Arrays.stream(pods).map(PodUid::value).forEach(command::add);
    return command;
  }

  /** What it prints. */
  private static String unpack(List<JobFile> files, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (OutputStream in = process.getOutputStream()) {
      JobArchive.write(files, in);
    }
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private List<String> names() throws IOException {
    return list().filter(name -> !name.startsWith("..")).toList();
  }

  private List<String> versions() throws IOException {
    return list().filter(name -> name.matches("\\.\\.[0-9].*")).toList();
  }

  private Stream<String> list() throws IOException {
    try (Stream<Path> all = Files.list(volume)) {
      return all.map(path -> path.getFileName().toString()).toList().stream();
    }
  }

  private static Volume.Files files(Volume.File... files) {
    return new Volume.Files(NAME, List.of(files), true);
  }

  private static Volume.File file(String path, String content) {
    return new Volume.File(path, content.getBytes(UTF_8), 0644);
  }
}
