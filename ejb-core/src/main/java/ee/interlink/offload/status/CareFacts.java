package ee.interlink.offload.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import ee.interlink.batch.JobReport;

/**
 * What was observed of one run of a container that has probes or hooks, or is a sidecar. Times in
 * milliseconds since the epoch, null where not seen. Of what changes again and again the latest
 * word counts, in whatever order they come.
 *
 * @param upAt when it had started as Kubernetes means it
 * @param ready what its readiness probe said last; null if nothing yet
 * @param readyAt when
 * @param trouble what was wrong last; null if nothing
 * @param troubleAt when
 * @param words what was said about that; never null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CareFacts(
    Long upAt,
    Boolean ready,
    Long readyAt,
    JobReport.Trouble trouble,
    Long troubleAt,
    String words) {
  static final CareFacts NONE = new CareFacts(null, null, null, null, null, "");

  public CareFacts {
    words = words == null ? "" : words;
  }

  CareFacts up(long at) {
    return upAt != null ? this : new CareFacts(at, ready, readyAt, trouble, troubleAt, words);
  }

  CareFacts ready(boolean is, long at) {
    // Of two words in one millisecond that against it counts.
    boolean older = readyAt != null && (at < readyAt || (at == readyAt && is));
    return older ? this : new CareFacts(upAt, is, at, trouble, troubleAt, words);
  }

  CareFacts unhealthy(JobReport.Trouble what, long at, String said) {
    // Of two in one millisecond the graver one counts, which is what it has come to.
    int order = trouble == null ? 1 : what.compareTo(trouble);
    boolean before = order < 0 || (order == 0 && said.compareTo(words) < 0);
    boolean older = troubleAt != null && (at < troubleAt || (at == troubleAt && before));
    return older ? this : new CareFacts(upAt, ready, readyAt, what, at, said);
  }
}
