package ee.interlink.batch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules that bind the parts of a {@link JobRequest} together. */
final class JobRequestCheck {
  private JobRequestCheck() {}

  static void check(List<ContainerSpec> init, List<ContainerSpec> main, List<Volume> volumes) {
    if (main.isEmpty()) {
      throw new IllegalArgumentException("a pod has at least one container");
    }
    Set<VolumeName> known = new HashSet<>();
    for (Volume volume : volumes) {
      if (!known.add(volume.name())) {
        throw new IllegalArgumentException("two volumes are named " + volume.name());
      }
    }
    Set<ContainerName> names = new HashSet<>();
    Stream.concat(init.stream(), main.stream())
        .forEach(
            container -> {
              if (!names.add(container.name())) {
                throw new IllegalArgumentException("two containers are named " + container.name());
              }
              for (Mount mount : container.mounts()) {
                if (!known.contains(mount.volume())) {
                  throw new IllegalArgumentException(
                      "container " + container.name() + " mounts no volume " + mount.volume());
                }
              }
            });
  }
}
