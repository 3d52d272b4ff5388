package ee.interlink.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What pods may say, as awkward as it can be; always the same for the same seed. */
public final class RandomPods {
  private static final String SHELLISH =
      "'\"$`\\ \n\t\r*?[]{}()<>|&;#~!=-%,:/.aZ0é€🚀\u0001\u001f\u007f\u00a0\u200b";
  private static final List<String> CHOSEN =
      List.of(
          "",
          " ",
          "-",
          "--",
          "-n",
          "-e",
          "--help",
          "\n",
          "a\nb\n",
          "$(touch /tmp/never)",
          "`id`",
          "${HOME}",
          "() { :;}; echo never",
          "$'\\x41'",
          "\\",
          "'",
          "\"",
          "%s%n",
          "a=b",
          "=",
          " lead",
          "trail ",
          "/etc/*",
          "~",
          "!!",
          "\u001f\u001e",
          "grüße 日本語");

  private final Random random;

  public RandomPods(long seed) {
    this.random = new Random(seed);
  }

  /**
   * One pod's worth.
   *
   * @param files in no volume yet, each name once
   */
  public record Worth(List<String> args, Map<String, String> env, List<Volume.File> files) {}

  /**
   * The next one.
   *
   * @param names of variables that may be
   * @param values of variables that may be
   */
  public Worth next(Predicate<String> names, Predicate<String> values) {
    List<String> args = IntStream.range(0, random.nextInt(7)).mapToObj(i -> text()).toList();
    Map<String, String> env = new TreeMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      String name = name();
      String value = text();
      if (names.test(name) && values.test(value)) {
        env.put(name, value);
      }
    }
    Map<String, Volume.File> files = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String name = fileName();
      files.put(name, new Volume.File(name, bytes(), 0600));
    }
    return new Worth(args, env, List.copyOf(files.values()));
  }

  private String name() {
    if (random.nextInt(3) > 0) {
      return "V" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36).replace('-', '_');
    }
    String name = text().replace("=", "");
    return name.isEmpty() ? "." : name;
  }

  private String fileName() {
    String name = text().replace('/', '_');
    boolean fits = !name.isEmpty() && !name.startsWith("..") && !name.equals(".");
    return fits && name.getBytes(UTF_8).length < 250 ? name : "f" + random.nextInt(1000);
  }

  /** All 256 values, so mostly no UTF-8. */
  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(400)];
    random.nextBytes(bytes);
    return bytes;
  }

  private String text() {
    return switch (random.nextInt(4)) {
      case 0 -> CHOSEN.get(random.nextInt(CHOSEN.size()));
      case 1 -> any(random.nextInt(30));
      case 2 -> random.nextInt(500) == 0 ? any(20_000) : any(3);
      default -> shellish(random.nextInt(40));
    };
  }

  private String shellish(int length) {
    List<Integer> all = SHELLISH.codePoints().boxed().toList();
    return text(length, () -> all.get(random.nextInt(all.size())));
  }

  /** Of all characters that there are but NUL; half a surrogate pair has no UTF-8 form. */
  private String any(int length) {
    return text(
        length,
        () -> {
          int point = 1 + random.nextInt(random.nextBoolean() ? 0x7f : Character.MAX_CODE_POINT);
          return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '?' : point;
        });
  }

  private static String text(int length, IntSupplier points) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(points.getAsInt());
    }
    return text.toString();
  }

  /** All of several pods in the order of their coming; of variables of one name the last. */
  public static Worth together(List<Worth> worths) {
    List<String> args = new ArrayList<>();
    Map<String, String> env = new TreeMap<>();
    List<Volume.File> files = new ArrayList<>();
    for (int i = 0; i < worths.size(); i++) {
      args.addAll(worths.get(i).args());
      env.putAll(worths.get(i).env());
      for (Volume.File file : worths.get(i).files()) {
        files.add(new Volume.File(i + "/" + file.path(), file.content(), file.mode()));
      }
    }
    return new Worth(args, env, files);
  }
}
