package ee.interlink.benchmarks;

import static org.awaitility.Awaitility.await;

import ee.interlink.testbed.BatchJob;
import ee.interlink.testbed.BatchSystem;
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
  static final String BACKEND = "measured";

  private final Testbed testbed = Testbed.here();
  private final Size size;
  private final Batch batch;
  private final BatchSystem system;
  private final Path scratch;
  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final List<Path> directories = new ArrayList<>();
  private final List<Server> servers = new ArrayList<>();
  private final List<AutoCloseable> others = new ArrayList<>();
  private Path jobs;
  private boolean closed;

  Bench(Size size, Batch batch) throws IOException {
    this.size = size;
    this.batch = batch;
    this.system = batch.system(testbed);
    scratch = Files.createTempDirectory("interlink-benchmark");
  }

  Testbed testbed() {
    return testbed;
  }

  Size size() {
    return size;
  }

  Batch batch() {
    return batch;
  }

  /** Begins with the next job. */
  QueueLog queueLog() {
    return batch.queueLog(testbed);
  }

  Path scratch() {
    return scratch;
  }

  Pods pods() {
    return new Pods(testbed.image());
  }

  /** A server that is not started yet, whose jobs go to this queue as plain processes. */
  Server server(Queue queue) {
    return server(queue, Map.of());
  }

  /** The same with more in its configuration. */
  Server server(Queue queue, Map<String, String> more) {
    Map<String, String> backend =
        Testbed.backend(BACKEND, Testbed.USER, system, queue.settings(system));
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
    return system.queued(jobNames).stream()
        .collect(Collectors.toMap(BatchJob::name, BatchJob::id, (one, other) -> other));
  }

  /** Waits until none of these jobs is in the queue. */
  void awaitNone(Collection<String> jobNames) {
    await("an empty queue")
        .atMost(Duration.ofMinutes(5))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> system.queued(jobNames).isEmpty());
  }

  /** Cancels all jobs of ours until none is left; a late one may still come. */
  void cancelAll() {
    await("the end of our jobs")
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              system.cancelByName(names);
              return system.queued(names).isEmpty();
            });
    names.clear();
  }

  /**
   * Once the server knows that its jobs have ended, their remains are not to slow the next ones.
   */
  void forget() {
    batch.forget(testbed);
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
    forget();
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
