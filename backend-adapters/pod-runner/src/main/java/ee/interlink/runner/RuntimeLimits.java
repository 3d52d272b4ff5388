package ee.interlink.runner;

import ee.interlink.batch.ContainerSpec;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodNames;
import java.util.List;

/** What a runtime cannot do is refused by the name of the field, never left out in silence. */
final class RuntimeLimits {
  private RuntimeLimits() {}

  static void check(JobRequest request, ContainerRuntime runtime) throws JobRejectedException {
    if (runtime instanceof ContainerRuntime.Processes) {
      checkNames(request.names());
    }
    check("initContainers", request.initContainers(), runtime);
    check("containers", request.containers(), runtime);
  }

  private static void check(String list, List<ContainerSpec> containers, ContainerRuntime runtime)
      throws JobRejectedException {
    for (ContainerSpec container : containers) {
      String field = "spec." + list + "[" + container.name() + "].";
      if (runtime instanceof ContainerRuntime.Processes) {
        checkProcess(field, container);
      } else {
        if (container.image().isEmpty()) {
          throw new JobRejectedException(field + "image: must be given");
        }
        ApptainerEnvironment.check(field, container);
      }
    }
  }

  private static void checkNames(PodNames names) throws JobRejectedException {
    refuseIf(names.hostname().isPresent(), "hostname");
    refuseIf(!names.hostAliases().isEmpty(), "hostAliases");
    refuseIf(names.resolver().isPresent(), "dnsConfig");
  }

  private static void refuseIf(boolean wanted, String field) throws JobRejectedException {
    if (wanted) {
      throw new JobRejectedException(
          "spec."
              + field
              + ": this backend runs containers as plain processes, which know the names of their"
              + " machine only");
    }
  }

  private static void checkProcess(String field, ContainerSpec container)
      throws JobRejectedException {
    if (!container.mounts().isEmpty()) {
      throw new JobRejectedException(
          field
              + "volumeMounts: this backend runs containers as plain processes, which cannot mount"
              + " volumes");
    }
    if (container.security().user().isPresent() || container.security().group().isPresent()) {
      throw new JobRejectedException(
          field
              + "securityContext: this backend runs containers as plain processes, which are the"
              + " account's own and have no runAsUser, runAsGroup or fsGroup");
    }
    if (container.security().readOnlyRoot()) {
      throw new JobRejectedException(
          field
              + "securityContext.readOnlyRootFilesystem: this backend runs containers as plain"
              + " processes, which have no root file system of their own");
    }
    if (container.command().isEmpty()) {
      throw new JobRejectedException(
          field
              + "command: must be given, for this backend runs containers as plain processes and"
              + " does not read the image's entry point");
    }
  }
}
