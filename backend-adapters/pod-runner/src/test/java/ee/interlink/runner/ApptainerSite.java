package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.Mount;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The testbed's site, a backend's folder there that is this test's own, and the runner in it. */
abstract class ApptainerSite {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ContainerRuntime APPTAINER =
      new ContainerRuntime.Apptainer("apptainer", "docker://", List.of("--no-https"));

  final Properties testbed = new Properties();
  String backend;
  JobDirectory directory;

  @BeforeEach
  void folder() throws Exception {
    String file = System.getenv().getOrDefault("TESTBED_ENV", "/opt/testbed/testbed.env");
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      testbed.load(reader);
    }
    backend = site("mktemp -d /shared/alice/runner,\\\"XXXXXX").strip();
    site("mkdir '" + backend + "/spool'");
  }

  @AfterEach
  void remove() throws Exception {
    site("rm -rf -- '" + backend + "'");
  }

  void write(JobRequest request) throws Exception {
    directory = new JobDirectory(backend, request.pod());
    Process tar =
        ssh("mkdir '" + directory.path() + "' && tar -x -p -o -f - -C '" + directory.path() + "'");
    try (OutputStream in = tar.getOutputStream()) {
      JobArchive.write(JobFiles.of(request, APPTAINER, RunnerSettings.USUAL), in);
    }
    assertThat(tar.waitFor()).isZero();
  }

  Process start() throws IOException {
    return ssh("setsid -w bash '" + directory.script() + "' '" + directory.path() + "'");
  }

  String log() throws Exception {
    return site("cat '" + directory.log(LogFile.output(new ContainerName("main"))) + "'");
  }

  int code() throws Exception {
    return Integer.parseInt(site("cat '" + directory.state() + "/main.exited'").split(" ", -1)[2]);
  }

  String site(String script) throws IOException {
    Process process = ssh(script);
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  Process ssh(String script) throws IOException {
    List<String> command = new ArrayList<>(List.of("ssh", "-q", "-o", "BatchMode=yes"));
    command.addAll(List.of("-i", testbed.getProperty("TESTBED_SSH_KEY")));
    command.addAll(
        List.of("-o", "UserKnownHostsFile=" + testbed.getProperty("TESTBED_SSH_KNOWN_HOSTS")));
    command.addAll(List.of("-p", testbed.getProperty("TESTBED_SSH_PORT")));
    command.addAll(List.of("alice@" + testbed.getProperty("TESTBED_SSH_HOST"), script));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  String image(String name) {
    return testbed.getProperty("TESTBED_REGISTRY") + "/library/" + name + ":latest";
  }

  static ContainerSpec container(
      String image, List<String> command, List<String> args, List<EnvVar> env, List<Mount> mounts) {
    return new ContainerSpec(
        new ContainerName("main"), image, command, args, env, Optional.empty(), mounts);
  }
}
