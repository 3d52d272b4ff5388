package ee.interlink.kubernetes.pods;

import ee.interlink.batch.Volume;
import ee.interlink.kubernetes.resolve.LiveVolume;
import ee.interlink.kubernetes.resolve.ObjectKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A pod whose volumes may change while it runs.
 *
 * @param begun whether it has been taken up, so that there is something to change
 * @param metadata of its labels and annotations, as heard last
 * @param attempts updates in vain since the last one that came through
 * @param notBefore when to try again
 */
record FollowedPod(
    List<FollowedVolume> volumes, boolean begun, long metadata, int attempts, Instant notBefore) {
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final int DOUBLINGS = 5;

  /**
   * Of what the files of a volume were made that the job has.
   *
   * @param renewal when a token in it is to be renewed
   * @param digest of its content
   */
  record Made(Map<ObjectKey, String> versions, long metadata, Instant renewal, String digest) {
    /** We cannot know, after a restart: anything else is news. */
    static final Made UNKNOWN = new Made(Map.of(), 0, Instant.MAX, "");
  }

  record FollowedVolume(LiveVolume live, Made made) {
    boolean isDue(FollowedPod pod, Instant now, Function<ObjectKey, String> versions) {
      return made.equals(Made.UNKNOWN)
          || (live.metadata() && made.metadata != pod.metadata)
          || (live.token() && !now.isBefore(made.renewal))
          || live.objects().stream().anyMatch(key -> isNews(key, versions.apply(key)));
    }

    private boolean isNews(ObjectKey key, String version) {
      return version != null && !version.equals(made.versions.get(key));
    }
  }

  static FollowedPod of(List<LiveVolume> volumes, long metadata) {
    return new FollowedPod(
        volumes.stream().map(volume -> new FollowedVolume(volume, Made.UNKNOWN)).toList(),
        false,
        metadata,
        0,
        Instant.MIN);
  }

  /** Tells labels and annotations from others. */
  static long metadata(ObjectMeta meta) {
    String text = sorted(meta.getLabels()) + "\n" + sorted(meta.getAnnotations());
    return ((long) text.length() << Integer.SIZE) ^ text.hashCode();
  }

  private static String sorted(Map<String, String> map) {
    return new TreeMap<>(Objects.requireNonNullElse(map, Map.of())).toString();
  }

  FollowedPod begin() {
    return new FollowedPod(volumes, true, metadata, attempts, notBefore);
  }

  FollowedPod heard(long now) {
    return new FollowedPod(volumes, begun, now, attempts, notBefore);
  }

  /** Without having tried. */
  FollowedPod soon(Instant now) {
    return new FollowedPod(volumes, begun, metadata, attempts, now.plus(AGAIN));
  }

  /** After a try in vain; later each time, up to some minutes. */
  FollowedPod later(Instant now) {
    Duration pause = AGAIN.multipliedBy(1L << Math.min(attempts, DOUBLINGS));
    return new FollowedPod(volumes, begun, metadata, attempts + 1, now.plus(pause));
  }

  /** The job has these files now. */
  FollowedPod with(List<Volume.Files> files, SeenObjects seen, long told) {
    Map<String, Volume.Files> made =
        files.stream().collect(Collectors.toMap(f -> f.name().value(), Function.identity()));
    List<FollowedVolume> now = new ArrayList<>();
    for (FollowedVolume volume : volumes) {
      Volume.Files content = made.get(volume.live.name());
      now.add(
          content == null
              ? volume
              : new FollowedVolume(
                  volume.live, new Made(seen.versions(), told, seen.renewal(), content.digest())));
    }
    return new FollowedPod(now, true, metadata, 0, Instant.MIN);
  }

  /** These are not to be tried again until there is other news of them. */
  FollowedPod passOver(List<String> names, Function<ObjectKey, String> versions, Instant renewal) {
    List<FollowedVolume> now = new ArrayList<>();
    for (FollowedVolume volume : volumes) {
      now.add(
          names.contains(volume.live.name())
              ? new FollowedVolume(
                  volume.live,
                  new Made(known(volume.live, versions), metadata, renewal, volume.made.digest))
              : volume);
    }
    return new FollowedPod(now, begun, metadata, attempts, notBefore);
  }

  private static Map<ObjectKey, String> known(
      LiveVolume volume, Function<ObjectKey, String> versions) {
    return volume.objects().stream()
        .filter(key -> versions.apply(key) != null)
        .collect(Collectors.toMap(Function.identity(), versions));
  }

  /**
   * @param versions of objects as they are now, null of those not read yet
   * @return the names of the volumes whose files are to be made anew
   */
  List<String> due(Instant now, Function<ObjectKey, String> versions) {
    return begun && !now.isBefore(notBefore)
        ? volumes.stream()
            .filter(volume -> volume.isDue(this, now, versions))
            .map(volume -> volume.live.name())
            .toList()
        : List.of();
  }

  /** Whether the job has exactly these. */
  boolean has(Volume.Files files) {
    return volumes.stream()
        .anyMatch(
            volume ->
                volume.live.name().equals(files.name().value())
                    && volume.made.digest.equals(files.digest()));
  }
}
