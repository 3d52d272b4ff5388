package ee.interlink.batch;

import java.util.List;
import java.util.Objects;

/**
 * A directory that containers of a pod mount; its content is complete, nothing is left to fetch.
 */
public sealed interface Volume {
  VolumeName name();

  /** An empty directory that lives as long as the job. */
  record EmptyDir(VolumeName name) implements Volume {
    public EmptyDir {
      Objects.requireNonNull(name, "name");
    }
  }

  /**
   * Files from ConfigMaps, Secrets, tokens or the downward API.
   *
   * @param files the files, each path once
   * @param secret whether any of it is secret, and so must be gone when the job ends
   */
  record Files(VolumeName name, List<File> files, boolean secret) implements Volume {
    public Files {
      Objects.requireNonNull(name, "name");
      files = List.copyOf(files);
    }
  }

  /**
   * @param path relative, without {@code ..}; any bytes but NUL
   * @param content the bytes; not copied, so not to be changed by the caller
   * @param mode permission bits, 0 to 0777
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes pass through, nobody compares them
  record File(String path, byte[] content, int mode) {
    /**
     * @throws IllegalArgumentException if the path is empty, absolute or climbs out
     */
    public File {
      Objects.requireNonNull(content, "content");
      if (path == null || path.isEmpty() || path.startsWith("/") || Paths.unsafe(path)) {
        throw new IllegalArgumentException("not a path inside a volume: " + Quoted.of(path));
      }
      if (mode < 0 || mode > 0777) {
        throw new IllegalArgumentException("not permission bits: " + mode);
      }
    }

    @Override
    public String toString() {
      return path + " (" + content.length + " bytes)";
    }
  }
}
