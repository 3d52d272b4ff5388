package ee.interlink.batch;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One pod to be run as one job.
 *
 * @param pod the identity of pod and job
 * @param namespace the pod's namespace, for people who read the queue
 * @param name the pod's name, for people who read the queue
 * @param initContainers run one after another, before the others
 * @param containers run together; at least one
 * @param restartPolicy after which end a container is started again
 * @param volumes what the containers' mounts name
 * @param resources the job's needs as a whole
 * @param gracePeriod between TERM and KILL of a container that is to end; at least zero
 * @param timeLimit how long the job may run, or the site's default
 * @param origin whose pod it is, for whoever finds the job and not the pod; goes with the job and
 *     comes back in {@link JobReport.Scheduled}. 16 hexadecimal digits, or empty
 * @param annotations the pod's, in order of name; a driver reads those of its own prefix
 * @param names by which its containers know themselves and others
 * @param registryAuth for the registries of its images; empty to come as nobody
 */
public record JobRequest(
    PodUid pod,
    String namespace,
    String name,
    List<ContainerSpec> initContainers,
    List<ContainerSpec> containers,
    RestartPolicy restartPolicy,
    List<Volume> volumes,
    Resources resources,
    Duration gracePeriod,
    Optional<Duration> timeLimit,
    Optional<String> origin,
    Map<String, String> annotations,
    PodNames names,
    Optional<RegistryAuth> registryAuth) {
  private static final Pattern ORIGIN = Pattern.compile("[0-9a-f]{16}");

  /** A pod that nobody but the journal knows. */
  public JobRequest(
      PodUid pod,
      String namespace,
      String name,
      List<ContainerSpec> initContainers,
      List<ContainerSpec> containers,
      RestartPolicy restartPolicy,
      List<Volume> volumes,
      Resources resources,
      Duration gracePeriod,
      Optional<Duration> timeLimit) {
    this(
        pod,
        namespace,
        name,
        initContainers,
        containers,
        restartPolicy,
        volumes,
        resources,
        gracePeriod,
        timeLimit,
        Optional.empty(),
        Map.of(),
        PodNames.OF_THE_MACHINE,
        Optional.empty());
  }

  /**
   * @throws IllegalArgumentException if there is no container, a name occurs twice, or a mount
   *     names a volume that is not there
   */
  public JobRequest {
    Objects.requireNonNull(pod, "pod");
    Objects.requireNonNull(namespace, "namespace");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(restartPolicy, "restartPolicy");
    Objects.requireNonNull(resources, "resources");
    Objects.requireNonNull(gracePeriod, "gracePeriod");
    Objects.requireNonNull(timeLimit, "timeLimit");
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(registryAuth, "registryAuth");
    if (!origin.map(text -> ORIGIN.matcher(text).matches()).orElse(true)) {
      throw new IllegalArgumentException("not an origin: " + Quoted.of(origin.get()));
    }
    initContainers = List.copyOf(initContainers);
    containers = List.copyOf(containers);
    volumes = List.copyOf(volumes);
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    JobRequestCheck.check(initContainers, containers, volumes);
  }

  /** The same pod, whose containers run other images. */
  public JobRequest withImages(UnaryOperator<String> other) {
    return new JobRequest(
        pod,
        namespace,
        name,
        initContainers.stream().map(each -> each.withImage(other.apply(each.image()))).toList(),
        containers.stream().map(each -> each.withImage(other.apply(each.image()))).toList(),
        restartPolicy,
        volumes,
        resources,
        gracePeriod,
        timeLimit,
        origin,
        annotations,
        names,
        registryAuth);
  }
}
