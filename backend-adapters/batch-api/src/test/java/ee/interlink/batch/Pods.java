package ee.interlink.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Small pods whose containers are plain {@code sh} scripts, so that any image or none will do. */
public final class Pods {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private Pods() {}

  public static PodUid freshUid() {
    return new PodUid(UUID.randomUUID().toString());
  }

  public static ContainerSpec container(String name, String image, String script, String... args) {
    return new ContainerSpec(
        new ContainerName(name),
        image,
        List.of("sh", "-c", script, "sh"),
        List.of(args),
        List.of(),
        Optional.empty(),
        List.of());
  }

  public static ContainerSpec withEnv(ContainerSpec spec, List<EnvVar> env) {
    return with(spec, env, spec.mounts(), spec.security(), spec.care());
  }

  public static ContainerSpec withMounts(ContainerSpec spec, List<Mount> mounts) {
    return with(spec, spec.env(), mounts, spec.security(), spec.care());
  }

  /** The same container as somebody else, or with a root file system that it may not write. */
  public static ContainerSpec withSecurity(ContainerSpec spec, ContainerSecurity security) {
    return with(spec, spec.env(), spec.mounts(), security, spec.care());
  }

  /** The same container, with somebody to look after it. */
  public static ContainerSpec withCare(ContainerSpec spec, ContainerCare care) {
    return with(spec, spec.env(), spec.mounts(), spec.security(), care);
  }

  /** The same container, whose image is fetched at other times. */
  public static ContainerSpec withPullPolicy(ContainerSpec spec, PullPolicy policy) {
    return new ContainerSpec(
        spec.name(),
        spec.image(),
        spec.command(),
        spec.args(),
        spec.env(),
        spec.workingDir(),
        spec.mounts(),
        spec.security(),
        spec.care(),
        policy);
  }

  private static ContainerSpec with(
      ContainerSpec spec,
      List<EnvVar> env,
      List<Mount> mounts,
      ContainerSecurity security,
      ContainerCare care) {
    return new ContainerSpec(
        spec.name(),
        spec.image(),
        spec.command(),
        spec.args(),
        env,
        spec.workingDir(),
        mounts,
        security,
        care,
        spec.pullPolicy());
  }

  public static JobRequest pod(PodUid uid, ContainerSpec... containers) {
    return pod(uid, List.of(), List.of(containers));
  }

  public static JobRequest pod(PodUid uid, List<ContainerSpec> init, List<ContainerSpec> main) {
    return pod(uid, RestartPolicy.NEVER, init, main, List.of());
  }

  /** The same in another namespace and with annotations. */
  public static JobRequest annotated(
      JobRequest pod, String namespace, Map<String, String> annotations) {
    return with(pod, namespace, annotations, pod.names(), pod.registryAuth());
  }

  /** The same with names of its own. */
  public static JobRequest named(JobRequest pod, PodNames names) {
    return with(pod, pod.namespace(), pod.annotations(), names, pod.registryAuth());
  }

  /** The same as somebody whom the registries know. */
  public static JobRequest authenticated(JobRequest pod, RegistryAuth auth) {
    return with(pod, pod.namespace(), pod.annotations(), pod.names(), Optional.of(auth));
  }

  private static JobRequest with(
      JobRequest pod,
      String namespace,
      Map<String, String> annotations,
      PodNames names,
      Optional<RegistryAuth> auth) {
    return new JobRequest(
        pod.pod(),
        namespace,
        pod.name(),
        pod.initContainers(),
        pod.containers(),
        pod.restartPolicy(),
        pod.volumes(),
        pod.resources(),
        pod.gracePeriod(),
        pod.timeLimit(),
        pod.origin(),
        annotations,
        names,
        auth);
  }

  /** A pod with a UID of its own. */
  public static JobRequest pod(
      RestartPolicy policy,
      List<ContainerSpec> init,
      List<ContainerSpec> main,
      List<Volume> volumes) {
    return pod(freshUid(), policy, init, main, volumes);
  }

  private static JobRequest pod(
      PodUid uid,
      RestartPolicy policy,
      List<ContainerSpec> init,
      List<ContainerSpec> main,
      List<Volume> volumes) {
    return new JobRequest(
        uid,
        "default",
        "contract",
        init,
        main,
        policy,
        volumes,
        Resources.SITE_DEFAULTS,
        GRACE,
        Optional.of(Duration.ofMinutes(10)));
  }
}
