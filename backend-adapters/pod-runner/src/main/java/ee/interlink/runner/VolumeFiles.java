package ee.interlink.runner;

import ee.interlink.batch.Mount;
import ee.interlink.batch.Volume;
import ee.interlink.batch.VolumeName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One volume as files.
 *
 * @param root its folder below the job's directory
 * @param files the folder and all in it
 * @param endsWithTheJob whether the runner removes it at the end
 */
record VolumeFiles(String root, List<JobFile> files, boolean endsWithTheJob) {

  static VolumeFiles of(Volume volume) {
    String root = root(volume.name());
    if (volume instanceof Volume.Files content) {
      return new VolumeFiles(root, tree(root, content.files()), content.secret());
    }
    return volume instanceof Volume.HostPath
        ? new VolumeFiles(root, List.of(), false)
        : new VolumeFiles(root, List.of(new JobFile.Folder(root)), true);
  }

  /** Source, destination and {@code ro} or {@code rw}; resolved files are read-only for all. */
  static List<String> mountWords(Mount mount, List<Volume> volumes) {
    Volume volume = volume(mount, volumes);
    boolean resolved = volume instanceof Volume.Files;
    String root = volume instanceof Volume.HostPath host ? host.path() : root(volume.name());
    String source = mount.subPath().isEmpty() ? root : root + "/" + mount.subPath();
    return List.of(source, mount.path(), mount.readOnly() || resolved ? "ro" : "rw");
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

  private static List<JobFile> tree(String root, List<Volume.File> content) {
    Set<String> folders = new LinkedHashSet<>(List.of(root));
    List<JobFile> files = new ArrayList<>();
    for (Volume.File file : content) {
      String path = root + "/" + file.path();
      for (int slash = path.indexOf('/', root.length() + 1);
          slash > 0;
          slash = path.indexOf('/', slash + 1)) {
        folders.add(path.substring(0, slash));
      }
      files.add(new JobFile.Content(path, file.mode(), file.content()));
    }
    List<JobFile> all = new ArrayList<>();
    folders.forEach(folder -> all.add(new JobFile.Folder(folder)));
    all.addAll(files);
    return all;
  }
}
