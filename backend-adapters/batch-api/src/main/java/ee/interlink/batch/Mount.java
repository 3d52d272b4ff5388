package ee.interlink.batch;

import java.util.Objects;

/**
 * A volume at a place of one container.
 *
 * @param volume one of the request's volumes
 * @param path absolute path inside the container
 * @param subPath relative path inside the volume; empty for the whole volume
 * @param readOnly whether the container may not write there
 */
public record Mount(VolumeName volume, String path, String subPath, boolean readOnly) {
  /**
   * @throws IllegalArgumentException if a path is not of that kind, or climbs out with {@code ..}
   */
  public Mount {
    Objects.requireNonNull(volume, "volume");
    if (path == null || !path.startsWith("/") || Paths.unsafe(path.substring(1))) {
      throw new IllegalArgumentException("not an absolute mount path: " + Quoted.of(path));
    }
    if (subPath == null || subPath.startsWith("/") || Paths.unsafe(subPath)) {
      throw new IllegalArgumentException("not a relative sub path: " + Quoted.of(subPath));
    }
  }
}
