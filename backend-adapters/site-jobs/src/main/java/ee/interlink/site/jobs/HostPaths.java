package ee.interlink.site.jobs;

import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which folders of the machines, and all that is in them, pods may have as {@code hostPath}: none
 * unless the administrator has listed it. It is no fence against the account that the job runs as,
 * which reaches by itself whatever the site lets it.
 *
 * @param allowed absolute
 */
public record HostPaths(List<Path> allowed) {
  private static final String KEY = "host-paths";
  private static final Pattern FORM = Pattern.compile("/[^,]*(,/[^,]*)*");

  public HostPaths {
    allowed = List.copyOf(allowed);
  }

  static HostPaths read(SettingReader reader) throws InvalidSettingException {
    String listed = reader.text(KEY, FORM).orElse("");
    return new HostPaths(
        Stream.of(listed.split(",", -1))
            .filter(path -> !path.isEmpty())
            .map(path -> Path.of(path).normalize())
            .toList());
  }

  /** Whether a pod has such volumes at all. */
  public static boolean anyOf(JobRequest request) {
    return request.volumes().stream().anyMatch(Volume.HostPath.class::isInstance);
  }

  /**
   * @throws InvalidRequestException naming all volumes that are not below what is listed
   */
  public void check(JobRequest request) throws InvalidRequestException {
    Map<String, String> faults = new TreeMap<>();
    for (int i = 0; i < request.volumes().size(); i++) {
      if (request.volumes().get(i) instanceof Volume.HostPath volume
          && allowed.stream().noneMatch(Path.of(volume.path()).normalize()::startsWith)) {
        faults.put(
            "spec.volumes[" + i + "].hostPath.path",
            "is not below what this backend lets pods have of its machines ("
                + KEY
                + "): "
                + (allowed.isEmpty() ? "nothing" : allowed)
                + ", but "
                + volume.path());
      }
    }
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
  }
}
