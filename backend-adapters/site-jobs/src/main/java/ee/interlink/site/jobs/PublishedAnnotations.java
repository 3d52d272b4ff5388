package ee.interlink.site.jobs;

import ee.interlink.batch.JobRequest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What pods may have with them that were written for a plugin of the published interLink. A driver
 * does by such an annotation what the plugin does, or refuses it by name.
 *
 * @param prefix what the names of that plugin's annotations begin with, up to the slash and with it
 * @param honoured by the driver; as all names here, without the prefix
 * @param refused why not, and what to do instead: the end of a sentence that begins with the name
 */
public record PublishedAnnotations(
    String prefix, Set<String> honoured, Map<String, String> refused) {
  public PublishedAnnotations {
    honoured = Set.copyOf(honoured);
    refused = Map.copyOf(refused);
  }

  /** Whether a pod has any of them. */
  public boolean anyOf(JobRequest request) {
    return SchedulerAnnotations.anyOf(prefix, request);
  }

  /** Adds each that the driver does not honour, by the pod's field. */
  public void check(JobRequest request, Map<String, String> faults) {
    for (String name : request.annotations().keySet()) {
      if (name.startsWith(prefix) && !honoured.contains(name.substring(prefix.length()))) {
        String word = name.substring(prefix.length());
        faults.put(SchedulerAnnotations.field(name), refused.getOrDefault(word, unknown()));
      }
    }
  }

  private String unknown() {
    return honoured.isEmpty()
        ? "is not known"
        : "is not known: " + prefix + " has " + String.join(", ", new TreeSet<>(honoured));
  }
}
