package ee.interlink.runner;

import static ee.interlink.runner.ContainerRuntime.Apptainer.DEFAULT_PREFIX;
import static ee.interlink.runner.ContainerRuntime.Apptainer.reference;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.ImageName;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which images a backend runs: all, unless the administrator has listed what their references begin
 * with. A reference is compared as Apptainer is given it, so {@code busybox} is {@code
 * docker://busybox}. What is listed ends at a part of a reference: {@code docker://r.example}
 * allows what is behind {@code docker://r.example/} and nothing of {@code docker://r.example.org},
 * and {@code docker://r.example/app} its tags and digests too.
 *
 * @param listed complete references or their beginnings; empty for all images
 * @param imagePrefix as in {@link ContainerRuntime.Apptainer}
 */
public record AllowedImages(Optional<List<String>> listed, String imagePrefix) {
  /** The setting. */
  public static final String KEY = "image-allow";

  public AllowedImages {
    listed = listed.map(List::copyOf);
    Objects.requireNonNull(imagePrefix, "imagePrefix");
  }

  /**
   * @param text the setting's value, with commas between what is listed; empty if there is none
   */
  public static AllowedImages of(Optional<String> text, String imagePrefix) {
    return new AllowedImages(
        text.map(
            words ->
                Stream.of(words.split(",", -1))
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList()),
        imagePrefix);
  }

  /** Whether there may be anything to say of the pod, without a look at other settings. */
  public static boolean mayRefuse(JobRequest request, boolean limited) {
    return limited
        || Stream.concat(request.initContainers().stream(), request.containers().stream())
            .anyMatch(container -> isNameless(reference(DEFAULT_PREFIX, container.image())));
  }

  /**
   * @throws InvalidRequestException naming all containers whose images are not listed, or that no
   *     image can have the name of
   */
  public void check(JobRequest request) throws InvalidRequestException {
    Map<String, String> faults = new TreeMap<>();
    check("spec.initContainers", request.initContainers(), faults);
    check("spec.containers", request.containers(), faults);
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
  }

  private void check(String field, List<ContainerSpec> containers, Map<String, String> faults) {
    for (int i = 0; i < containers.size(); i++) {
      String image = reference(imagePrefix, containers.get(i).image());
      if (isNameless(image)) {
        faults.put(field + "[" + i + "].image", ImageName.FAULT);
      } else if (!allows(image)) {
        faults.put(
            field + "[" + i + "].image",
            "is "
                + image
                + ", which is not among what this backend runs ("
                + KEY
                + "): "
                + listed.orElseThrow());
      }
    }
  }

  /** One of a registry that Apptainer would not even ask for; of others it knows itself. */
  private static boolean isNameless(String image) {
    return image.startsWith(DEFAULT_PREFIX)
        && image.length() > DEFAULT_PREFIX.length()
        && !ImageName.isOne(image.substring(DEFAULT_PREFIX.length()));
  }

  private boolean allows(String image) {
    return listed.isEmpty()
        || listed.get().stream()
            .anyMatch(
                beginning ->
                    image.startsWith("/")
                        ? beginning.startsWith("/")
                            && Path.of(image).normalize().startsWith(beginning)
                        : isBelow(image, beginning));
  }

  private static boolean isBelow(String image, String beginning) {
    // Where a scheme is a path's, the path may lead anywhere.
    if (!image.startsWith(beginning) || image.contains("..")) {
      return false;
    }
    String rest = image.substring(beginning.length());
    boolean host = beginning.indexOf('/', beginning.indexOf("://") + 3) < 0;
    return rest.isEmpty()
        || beginning.endsWith("/")
        || rest.startsWith("/")
        || (!host && (rest.startsWith(":") || rest.startsWith("@")));
  }
}
