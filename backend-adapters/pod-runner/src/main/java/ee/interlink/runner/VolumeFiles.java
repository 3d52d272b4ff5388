package ee.interlink.runner;

import ee.interlink.batch.Mount;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One volume as files.
 *
 * @param root its folder below the job's directory
 * @param files the folder and all in it
 * @param endsWithTheJob whether the runner removes it at the end
 */
record VolumeFiles(String root, List<JobFile> files, boolean endsWithTheJob) {
  /** As the kubelet has it; nobody else can enter the job's own folder above it. */
  private static final int FOR_ALL = 0777;

  static VolumeFiles of(Volume volume) {
    String root = root(volume.name());
    if (volume instanceof Volume.Files content) {
      return new VolumeFiles(root, tree(root, content), content.secret());
    }
    if (volume instanceof Volume.EmptyDir empty) {
      // The runner makes one that is to be in memory.
      return new VolumeFiles(
          root, empty.inMemory() ? List.of() : List.of(new JobFile.Folder(root, FOR_ALL)), true);
    }
    return new VolumeFiles(root, List.of(), false);
  }

  /** The names of those that are to be in memory. */
  static List<String> memoryWords(List<Volume> volumes) {
    return empty(volumes)
        .filter(Volume.EmptyDir::inMemory)
        .map(volume -> volume.name().value())
        .toList();
  }

  /** Name and bytes of each that has a limit. */
  static List<String> limitWords(List<Volume> volumes) {
    return empty(volumes)
        .flatMap(
            volume ->
                volume.sizeLimit().stream()
                    .flatMap(
                        limit -> Stream.of(volume.name().value(), Long.toString(limit.bytes()))))
        .toList();
  }

  private static Stream<Volume.EmptyDir> empty(List<Volume> volumes) {
    return volumes.stream()
        .filter(Volume.EmptyDir.class::isInstance)
        .map(Volume.EmptyDir.class::cast);
  }

  /**
   * Source, destination and {@code ro}, {@code rw} or {@code fixed}. Resolved files are read-only
   * for all, and a part of them stays for its container as it is at the container's start.
   */
  static List<String> mountWords(Mount mount, List<Volume> volumes) {
    Volume volume = volume(mount, volumes);
    if (volume instanceof Volume.Files) {
      return VolumeVersion.mountWords(root(volume.name()), mount);
    }
    String root = volume instanceof Volume.HostPath host ? host.path() : root(volume.name());
    String source = mount.subPath().isEmpty() ? root : root + "/" + mount.subPath();
    return List.of(source, mount.path(), mount.readOnly() ? "ro" : "rw");
  }

  /** Type and path of the mount, if it is of the machine; {@code any} for any type. */
  static List<String> hostPathWords(Mount mount, List<Volume> volumes) {
    if (!(volume(mount, volumes) instanceof Volume.HostPath host)) {
      return List.of();
    }
    String type = host.type().word();
    return List.of(type.isEmpty() ? "any" : type, host.path());
  }

  private static Volume volume(Mount mount, List<Volume> volumes) {
    return volumes.stream()
        .filter(volume -> volume.name().equals(mount.volume()))
        .findFirst()
        .orElseThrow();
  }

  private static String root(VolumeName name) {
    return "volumes/" + name;
  }

  private static List<JobFile> tree(String root, Volume.Files volume) {
    List<JobFile> all = new ArrayList<>(List.of(new JobFile.Folder(root)));
    VolumeVersion.FIRST.of(volume).forEach(file -> all.add(file.below(root)));
    return all;
  }
}
