package ee.interlink.testbed;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The control plane of this machine, up already, as kubectl shows it; see {@code testbed/kube}. */
public final class Kube {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration COMING_LIMIT = Duration.ofMinutes(30);
  private static final Duration KUBECTL_LIMIT = Duration.ofMinutes(4);

  private final Settings settings;
  private final Path kubeconfig;

  private Kube(Settings settings, Path kubeconfig) {
    this.settings = settings;
    this.kubeconfig = kubeconfig;
  }

  /**
   * Reads what {@code up.sh} has written; the variable {@code KUBE_TESTBED_ENV} names another file.
   * If {@code KUBE_TESTBED_COMING} is the process that brings it up, that may end first.
   */
  public static Kube here() {
    Optional.ofNullable(System.getenv("KUBE_TESTBED_COMING"))
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
        .ifPresent(
            coming ->
                await("testbed/kube/up.sh").atMost(COMING_LIMIT).until(() -> !coming.isAlive()));
    String file = System.getenv().getOrDefault("KUBE_TESTBED_ENV", "/opt/testbed-kube/kube.env");
    Settings settings =
        Settings.of(
            Path.of(file), "no Kubernetes here: run testbed/kube/tools.sh and testbed/kube/up.sh");
    return new Kube(settings, Path.of(settings.get("KUBECONFIG")));
  }

  /** The same control plane as another user sees it. */
  public Kube as(Path otherKubeconfig) {
    return new Kube(settings, otherKubeconfig);
  }

  /** A value of kube.env, for instance {@code KUBE_TESTBED_CA}. */
  public String setting(String name) {
    return settings.get(name);
  }

  /** The administrator's, unless this is {@link #as another user}. */
  public Path kubeconfig() {
    return kubeconfig;
  }

  /** The API server's address. */
  public URI address() {
    return URI.create(setting("KUBE_TESTBED_SERVER"));
  }

  public ApiServer apiServer() {
    return new ApiServer(this);
  }

  /** What can be signed for this control plane, written into that folder. */
  public Identities identities(Path folder) {
    return new Identities(this, folder);
  }

  /** Runs kubectl to its end, whatever that is. */
  public Execution kubectl(String... words) {
    return Execution.of(command(words), KUBECTL_LIMIT);
  }

  /** kubectl with {@code -o json}; it must not fail. */
  public JsonNode json(String... words) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(List.of("-o", "json"));
    try {
      return JSON.readTree(kubectl(all.toArray(String[]::new)).output());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON from kubectl " + all, e);
    }
  }

  /** A kubectl that goes on, for instance {@code logs -f}; standard error is not read. */
  public Process begin(String... words) {
    try {
      return new ProcessBuilder(command(words))
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * {@code kubectl VERB… -f FILE} of a manifest as JSON or YAML.
   *
   * @param words for instance {@code apply}
   */
  public Execution send(String manifest, String... words) {
    try {
      Path file = Files.createTempFile("manifest", ".yaml");
      try {
        Files.writeString(file, manifest);
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.addAll(List.of("-f", file.toString()));
        return kubectl(all.toArray(String[]::new));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void apply(String manifest) {
    send(manifest, "apply").output();
  }

  /** A new namespace of a name that nobody has had, in which pods can be made already. */
  public KubeNamespace namespace(String prefix) {
    String name = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    kubectl("create", "namespace", name).output();
    KubeNamespace namespace = new KubeNamespace(this, name);
    // After an outage of the API server the controller manager's informers come back one by one.
    await("the service account of " + name)
        .atMost(Duration.ofMinutes(4))
        .until(() -> namespace.kubectl("get", "serviceaccount", "default").exitCode() == 0);
    return namespace;
  }

  private List<String> command(String... words) {
    Path root = Path.of(setting("KUBE_TESTBED_ROOT"));
    List<String> command = new ArrayList<>();
    command.add(root.resolve("bin/kubectl").toString());
    command.add("--kubeconfig=" + kubeconfig);
    command.add("--cache-dir=" + root.resolve("kubectl-cache"));
    command.addAll(Arrays.asList(words));
    return command;
  }
}
