package ee.interlink.kubernetes.resolve;

import ee.interlink.batch.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of a volume, from one source or several; of two with one path the later counts. */
final class FileSet {
  private final Map<String, Volume.File> files = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if the path leads out of the volume, or the mode has other
   *     than permission bits
   */
  void add(Volume.File file) {
    String path = clean(file.path());
    files.put(path, new Volume.File(path, file.content(), file.mode()));
  }

  /**
   * @throws IllegalArgumentException if something is to be a file and a directory at once
   */
  List<Volume.File> files() {
    for (String path : files.keySet()) {
      for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
        if (files.containsKey(path.substring(0, slash))) {
          throw new IllegalArgumentException("one of its files lies below another: " + path);
        }
      }
    }
    return List.copyOf(files.values());
  }

  /** {@code ./a//b} and {@code a/b} are one file. */
  private static String clean(String path) {
    return Stream.of(path.split("/", -1))
        .filter(step -> !step.isEmpty() && !step.equals("."))
        .collect(Collectors.joining("/"));
  }
}
