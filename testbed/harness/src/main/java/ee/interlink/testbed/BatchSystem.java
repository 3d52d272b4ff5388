package ee.interlink.testbed;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A batch system of the testbed, asked inside by its own commands and not through the server. */
public interface BatchSystem {
  /** What a backend on it says of it in its configuration, beside the way there. */
  Map<String, String> settings();

  /** What a backend whose jobs run as this account says of the way there. */
  Map<String, String> way(String account);

  /** The folder of this pod's job where the job can see it, from here; empty if it has none yet. */
  Optional<Path> job(Path backend, String uid);

  /**
   * All places where files of this pod may be.
   *
   * @param backend the backend's directory, as seen from here
   */
  List<Path> places(Path backend, String uid);

  /** The same for a backend whose jobs wait for ever. */
  Map<String, String> parkedSettings();

  /** How many CPUs those jobs have in all that a backend of {@link #settings()} submits. */
  int cpus();

  /** The jobs of these names in the queue, ended ones of a moment ago not among them. */
  List<BatchJob> queued(Collection<String> names);

  /** All jobs of today of these names, live and ended; each of them once. */
  List<BatchJob> accounted(Collection<String> names);

  /** As their owner would by hand; there is one at least. */
  void cancel(List<BatchJob> jobs);

  /** All that it tells of a job in its queue, the job's script among it. */
  String queueEntry(BatchJob job);

  /** All that it keeps of a job after its end. */
  String accountingEntry(BatchJob job);

  default List<BatchJob> queued(String... names) {
    return queued(Arrays.asList(names));
  }

  default List<BatchJob> accounted(String... names) {
    return accounted(Arrays.asList(names));
  }

  /** Those of these names in the queue, if there are any. */
  default void cancelByName(Collection<String> names) {
    List<BatchJob> left = queued(names);
    if (!left.isEmpty()) {
      cancel(left);
    }
  }

  default void cancelByName(String... names) {
    cancelByName(Arrays.asList(names));
  }
}
