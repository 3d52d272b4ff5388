package ee.interlink.slurm;

import ee.interlink.batch.JobRequest;
import ee.interlink.runner.ContainerRuntime;
import ee.interlink.site.jobs.PublishedAnnotations;
import ee.interlink.site.jobs.SchedulerAnnotations;
import ee.interlink.site.jobs.ValueForm;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What pods have with them that were written for the published interLink's plugin for Slurm. For
 * people it is in docs/annotations.md.
 */
final class PublishedSlurm {
  static final String PREFIX = "slurm-job.vk.io/";
  static final String FLAGS = PREFIX + "flags";
  static final String IMAGE_ROOT = PREFIX + "image-root";

  private static final String NO_SHELL =
      "is text for a shell on the node, and none is run there: an init container or the container's"
          + " own command can do it";
  private static final String NO_MOUNTS =
      "is not given to the container runtime: name a volume, hostPath for a folder of the nodes";
  private static final String NO_OPTIONS =
      "is not given to the container runtime, whose options are the administrator's"
          + " (apptainer-options)";
  private static final PublishedAnnotations ALL =
      new PublishedAnnotations(
          PREFIX,
          Set.of("flags", "image-root"),
          Map.of(
              "pre-exec", NO_SHELL,
              "singularity-commands", NO_SHELL,
              "mpi-flags", "is put before no command: write mpiexec into the container's command",
              "flavor", "is not offered: ask by the pod's resources and by " + FLAGS,
              "singularity-mounts", NO_MOUNTS,
              "enroot-mounts", NO_MOUNTS,
              "singularity-options", NO_OPTIONS,
              "enroot-options", NO_OPTIONS));
  private static final ValueForm ROOT =
      ValueForm.matching(
          "the beginning of an absolute path or of SCHEME://…, of letters, digits and"
              + " . _ / @ : + ~ -",
          "(/|[a-z][a-z0-9+.-]*://)[A-Za-z0-9._/@:+~-]*");

  private PublishedSlurm() {}

  static boolean anyOf(JobRequest request) {
    return ALL.anyOf(request);
  }

  /**
   * The pod with what stands for its images: a root goes before each that is neither a path nor has
   * a scheme, in place of the setting image-prefix.
   */
  static JobRequest withImageRoot(JobRequest request) {
    return Optional.ofNullable(request.annotations().get(IMAGE_ROOT))
        // One that has not the form is told of with all other faults.
        .filter(root -> ROOT.fault(root).isEmpty())
        .map(root -> request.withImages(image -> below(root, image)))
        .orElse(request);
  }

  private static String below(String root, String image) {
    return image.isEmpty() ? image : ContainerRuntime.Apptainer.reference(root, image);
  }

  /**
   * Adds what the flags ask for to what the pod asks for by our own annotations, and what stands in
   * the way to the faults.
   */
  static void join(
      JobRequest request,
      SchedulerAnnotations<SlurmAnnotation> annotations,
      Map<SlurmAnnotation, String> asked,
      Map<String, String> faults) {
    ALL.check(request, faults);
    Optional.ofNullable(request.annotations().get(IMAGE_ROOT))
        .flatMap(ROOT::fault)
        .ifPresent(fault -> faults.put(SchedulerAnnotations.field(IMAGE_ROOT), fault));
    String flags = request.annotations().get(FLAGS);
    if (flags == null) {
      return;
    }
    try {
      List<String> wrong =
          joined(
              SbatchFlags.read(flags),
              (what, value) -> annotations.fault(what, value, request.namespace()),
              asked);
      if (!wrong.isEmpty()) {
        faults.put(SchedulerAnnotations.field(FLAGS), "has " + String.join(", and ", wrong));
      }
    } catch (SbatchFlags.NotFlagsException e) {
      faults.put(SchedulerAnnotations.field(FLAGS), e.getMessage());
    }
  }

  private static List<String> joined(
      Map<SbatchFlag, String> flags,
      BiFunction<SlurmAnnotation, String, Optional<String>> check,
      Map<SlurmAnnotation, String> asked) {
    List<String> wrong = new ArrayList<>();
    Map<SlurmAnnotation, String> askedFirst = new EnumMap<>(SlurmAnnotation.class);
    asked.keySet().forEach(what -> askedFirst.put(what, SlurmAnnotation.PREFIX + what.word()));
    flags.forEach(
        (flag, value) -> {
          Optional<String> fault = flag.fault(value);
          if (fault.isEmpty() && flag.asksFor().isPresent()) {
            SlurmAnnotation what = flag.asksFor().get();
            String meaning = flag.meaning(value);
            String first = askedFirst.putIfAbsent(what, flag.option());
            fault =
                meaning.equals(asked.computeIfAbsent(what, absent -> meaning))
                    ? check.apply(what, meaning)
                    : Optional.of("is not what " + first + " asks for");
          }
          fault.ifPresent(words -> wrong.add(flag.option() + ", which " + words));
        });
    return wrong;
  }
}
