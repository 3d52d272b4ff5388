package ee.interlink.benchmarks;

import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The testbed, and everything that one benchmark puts on it and that has to go again. */
final class Bench implements AutoCloseable {
  /** The name of the only backend of our servers. */
  static final String BACKEND = "slurm";

  /** Takes jobs and never starts one: what waits here costs nothing but its place in the queue. */
  static final String PARKED = "parked";

  static final String NORMAL = "normal";

  private final Testbed testbed = Testbed.here();
  private final Size size;
  private final Path scratch;
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final List<Path> directories = new ArrayList<>();
  private final List<Server> servers = new ArrayList<>();
  private final List<AutoCloseable> others = new ArrayList<>();
  private Path jobs;
  private boolean closed;

  Bench(Size size) throws IOException {
    this.size = size;
    scratch = Files.createTempDirectory("interlink-benchmark");
  }

  Testbed testbed() {
    return testbed;
  }

  Size size() {
    return size;
  }

  Path scratch() {
    return scratch;
  }

  Pods pods() {
    return new Pods(testbed.image());
  }

  /** A server that is not started yet, whose jobs go to this partition as plain processes. */
  Server server(String partition) {
    return server(partition, Map.of());
  }

  /** The same with more in its configuration. */
  Server server(String partition, Map<String, String> more) {
    Map<String, String> backend = testbed.slurmBackend(BACKEND, Testbed.USER, partition);
    String prefix = "interlink.backends." + BACKEND + ".";
    backend.put(prefix + "runtime", "none");
    backend.putAll(more);
    jobs = testbed.outside(backend.get(prefix + "directory"));
    directories.add(jobs);
    Server server = Server.in(scratch.resolve("server-" + servers.size()), backend);
    servers.add(server);
    return server;
  }

  /** Where the jobs of the latest server have their directories, seen from outside. */
  Path jobs() {
    return jobs;
  }

  /** What has to go once the servers have ended. */
  void closes(AutoCloseable other) {
    others.add(other);
  }

  /** A folder that jobs see under the name {@code /shared/...}. */
  Path shared() throws IOException {
    String name = scratch.getFileName().toString();
    testbed.as(Testbed.USER, "mkdir", "-p", inside(name)).output();
    Path folder = testbed.outside(inside(name));
    directories.add(folder);
    return folder;
  }

  /** What jobs call a file of {@link #shared}. */
  String inside(String name) {
    return "/shared/" + Testbed.USER + "/" + name;
  }

  /** From now on the job of this name is ours to remove. */
  void owns(String jobName) {
    names.add(jobName);
  }

  /** These jobs are no more. */
  void disowns(Collection<String> jobNames) {
    names.removeAll(Set.copyOf(jobNames));
  }

  /** Job ids by name, of these jobs in the queue. */
  Map<String, String> queued(Collection<String> jobNames) {
    return testbed.slurm().queued(jobNames).stream()
        .collect(Collectors.toMap(BatchJob::name, BatchJob::id, (one, other) -> other));
  }

  /** Cancels all jobs of ours until none is left; a late one may still come. */
  void cancelAll() {
    await("the end of our jobs")
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              testbed.slurm().cancelByName(names);
              return testbed.slurm().queued(names).isEmpty();
            });
    names.clear();
  }

  /** May be called twice, once of them by Ctrl-C. */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    servers.forEach(Server::close);
    for (AutoCloseable other : others) {
      close(other);
    }
    cancelAll();
    for (Path folder : directories) {
      Folders.delete(folder);
    }
    Folders.delete(scratch);
  }

  /** One that cannot be closed must not keep the rest from it. */
  private static void close(AutoCloseable other) {
    try {
      other.close();
    } catch (Exception e) {
      System.err.println("not cleaned up: " + e);
    }
  }
}
