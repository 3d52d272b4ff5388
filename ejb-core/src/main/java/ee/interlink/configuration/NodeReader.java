package ee.interlink.configuration;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.InvalidSettingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the keys {@code interlink.nodes.<name>.*} of one node. */
final class NodeReader {
  static final String PREFIX = "interlink.nodes.";

  /** The original's, so that pods written for it are at home here. */
  private static final NodeTaint DEFAULT_TAINT =
      new NodeTaint("virtual-node.interlink/no-schedule", "true", "NoSchedule");

  private static final Set<String> EFFECTS = Set.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final String CAPACITY = "capacity.";

  /** What the API server would refuse for ever is refused at the start. */
  private static final Pattern NAME =
      Pattern.compile("([-.a-z0-9]+/)?[A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?");

  private static final Pattern VALUE =
      Pattern.compile("([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?");
  private static final Pattern QUANTITY =
      Pattern.compile("[0-9]+(\\.[0-9]+)?([KMGTPE]i|[munkMGTPE]|[eE][0-9]+)?");
  private static final int KUBELET = 10250;

  private final String prefix;
  private final Map<String, String> left;

  private NodeReader(String name, Map<String, String> settings) {
    this.prefix = PREFIX + name + ".";
    this.left = new TreeMap<>(settings);
  }

  static Node read(String name, Map<String, String> settings, Set<BackendName> backends)
      throws InvalidSettingException {
    return new NodeReader(name, settings).node(name, backends);
  }

  private Node node(String named, Set<BackendName> backends) throws InvalidSettingException {
    NodeName name;
    try {
      name = new NodeName(named);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(prefix + "backend", "is of " + e.getMessage());
    }
    Node node =
        new Node(
            name,
            backend(backends),
            take("address"),
            labels(),
            taints(),
            capacity(),
            kubelet(),
            apiServer(),
            flag("deregister"));
    if (!left.isEmpty()) {
      throw new InvalidSettingException(
          prefix + left.keySet().iterator().next(), "is not a key of a node");
    }
    return node;
  }

  private Optional<String> take(String key) {
    return Optional.ofNullable(left.remove(key)).filter(value -> !value.isBlank());
  }

  private BackendName backend(Set<BackendName> backends) throws InvalidSettingException {
    Optional<String> named = take("backend");
    if (named.isEmpty()) {
      throw new InvalidSettingException(prefix + "backend", "is missing: where do its pods run?");
    }
    return backends.stream()
        .filter(backend -> backend.value().equals(named.get()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    prefix + "backend", "names no backend: " + named.get()));
  }

  private Map<String, String> labels() throws InvalidSettingException {
    Map<String, String> labels = new HashMap<>();
    for (String label : list("labels")) {
      int sign = label.indexOf('=');
      if (sign < 1 || !isPair(label.substring(0, sign), label.substring(sign + 1))) {
        throw new InvalidSettingException(prefix + "labels", "is not KEY=VALUE: " + label);
      }
      labels.put(label.substring(0, sign), label.substring(sign + 1));
    }
    return labels;
  }

  private static boolean isPair(String name, String value) {
    return NAME.matcher(name).matches() && VALUE.matcher(value).matches();
  }

  /** {@code KEY=VALUE:EFFECT,…}; {@code none} for a node that every pod may be bound to. */
  private List<NodeTaint> taints() throws InvalidSettingException {
    if (!left.containsKey("taints")) {
      return List.of(DEFAULT_TAINT);
    }
    List<NodeTaint> taints = new ArrayList<>();
    for (String taint : list("taints")) {
      if (!taint.equals("none")) {
        int colon = taint.lastIndexOf(':');
        String[] pair = taint.substring(0, Math.max(colon, 0)).split("=", 2);
        String value = pair.length == 2 ? pair[1] : "";
        String effect = taint.substring(colon + 1);
        if (!isPair(pair[0], value) || !EFFECTS.contains(effect)) {
          throw new InvalidSettingException(
              prefix + "taints", "is not KEY=VALUE:EFFECT with a Kubernetes effect: " + taint);
        }
        taints.add(new NodeTaint(pair[0], value, effect));
      }
    }
    return taints;
  }

  private List<String> list(String key) {
    return take(key).stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private Map<String, String> capacity() throws InvalidSettingException {
    Map<String, String> capacity = new HashMap<>();
    for (String key : List.copyOf(left.keySet())) {
      if (key.startsWith(CAPACITY)) {
        String resource = key.substring(CAPACITY.length());
        String amount = left.remove(key);
        if (!NAME.matcher(resource).matches() || !QUANTITY.matcher(amount).matches()) {
          throw new InvalidSettingException(
              prefix + key, "is not a resource with a Kubernetes quantity: " + amount);
        }
        capacity.put(resource, amount);
      }
    }
    return capacity;
  }

  private KubeletPort kubelet() throws InvalidSettingException {
    Optional<Path> certificate = take("kubelet.certificate").map(Path::of);
    Optional<Path> key = take("kubelet.key").map(Path::of);
    if (certificate.isPresent() != key.isPresent()) {
      throw new InvalidSettingException(
          prefix + "kubelet.certificate", "and kubelet.key go together: one of them is missing");
    }
    return new KubeletPort(
        take("kubelet.address").orElse("0.0.0.0"),
        port("kubelet.port", 0, take("kubelet.port").orElse(Integer.toString(KUBELET))),
        certificate,
        key,
        take("kubelet.client-ca").map(Path::of));
  }

  private Optional<HostPort> apiServer() throws InvalidSettingException {
    Optional<String> value = take("api-server");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    int colon = value.get().lastIndexOf(':');
    if (colon < 1) {
      throw new InvalidSettingException(prefix + "api-server", "is not HOST:PORT");
    }
    String host = value.get().substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
    return Optional.of(new HostPort(host, port("api-server", 1, value.get().substring(colon + 1))));
  }

  private int port(String key, int least, String value) throws InvalidSettingException {
    try {
      int port = Integer.parseInt(value);
      if (port >= least && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is out of range.
    }
    throw new InvalidSettingException(
        prefix + key, "is not a port from " + least + " to 65535: " + value);
  }

  private boolean flag(String key) throws InvalidSettingException {
    String value = take(key).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new InvalidSettingException(prefix + key, "is neither true nor false");
    }
    return value.equals("true");
  }
}
