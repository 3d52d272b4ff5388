package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Pods;
import java.time.Duration;

/**
 * A pod that waits for a file with a time in it, goes on for a while of its own after that time,
 * and writes down when it ends as its last act.
 *
 * @param uid its UID
 * @param after how long after the time in the file it ends
 */
record EndingPod(String uid, Duration after) {

  // Only built-ins of bash: no process is started while others end.
  private static final String SCRIPT =
      """
      exec {clock}<> <(:)
      until [[ -s $GO ]]; do read -rt 0.3 -u "$clock"; done
      read -r go <"$GO"
      end=$((go + AFTER))
      while now=${EPOCHREALTIME/[.,]/}; left=$((end - now / 1000)); ((left > 0)); do
        printf -v wait '%d.%03d' $((left / 1000)) $((left % 1000))
        read -rt "$wait" -u "$clock"
      done
      echo "${EPOCHREALTIME/[.,]/}"
      """;

  /** What is to be posted for it. */
  record Manifest(EndingPod pod, ObjectNode json) {}

  /**
   * @param go the file, as the job sees it; milliseconds since 1970
   */
  static Manifest manifest(Pods pods, String namespace, String go, Duration after) {
    ObjectNode json = pods.command("/bin/bash", "-c", SCRIPT);
    json.withObject("/metadata").put("namespace", namespace);
    Pods.env(json, "GO", go);
    Pods.env(json, "AFTER", Long.toString(after.toMillis()));
    return new Manifest(new EndingPod(Pods.uid(json), after), json);
  }
}
