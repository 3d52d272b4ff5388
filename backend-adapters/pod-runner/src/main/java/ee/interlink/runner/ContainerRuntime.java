package ee.interlink.runner;

import java.util.List;
import java.util.Objects;

/** By what means a site runs containers. */
public sealed interface ContainerRuntime {

  /** As plain processes of the account: the image is not used and nothing can be mounted. */
  record Processes() implements ContainerRuntime {}

  /**
   * In Apptainer.
   *
   * @param binary its name or absolute path at the site
   * @param imagePrefix goes in front of references that are neither a path nor have a scheme, as
   *     {@code docker://} or {@code docker://registry.example/}
   * @param options further options of {@code apptainer exec}, as {@code --no-https}; those of them
   *     that say how to fetch an image are given to {@code apptainer pull} too
   */
  record Apptainer(String binary, String imagePrefix, List<String> options)
      implements ContainerRuntime {
    public static final String DEFAULT_PREFIX = "docker://";

    public Apptainer {
      Objects.requireNonNull(binary, "binary");
      Objects.requireNonNull(imagePrefix, "imagePrefix");
      options = List.copyOf(options);
    }

    /** The reference as Apptainer understands it; a pod's {@code busybox} means a registry's. */
    String reference(String image) {
      return reference(imagePrefix, image);
    }

    /** The same with another prefix. */
    public static String reference(String imagePrefix, String image) {
      boolean complete = image.startsWith("/") || image.startsWith("./") || hasScheme(image);
      return complete ? image : imagePrefix + image;
    }

    // "busybox:1.36" has a colon too; Apptainer's schemes without slashes name local files.
    private static boolean hasScheme(String image) {
      return image.contains("://")
          || image.startsWith("docker-archive:")
          || image.startsWith("oci-archive:")
          || image.startsWith("oci:");
    }
  }
}
