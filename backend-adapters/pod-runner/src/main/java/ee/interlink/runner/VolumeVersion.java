package ee.interlink.runner;

import ee.interlink.batch.Mount;
import ee.interlink.batch.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One version of a volume's files, laid out as the kubelet does it (its AtomicWriter): the files
 * are in a folder of their own, {@code ..data} leads there, and each name in the volume leads
 * through {@code ..data}. So one rename changes all of them at once, also where the volume is
 * mounted.
 *
 * @param millis since the epoch: a later version has a larger one
 */
record VolumeVersion(long millis) {
  /** What a job begins with. */
  static final VolumeVersion FIRST = new VolumeVersion(0);

  private static final String CURRENT = "..data";

  static VolumeVersion at(Instant time) {
    return new VolumeVersion(time.toEpochMilli());
  }

  /**
   * The folder's name, which tells both how new the version is and what is in it: the script in
   * {@code volume-update.sh} reads it.
   */
  String folder(Volume.Files volume) {
    return "..%013d-%s".formatted(millis, volume.digest());
  }

  /** All that is in the volume's folder. */
  List<JobFile> of(Volume.Files volume) {
    List<JobFile> all = new ArrayList<>(content(volume));
    all.add(new JobFile.Link(CURRENT, folder(volume)));
    names(volume).forEach(name -> all.add(new JobFile.Link(name, CURRENT + "/" + name)));
    return all;
  }

  /** The version's folder and all in it. */
  List<JobFile> content(Volume.Files volume) {
    String root = folder(volume);
    Set<String> folders = new LinkedHashSet<>(List.of(root));
    List<JobFile> files = new ArrayList<>();
    for (Volume.File file : volume.files()) {
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

  private static Set<String> names(Volume.Files volume) {
    Set<String> names = new LinkedHashSet<>();
    volume.files().forEach(file -> names.add(file.path().split("/", 2)[0]));
    return names;
  }

  /** See {@link VolumeFiles#mountWords}. */
  static List<String> mountWords(String root, Mount mount) {
    return mount.subPath().isEmpty()
        ? List.of(root, mount.path(), "ro")
        : List.of(root + "/" + CURRENT + "/" + mount.subPath(), mount.path(), "fixed");
  }
}
