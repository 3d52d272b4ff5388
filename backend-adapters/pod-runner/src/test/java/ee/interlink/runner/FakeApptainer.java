package ee.interlink.runner;

import static ee.interlink.batch.Pods.withPullPolicy;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import ee.interlink.batch.PullPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A registry that is a folder, and the Apptainer of fake-apptainer that knows it. */
final class FakeApptainer {
  static final ContainerRuntime RUNTIME =
      new ContainerRuntime.Apptainer("apptainer", "docker://", List.of("--no-https", "--userns"));

  private final Path folder;

  FakeApptainer(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    Files.createDirectories(folder.resolve("registry"));
    try (InputStream script =
        FakeApptainer.class.getResourceAsStream("/fake-apptainer/apptainer")) {
      Files.copy(script, folder.resolve("apptainer"));
    }
    Files.setPosixFilePermissions(
        folder.resolve("apptainer"), PosixFilePermissions.fromString("rwx------"));
  }

  /** The registry has this image from now on. */
  FakeApptainer has(String name, String content) throws IOException {
    Files.writeString(folder.resolve("registry").resolve(name), content);
    return this;
  }

  /** It answers nobody until it is open. */
  void close() throws IOException {
    Files.createFile(folder.resolve("closed"));
  }

  void open() throws IOException {
    Files.delete(folder.resolve("closed"));
  }

  /** What was asked for, one after the other. */
  List<String> pulls() throws IOException {
    return lines("pulls");
  }

  List<String> calls() throws IOException {
    return lines("calls");
  }

  private List<String> lines(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  static ContainerSpec container(String image, PullPolicy policy, String script) {
    return withPullPolicy(Pods.container("main", image, script), policy);
  }

  RunnerBench bench(Path backend, JobRequest request) throws Exception {
    return new RunnerBench(backend, request, RUNTIME)
        .with("PATH", folder + ":" + System.getenv("PATH"))
        .with("FAKE", folder.toString());
  }
}
