package ee.interlink.batch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One container as it will be started: nothing left to resolve.
 *
 * @param name unique within the pod
 * @param image the reference as the user wrote it, or empty for a process without an image
 * @param command replaces the image's ENTRYPOINT when not empty; no element has a NUL
 * @param args replaces the image's CMD when not empty; no element has a NUL
 * @param env in order; a later one of the same name wins
 * @param workingDir absolute path inside the container, or the image's own
 * @param mounts where which volume appears
 * @param security who it is, and where it may write
 * @param care its probes, hooks and what else is done for it
 * @param pullPolicy when the image is fetched; means nothing to a process without one
 */
public record ContainerSpec(
    ContainerName name,
    String image,
    List<String> command,
    List<String> args,
    List<EnvVar> env,
    Optional<String> workingDir,
    List<Mount> mounts,
    ContainerSecurity security,
    ContainerCare care,
    PullPolicy pullPolicy) {

  /**
   * One that nobody looks after, that asks for nothing of a security context, and whose image is
   * fetched only if the site does not have it.
   */
  public ContainerSpec(
      ContainerName name,
      String image,
      List<String> command,
      List<String> args,
      List<EnvVar> env,
      Optional<String> workingDir,
      List<Mount> mounts) {
    this(
        name,
        image,
        command,
        args,
        env,
        workingDir,
        mounts,
        ContainerSecurity.DEFAULT,
        ContainerCare.NONE,
        PullPolicy.IF_NOT_PRESENT);
  }

  /**
   * @throws IllegalArgumentException if an argument has a NUL, which no process can be given
   */
  public ContainerSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(workingDir, "workingDir");
    Objects.requireNonNull(security, "security");
    Objects.requireNonNull(care, "care");
    Objects.requireNonNull(pullPolicy, "pullPolicy");
    command = List.copyOf(command);
    args = List.copyOf(args);
    env = List.copyOf(env);
    mounts = List.copyOf(mounts);
    if (image.indexOf('\0') >= 0
        || hasNul(command)
        || hasNul(args)
        || workingDir.filter(dir -> dir.indexOf('\0') >= 0).isPresent()) {
      throw new IllegalArgumentException("container " + name + ": an argument has a NUL");
    }
  }

  /** The same container from another image. */
  public ContainerSpec withImage(String other) {
    return new ContainerSpec(
        name, other, command, args, env, workingDir, mounts, security, care, pullPolicy);
  }

  private static boolean hasNul(List<String> words) {
    return words.stream().anyMatch(word -> word.indexOf('\0') >= 0);
  }
}
