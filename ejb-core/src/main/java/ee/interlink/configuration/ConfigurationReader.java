package ee.interlink.configuration;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Turns the keys below {@code interlink.} into a {@link Configuration}, or names the bad one. */
final class ConfigurationReader {
  static final String PREFIX = "interlink.";
  private static final String BACKENDS = PREFIX + "backends.";
  private static final String ACCOUNTS = PREFIX + "accounts.";
  static final String DEFAULT_BACKEND = PREFIX + "default-backend";
  static final String STATE_DIRECTORY = PREFIX + "state.directory";

  static final String KUBECONFIG = PREFIX + "kubernetes.kubeconfig";
  static final String QPS = PREFIX + "kubernetes.qps";
  static final String BURST = PREFIX + "kubernetes.burst";

  /** Those whose names are whole, other than a backend's or a namespace's. */
  static final Set<String> SINGLE_KEYS =
      Set.of(
          DEFAULT_BACKEND,
          STATE_DIRECTORY,
          KUBECONFIG,
          QPS,
          BURST,
          DatabaseSettings.URL,
          DatabaseSettings.USER,
          DatabaseSettings.PASSWORD);

  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);
  private static final int DEFAULT_WORKERS = 3;
  private static final int MOST_WORKERS = 32;

  /** A node's share of an API server, for bursts of pods; the kubelet has 50 and 100. */
  private static final int DEFAULT_QPS = 300;

  private static final int DEFAULT_BURST = 600;
  private static final int MOST_REQUESTS = 10_000;

  private final Map<String, String> values;

  ConfigurationReader(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /** Whether a key is one of ours; for the driver's part of a backend only its driver can tell. */
  static boolean knows(String key) {
    return isOf(BACKENDS, key)
        || isOf(NodeReader.PREFIX, key)
        || key.startsWith(ACCOUNTS)
        || SINGLE_KEYS.contains(key);
  }

  private static boolean isOf(String group, String key) {
    return key.startsWith(group) && key.indexOf('.', group.length()) > 0;
  }

  private static void sort(
      Map<String, Map<String, String>> groups, String group, Map.Entry<String, String> entry) {
    String key = entry.getKey();
    int dot = key.indexOf('.', group.length());
    groups
        .computeIfAbsent(key.substring(group.length(), dot), name -> new TreeMap<>())
        .put(key.substring(dot + 1), entry.getValue());
  }

  Configuration read() throws InvalidSettingException {
    Map<String, Map<String, String>> groups = new TreeMap<>();
    Map<String, Map<String, String>> nodes = new TreeMap<>();
    Map<String, AccountName> accounts = new HashMap<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      String key = entry.getKey();
      if (isOf(BACKENDS, key)) {
        sort(groups, BACKENDS, entry);
      } else if (isOf(NodeReader.PREFIX, key)) {
        sort(nodes, NodeReader.PREFIX, entry);
      } else if (key.startsWith(ACCOUNTS)) {
        accounts.put(key.substring(ACCOUNTS.length()), account(key, entry.getValue()));
      } else if (!SINGLE_KEYS.contains(key)) {
        throw new InvalidSettingException(key, "is not a key of interLink EE");
      }
    }
    Map<BackendName, Backend> backends = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, String>> group : groups.entrySet()) {
      Backend backend = backend(group.getKey(), group.getValue());
      backends.put(backend.name(), backend);
    }
    return new Configuration(
        Collections.unmodifiableMap(backends),
        defaultBackend(backends),
        accounts,
        nodes(nodes, backends.keySet()),
        kubernetes(),
        Path.of(values.getOrDefault(STATE_DIRECTORY, DatabaseSettings.DEFAULT_STATE_DIRECTORY)));
  }

  private static Map<NodeName, Node> nodes(
      Map<String, Map<String, String>> groups, Set<BackendName> backends)
      throws InvalidSettingException {
    Map<NodeName, Node> nodes = new LinkedHashMap<>();
    Map<Integer, NodeName> ports = new HashMap<>();
    for (Map.Entry<String, Map<String, String>> group : groups.entrySet()) {
      Node node = NodeReader.read(group.getKey(), group.getValue(), backends);
      NodeName other = ports.put(node.kubelet().port(), node.name());
      if (other != null && node.kubelet().port() != 0) {
        throw new InvalidSettingException(
            NodeReader.PREFIX + node.name() + ".kubelet.port",
            "is the port of node " + other + " too: each listens on its own");
      }
      nodes.put(node.name(), node);
    }
    return Collections.unmodifiableMap(nodes);
  }

  private KubernetesSettings kubernetes() throws InvalidSettingException {
    return new KubernetesSettings(
        Optional.ofNullable(values.get(KUBECONFIG)).filter(file -> !file.isBlank()).map(Path::of),
        number(QPS, values.get(QPS), DEFAULT_QPS, MOST_REQUESTS),
        number(BURST, values.get(BURST), DEFAULT_BURST, MOST_REQUESTS));
  }

  private Optional<BackendName> defaultBackend(Map<BackendName, Backend> backends)
      throws InvalidSettingException {
    if (backends.isEmpty()) {
      throw new InvalidSettingException(
          BACKENDS + "<name>.driver", "is set for no name: there is nowhere to run a pod");
    }
    String named = values.get(DEFAULT_BACKEND);
    if (named == null) {
      return backends.size() == 1 ? backends.keySet().stream().findFirst() : Optional.empty();
    }
    return Optional.of(
        backends.keySet().stream()
            .filter(name -> name.value().equals(named))
            .findFirst()
            .orElseThrow(
                () -> new InvalidSettingException(DEFAULT_BACKEND, "names no backend: " + named)));
  }

  private static Backend backend(String name, Map<String, String> settings)
      throws InvalidSettingException {
    BackendName backend;
    try {
      backend = new BackendName(name);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(BACKENDS + name, "is " + e.getMessage());
    }
    Map<String, String> rest = new HashMap<>(settings);
    String driver = rest.remove("driver");
    if (driver == null) {
      throw new InvalidSettingException(BACKENDS + name + ".driver", "is missing");
    }
    String account = rest.remove("account");
    String accountKey = BACKENDS + name + ".account";
    if (account == null && rest.containsKey("ssh.host")) {
      throw new InvalidSettingException(accountKey, "is missing: as whom to log in?");
    }
    String intervalKey = BACKENDS + name + ".interval";
    Duration interval = duration(intervalKey, rest.remove("interval"));
    int workers =
        number(BACKENDS + name + ".workers", rest.remove("workers"), DEFAULT_WORKERS, MOST_WORKERS);
    return new Backend(
        new BackendSettings(backend, driver, rest),
        account(accountKey, account == null ? ownAccount() : account),
        interval,
        workers);
  }

  /** Root may run the server in a container or a test; its jobs are then still not named root. */
  private static String ownAccount() {
    String user = System.getProperty("user.name", "interlink");
    return user.equals("root") ? "interlink" : user;
  }

  private static AccountName account(String key, String value) throws InvalidSettingException {
    try {
      return new AccountName(value);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(key, "is " + e.getMessage());
    }
  }

  private static Duration duration(String key, String value) throws InvalidSettingException {
    if (value == null) {
      return DEFAULT_INTERVAL;
    }
    try {
      Duration read = Duration.parse(value);
      if (read.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new InvalidSettingException(key, "is shorter than PT1S: " + value);
      }
      return read;
    } catch (DateTimeParseException e) {
      throw new InvalidSettingException(key, "is not an ISO 8601 duration such as PT1S: " + value);
    }
  }

  private static int number(String key, String value, int otherwise, int most)
      throws InvalidSettingException {
    if (value == null) {
      return otherwise;
    }
    try {
      int read = Integer.parseInt(value);
      if (read >= 1 && read <= most) {
        return read;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is out of range.
    }
    throw new InvalidSettingException(key, "is not a number from 1 to " + most);
  }
}
