package ee.interlink.runner;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.batch.ContainerCare;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.ContainerSecurity;
import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.EnvVar;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodNames;
import ee.interlink.batch.RegistryAuth;
import ee.interlink.batch.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Turns a pod into what the runner finds in the job's directory: the script and data. */
public final class JobFiles {
  private static final int PRIVATE = 0600;

  private final JobRequest request;
  private final ContainerRuntime runtime;
  private final RunnerSettings settings;
  private final List<JobFile> files = new ArrayList<>();
  // Arguments may be as secret as variables are, so nothing of a container's own stays.
  private final List<String> endWithTheJob =
      new ArrayList<>(List.of(JobDirectory.CONTAINER_FILES, JobDirectory.WORK));

  private JobFiles(JobRequest request, ContainerRuntime runtime, RunnerSettings settings) {
    this.request = request;
    this.runtime = runtime;
    this.settings = settings;
  }

  /**
   * The script and all data, a folder before what is in it.
   *
   * @throws JobRejectedException if this runtime cannot do what the pod asks for, naming the field
   */
  public static List<JobFile> of(
      JobRequest request, ContainerRuntime runtime, RunnerSettings settings)
      throws JobRejectedException {
    List<JobFile> files = new ArrayList<>(data(request, runtime, settings));
    files.add(PodRunner.file(JobDirectory.SCRIPT));
    return List.copyOf(files);
  }

  /**
   * The data alone, for a batch system that carries the script to the job by itself.
   *
   * @throws JobRejectedException if this runtime cannot do what the pod asks for, naming the field
   */
  public static List<JobFile> data(
      JobRequest request, ContainerRuntime runtime, RunnerSettings settings)
      throws JobRejectedException {
    RuntimeLimits.check(request, runtime);
    return new JobFiles(request, runtime, settings).files();
  }

  /** How the script reads a grace period: seconds, {@code 0} for none. */
  public static byte[] seconds(Duration grace) {
    String seconds =
        grace.toMillisPart() == 0
            ? Long.toString(grace.toSeconds())
            : String.format("%d.%03d", grace.toSeconds(), grace.toMillisPart());
    return (seconds + "\n").getBytes(US_ASCII);
  }

  private List<JobFile> files() {
    for (String folder :
        List.of(
            "pod",
            JobDirectory.CONTAINER_FILES,
            "volumes",
            JobDirectory.WORK,
            JobDirectory.STATE,
            JobDirectory.LOGS)) {
      files.add(new JobFile.Folder(folder));
    }
    words(JobDirectory.INIT, names(request.initContainers()));
    words(JobDirectory.CONTAINERS, names(request.containers()));
    words(
        JobDirectory.SIDECARS,
        names(request.initContainers().stream().filter(c -> c.care().sidecar()).toList()));
    file(JobDirectory.RESTART, settings.line(request.restartPolicy()));
    file(JobDirectory.POD_GRACE, seconds(request.gracePeriod()));
    words(JobDirectory.RUNTIME, runtimeWords());
    words(JobDirectory.HOSTNAME, request.names().hostname().stream().toList());
    words(JobDirectory.HOSTS, hosts());
    words(JobDirectory.RESOLVER, request.names().resolver().map(JobFiles::lines).orElse(List.of()));
    request.registryAuth().ifPresent(this::registryAuth);
    words(JobDirectory.MEMORY, VolumeFiles.memoryWords(request.volumes()));
    words(JobDirectory.LIMITS, VolumeFiles.limitWords(request.volumes()));
    for (Volume volume : request.volumes()) {
      VolumeFiles tree = VolumeFiles.of(volume);
      files.addAll(tree.files());
      if (tree.endsWithTheJob()) {
        endWithTheJob.add(tree.root());
      }
    }
    all().forEach(this::container);
    words(JobDirectory.REMOVE, endWithTheJob);
    if (all().anyMatch(container -> container.care().isAttended())) {
      files.add(new JobFile.Content(JobDirectory.CARE_SCRIPT, PRIVATE, PodRunner.care()));
    }
    return List.copyOf(files);
  }

  private Stream<ContainerSpec> all() {
    return Stream.concat(request.initContainers().stream(), request.containers().stream());
  }

  private void registryAuth(RegistryAuth auth) {
    file(JobDirectory.REGISTRY_AUTH, auth.json().getBytes(UTF_8));
    endWithTheJob.add(JobDirectory.REGISTRY_AUTH);
  }

