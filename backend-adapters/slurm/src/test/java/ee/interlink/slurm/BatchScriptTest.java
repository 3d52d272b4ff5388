package ee.interlink.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ee.interlink.batch.PodUid;
import ee.interlink.runner.JobFile;
import ee.interlink.site.jobs.TextResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script as Slurm would start it, by bash itself. */
class BatchScriptTest {
  private static final PodUid POD = new PodUid("uid-1");

  /** A runner that says what it was given and where it is. */
  private static final String RUNNER =
      """
      printf '%s\\n' "$#" "$@" "$PWD" "$USER" "$LOGNAME" "$HOME"
      cat data/secret
      """;

  @TempDir Path folder;
  private Path backend;

  @BeforeEach
  void place() {
    backend = folder.resolve("backend");
  }

  private record Ran(int status, List<String> said, String errors) {}

  private static JobFile content(String path, int mode, String text) {
    return new JobFile.Content(path, mode, text.getBytes(UTF_8));
  }

  private static List<JobFile> files() {
    return List.of(
        new JobFile.Folder("data"),
        new JobFile.Folder("open", 0755),
        content("data/secret", 0600, "swordfish\n"),
        content("data/run", 0700, "true\n"),
        content("open/all", 0644, "x".repeat(100_000)),
        new JobFile.Link("link", "data/secret"),
        content("pod-runner.sh", 0700, RUNNER));
  }

  private Ran run(String job) throws Exception {
    return start(job, BatchScript.of(POD, files(), backend.toString()));
  }

  private Ran start(String job, String text) throws Exception {
    // From a file, as slurmd does it.
    Path script = folder.resolve("slurm_script");
    Files.writeString(script, text);
    Path errors = folder.resolve("errors");
    ProcessBuilder bash = new ProcessBuilder("bash", script.toString()).directory(folder.toFile());
    bash.redirectError(errors.toFile()).environment().clear();
    bash.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
    bash.environment().put("SLURM_JOB_ID", job);
    Process process = bash.start();
    List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    return new Ran(process.waitFor(), said, Files.readString(errors));
  }

  private Path job() {
    return backend.resolve("uid-1");
  }

  @Test
  void the_runner_is_started_in_its_folder_and_told_how_to_know_the_job() throws Exception {
    Ran ran = run("17");
    assertThat(ran.errors()).isEmpty();
    assertThat(ran.status()).isZero();
    String user = System.getProperty("user.name");
    assertThat(ran.said())
        .startsWith("3", job().toString(), "75", "$SLURM_JOB_ID", job().toString(), user, user)
        .endsWith("swordfish");
    assertThat(ran.said().get(7)).startsWith("/");
  }

  @Test
  void the_files_have_their_modes_and_the_folder_is_the_accounts_alone() throws Exception {
    assertThat(run("17").status()).isZero();
    assertThat(mode("")).isEqualTo("rwx------");
    assertThat(mode("data")).isEqualTo("rwx------");
    assertThat(mode("open")).isEqualTo("rwxr-xr-x");
    assertThat(mode("data/secret")).isEqualTo("rw-------");
    assertThat(mode("data/run")).isEqualTo("rwx------");
    assertThat(mode("open/all")).isEqualTo("rw-r--r--");
    assertThat(Files.size(job().resolve("open/all"))).isEqualTo(100_000);
    assertThat(Files.readSymbolicLink(job().resolve("link"))).hasToString("data/secret");
    assertThat(backend.resolve("spool")).isDirectory();
    assertThat(names(backend.resolve("incoming"))).isEmpty();
  }

  private String mode(String path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(job().resolve(path)));
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).toList();
    }
  }

  @Test
  void a_job_that_is_started_once_more_finds_what_it_has_done() throws Exception {
    assertThat(run("17").status()).isZero();
    Files.writeString(job().resolve("data/secret"), "done\n");
    Files.writeString(job().resolve("state"), "kept");
    Ran again = run("17");
    assertThat(again.status()).isZero();
    assertThat(again.said()).endsWith("done");
    assertThat(job().resolve("state")).hasContent("kept");
  }

  @Test
  void what_a_killed_start_of_the_same_job_has_left_is_no_part_of_the_folder() throws Exception {
    Path part = Files.createDirectories(backend.resolve("incoming/uid-1.17"));
    Files.writeString(part.resolve("left"), "over");
    assertThat(run("17").status()).isZero();
    assertThat(job().resolve("left")).doesNotExist();
    assertThat(names(backend.resolve("incoming"))).isEmpty();
  }

  @Test
  void a_folder_that_cannot_be_made_is_told_in_a_line() throws Exception {
    Files.writeString(backend, "a file");
    Ran ran = run("17");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.said()).isEmpty();
    assertThat(ran.errors().lines().reduce((first, last) -> last))
        .contains("the files of pod uid-1 cannot be put into " + backend);
  }

  @Test
  void a_folder_that_is_not_whole_is_not_brought_into_place() throws Exception {
    String script = BatchScript.of(POD, files(), backend.toString());
    int end = script.lastIndexOf("\nEND\n}");
    // A script that was cut off and mended, so that bash still reads it.
    Ran ran = start("17", script.substring(0, end - 40) + script.substring(end));
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.errors()).contains("the files of pod uid-1 cannot be put into " + backend);
    assertThat(job()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's",
        "two words",
        "-rf",
        "$(touch owned)",
        "`touch owned`",
        "\"; touch owned; \"",
        "a\ntouch owned",
        "*",
        "'; touch owned; '",
        "\\",
        "#",
        "END",
        "~",
        "${HOME}"
      })
  void no_name_of_a_folder_means_anything_to_the_shell(String name) throws Exception {
    backend = folder.resolve(name);
    Ran ran = run("17");
    assertThat(ran.errors()).isEmpty();
    assertThat(ran.status()).isZero();
    assertThat(ran.said()).startsWith("3").endsWith("swordfish");
    assertThat(job().resolve("data/secret")).exists();
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all).noneMatch(each -> each.endsWith("owned"));
    }
  }

  @Test
  void it_is_bash_and_nothing_in_it_evaluates_text() throws Exception {
    String script = BatchScript.of(POD, files(), backend.toString());
    assertThat(script)
        .startsWith("#!/bin/bash\n")
        .doesNotContainPattern("\\beval\\b|\\bsource\\b|bash -c");
    assertThat(script.lines()).allMatch(line -> line.length() < 200);
  }

  @Test
  void the_linter_has_nothing_to_say() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/shellcheck")), "no shellcheck on this host");
    Path text = folder.resolve("batch.sh");
    Files.writeString(
        text,
        "backend=/home/alice/b\npod=uid-1\nrunner() { cat; }\nfiles() { cat; }\n"
            + TextResource.read(BatchScript.class, "batch.sh"));
    Process check =
        new ProcessBuilder("shellcheck", "-s", "bash", text.toString())
            .redirectErrorStream(true)
            .start();
    assertThat(new String(check.getInputStream().readAllBytes(), UTF_8)).isEmpty();
  }
}
