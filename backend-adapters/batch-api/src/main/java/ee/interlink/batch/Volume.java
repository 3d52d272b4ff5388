package ee.interlink.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What containers of a pod mount. The content of one that is not the machine's is complete, nothing
 * is left to fetch.
 */
public sealed interface Volume {
  VolumeName name();

  /**
   * An empty directory that lives as long as the job.
   *
   * @param inMemory whether it is a file system in the machine's memory
   * @param sizeLimit how much may be in it before the pod is evicted; empty for no limit
   */
  record EmptyDir(VolumeName name, boolean inMemory, Optional<Bytes> sizeLimit) implements Volume {
    /** One on disk, without a limit. */
    public EmptyDir(VolumeName name) {
      this(name, false, Optional.empty());
    }

    public EmptyDir {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(sizeLimit, "sizeLimit");
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

    /**
     * Tells content from other content, by paths, modes and bytes; the order does not count.
     *
     * @return 16 hexadecimal digits
     */
    public String digest() {
      return ContentDigest.of(files);
    }
  }

  /**
   * A file or folder of the machine that the job runs on.
   *
   * @param path absolute, without {@code ..}
   * @param type what has to be there, or is made
   */
  record HostPath(VolumeName name, String path, HostPathType type) implements Volume {
    /**
     * @throws IllegalArgumentException if the path is not of that kind
     */
    public HostPath {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
      if (path == null || !path.startsWith("/") || Paths.unsafe(path)) {
        throw new IllegalArgumentException("not an absolute path: " + Quoted.of(path));
      }
    }
  }

  /** As Kubernetes has it (HostPathVolumeSource). */
  enum HostPathType {
    /** Whatever it is. */
    ANY(""),
    DIRECTORY_OR_CREATE("DirectoryOrCreate"),
    DIRECTORY("Directory"),
    FILE_OR_CREATE("FileOrCreate"),
    FILE("File"),
    SOCKET("Socket"),
    CHAR_DEVICE("CharDevice"),
    BLOCK_DEVICE("BlockDevice");

    private final String word;

    HostPathType(String word) {
      this.word = word;
    }

    /** Kubernetes' word for it; empty for {@link #ANY}. */
    public String word() {
      return word;
    }

    /**
     * @param word null for {@link #ANY}
     * @throws IllegalArgumentException if there is no such type
     */
    public static HostPathType of(String word) {
      String known = word == null ? "" : word;
      return Arrays.stream(values())
          .filter(type -> type.word.equals(known))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("no type of a host path: " + Quoted.of(word)));
    }
  }

  /**
   * @param path relative, without {@code ..}, and not beginning with it: such names are for what
   *     makes a volume change at once; any bytes but NUL
   * @param content the bytes; not copied, so not to be changed by the caller
   * @param mode permission bits, 0 to 0777
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes pass through, nobody compares them
  record File(String path, byte[] content, int mode) {
    /**
     * @throws IllegalArgumentException if the path is empty, absolute, climbs out or begins with
     *     {@code ..}
     */
    public File {
      Objects.requireNonNull(content, "content");
      if (path == null
          || path.isEmpty()
          || path.startsWith("/")
          || path.startsWith("..")
          || Paths.unsafe(path)) {
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
