package ee.interlink.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Certificates and kubeconfig files, made by the testbed's own program. */
public final class Identities {
  /**
   * A certificate and its key.
   *
   * @param certificate PEM
   * @param key PEM, PKCS #8
   */
  public record KeyPair(Path certificate, Path key) {
    static KeyPair at(Path path) {
      return new KeyPair(
          path.resolveSibling(path.getFileName() + ".crt"),
          path.resolveSibling(path.getFileName() + ".key"));
    }
  }

  private final Kube kube;
  private final Path folder;

  Identities(Kube kube, Path folder) {
    this.kube = kube;
    this.folder = folder.toAbsolutePath();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a node shows to the API server on its kubelet port. */
  public KeyPair serving(String node, String... namesAndAddresses) {
    return signed(
        node + "-serving",
        List.of(
            "-cn",
            "system:node:" + node,
            "-o",
            "system:nodes",
            "-sans",
            String.join(",", namesAndAddresses)));
  }

  /** A client certificate that the API server and a node can verify. */
  public KeyPair client(String user, String... groups) {
    return signed(user.replace(':', '-'), List.of("-cn", user, "-o", String.join(",", groups)));
  }

  /** What the API server shows to a node, but signed by a CA that nobody here knows. */
  public KeyPair strangersKubeletClient() {
    Path strangers = folder.resolve("strangers");
    program(List.of("pki", "-dir", strangers.toString(), "-server", kube.address().toString()));
    return KeyPair.at(strangers.resolve("kubelet-client"));
  }

  /** What the API server really shows to a node. */
  public KeyPair kubeletClient() {
    return new KeyPair(
        Path.of(kube.setting("KUBE_TESTBED_KUBELET_CLIENT_CERT")),
        Path.of(kube.setting("KUBE_TESTBED_KUBELET_CLIENT_KEY")));
  }

  /** The kubeconfig of a node's own identity. */
  public Path nodeKubeconfig(String node) {
    return userKubeconfig("system:node:" + node, "system:nodes");
  }

  /** The kubeconfig of any user, who may do what the cluster's rules say. */
  public Path userKubeconfig(String user, String... groups) {
    KeyPair pair = client(user, groups);
    String path = pair.certificate().toString().replaceAll("\\.crt$", "");
    return kubeconfig(user.replace(':', '-'), List.of("-cert", path));
  }

  /** A token of a service account, for the API server. */
  public String token(String namespace, String serviceAccount) {
    return kube.kubectl("--namespace=" + namespace, "create", "token", serviceAccount)
        .output()
        .strip();
  }

  /** The kubeconfig of a service account, by a token that is valid for an hour. */
  public Path serviceAccountKubeconfig(String namespace, String serviceAccount) {
    return kubeconfig(
        namespace + "-" + serviceAccount,
        List.of("-namespace", namespace, "-token", token(namespace, serviceAccount)));
  }

  private Path kubeconfig(String name, List<String> words) {
    Path file = folder.resolve(name + ".kubeconfig");
    List<String> all = new ArrayList<>(List.of("kubeconfig", "-out", file.toString()));
    all.addAll(List.of("-server", kube.address().toString()));
    all.addAll(List.of("-ca", kube.setting("KUBE_TESTBED_CA")));
    all.addAll(words);
    program(all);
    return file;
  }

  private KeyPair signed(String name, List<String> words) {
    Path path = folder.resolve(name);
    String ca = kube.setting("KUBE_TESTBED_CA").replaceAll("\\.crt$", "");
    List<String> all = new ArrayList<>(Arrays.asList("cert", "-ca", ca, "-out", path.toString()));
    all.addAll(words);
    program(all);
    return KeyPair.at(path);
  }

  private void program(List<String> words) {
    List<String> command = new ArrayList<>(List.of(kube.setting("KUBE_TESTBED_BIN")));
    command.addAll(words);
    Execution.of(command).output();
  }
}
