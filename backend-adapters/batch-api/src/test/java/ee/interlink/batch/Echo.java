package ee.interlink.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.RandomPods.Worth;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A container that says what the kernel was given for it, and that checks what it says. */
public final class Echo {
  /** The last word keeps the shell from becoming the command before it. */
  private static final List<String> SAY =
      List.of("/bin/sh", "-c", "/bin/cat /proc/$$/cmdline /proc/$$/environ; :", "sh");

  private final String name;
  private final Worth worth;

  public Echo(String name, Worth worth) {
    this.name = name;
    this.worth = worth;
  }

  public String name() {
    return name;
  }

  public ContainerSpec container(String image) {
    List<EnvVar> env =
        worth.env().entrySet().stream()
            .map(each -> new EnvVar(each.getKey(), each.getValue()))
            .toList();
    return new ContainerSpec(
        new ContainerName(name), image, SAY, worth.args(), env, Optional.empty(), List.of());
  }

  /** Whether the arguments are those of the pod, and each of its variables is there as it was. */
  public void check(byte[] said) {
    List<String> words = words(said);
    List<String> argv = Stream.concat(SAY.stream(), worth.args().stream()).toList();
    List<String> arrived = words.subList(0, Math.min(argv.size(), words.size()));
    if (!digest(arrived).equals(digest(argv))) {
      assertThat(arrived).as("arguments of " + name).isEqualTo(argv);
    }
    Map<String, String> env = environ(words.subList(arrived.size(), words.size()));
    env.keySet().retainAll(worth.env().keySet());
    if (!digest(lines(env)).equals(digest(lines(worth.env())))) {
      assertThat(env).as("variables of " + name).isEqualTo(worth.env());
    }
  }

  /** The names of all variables that there are. */
  public Set<String> names(byte[] said) {
    List<String> words = words(said);
    int argv = SAY.size() + worth.args().size();
    return environ(words.subList(argv, words.size())).keySet();
  }

  /** The pod's variables and these. */
  public Set<String> namesBeside(Set<String> others) {
    return Stream.concat(worth.env().keySet().stream(), others.stream())
        .collect(Collectors.toSet());
  }

  /** By name, the digest of each file's bytes. */
  public static Map<String, String> digests(List<Volume.File> files) {
    return files.stream()
        .collect(
            Collectors.toMap(
                Volume.File::path, file -> digest(file.content()), (a, b) -> b, TreeMap::new));
  }

  private static List<String> lines(Map<String, String> env) {
    return env.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList();
  }

  /** Each ended by a NUL. */
  public static List<String> words(byte[] said) {
    String[] words = new String(said, ISO_8859_1).split("\0", -1);
    return Arrays.stream(words)
        .limit(words.length - 1)
        .map(word -> new String(word.getBytes(ISO_8859_1), UTF_8))
        .toList();
  }

  private static Map<String, String> environ(List<String> words) {
    Map<String, String> env = new TreeMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      env.put(word.substring(0, Math.max(equals, 0)), word.substring(equals + 1));
    }
    return env;
  }

  private static String digest(List<String> words) {
    return digest(String.join("\0", words).getBytes(UTF_8));
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