  /** Lines of hosts(5). */
  private List<String> hosts() {
    return request.names().hostAliases().stream()
        .map(alias -> alias.ip() + "\t" + String.join("\t", alias.hostnames()))
        .toList();
  }

  /** Lines of resolv.conf(5), and before them whether they come behind the machine's own. */
  private static List<String> lines(PodNames.Resolver resolver) {
    List<String> lines = new ArrayList<>(List.of(resolver.besideTheMachines() ? "and" : "only"));
    resolver.nameservers().forEach(server -> lines.add("nameserver " + server));
    resolver.searches().forEach(domain -> lines.add("search " + domain));
    resolver.options().forEach(option -> lines.add("options " + option));
    return lines;
  }

  private void container(ContainerSpec container) {
    ContainerName name = container.name();
    boolean process = runtime instanceof ContainerRuntime.Processes;
    List<EnvVar> env = process ? container.env() : ApptainerEnvironment.carried(container);
    List<String> command = process ? container.command() : ApptainerEnvironment.command(container);
    files.add(new JobFile.Folder(JobDirectory.CONTAINER_FILES + "/" + name));
    files.add(new JobFile.Folder(JobDirectory.WORK + "/" + name));
    words(JobDirectory.container(name, "command"), command);
    words(JobDirectory.container(name, "args"), container.args());
    words(JobDirectory.container(name, "cwd"), List.of(container.workingDir().orElse("")));
    words(JobDirectory.container(name, "env"), Environment.lastOfEachName(env));
    words(JobDirectory.container(name, "mounts"), mounts(container));
    words(JobDirectory.container(name, "hostpaths"), hostPaths(container));
    words(JobDirectory.container(name, "root"), security(container.security()));
    words(JobDirectory.container(name, "image"), image(container));
    care(name, container.care());
  }

  private static List<String> security(ContainerSecurity security) {
    return List.of(
        security.readOnlyRoot() ? "ro" : "rw", word(security.user()), word(security.group()));
  }

  private static String word(OptionalLong id) {
    return id.isPresent() ? Long.toString(id.getAsLong()) : "";
  }

  private void care(ContainerName name, ContainerCare care) {
    words(
        JobDirectory.container(name, "message"),
        List.of(care.messageFromLog() ? "log" : "file", care.messagePath().orElse("")));
    if (!care.probes().isEmpty()) {
      words(JobDirectory.container(name, "probes"), CareWords.of(care.probes()));
    }
    care.postStart()
        .ifPresent(hook -> words(JobDirectory.container(name, "postStart"), CareWords.of(hook)));
    care.preStop()
        .ifPresent(hook -> words(JobDirectory.container(name, "preStop"), CareWords.of(hook)));
  }

  private List<String> mounts(ContainerSpec container) {
    return container.mounts().stream()
        .flatMap(mount -> VolumeFiles.mountWords(mount, request.volumes()).stream())
        .toList();
  }

  private List<String> hostPaths(ContainerSpec container) {
    return container.mounts().stream()
        .flatMap(mount -> VolumeFiles.hostPathWords(mount, request.volumes()).stream())
        .toList();
  }

  /** What is to run, when to fetch it, and whose it is: empty for what runs without an image. */
  private List<String> image(ContainerSpec container) {
    if (runtime instanceof ContainerRuntime.Apptainer apptainer) {
      String reference = apptainer.reference(container.image());
      return List.of(
          reference, container.pullPolicy().word(), ImageKey.of(reference, request.registryAuth()));
    }
    return List.of();
  }

  private List<String> runtimeWords() {
    if (runtime instanceof ContainerRuntime.Apptainer apptainer) {
      List<String> words = new ArrayList<>(List.of("apptainer", apptainer.binary()));
      words.addAll(apptainer.options());
      if (request.resources().gpus() > 0) {
        words.add("--nv");
      }
      return words;
    }
    return List.of("none");
  }

  private static List<String> names(List<ContainerSpec> containers) {
    return containers.stream().map(container -> container.name().value()).toList();
  }

  private void words(String path, List<String> words) {
    file(path, Words.join(words));
  }

  private void file(String path, byte[] content) {
    files.add(new JobFile.Content(path, PRIVATE, content));
  }
}
