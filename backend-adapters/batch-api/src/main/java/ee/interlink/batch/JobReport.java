package ee.interlink.batch;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One fact about one job. Facts may come twice and out of order; whoever folds them together must
 * come to the same end.
 */
public sealed interface JobReport {
  /** The pod whose job this is about; read from the job's own mark, never guessed. */
  PodUid pod();

  /**
   * The scheduler's word about the job.
   *
   * @param job the job's id
   * @param state our reading of its state
   * @param words the scheduler's own state and reason, for people; may be empty, never null
   * @param exitCode of the batch script, if the job ended and the scheduler tells
   * @param origin of the job's request, if it had one and the driver can tell
   */
  record Scheduled(
      PodUid pod,
      JobId job,
      JobState state,
      String words,
      OptionalInt exitCode,
      Optional<String> origin)
      implements JobReport {
    public Scheduled(PodUid pod, JobId job, JobState state, String words, OptionalInt exitCode) {
      this(pod, job, state, words, exitCode, Optional.empty());
    }

    public Scheduled {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(job, "job");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(words, "words");
      Objects.requireNonNull(exitCode, "exitCode");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /**
   * The runner started a container.
   *
   * @param restarts how often it had been started before: 0 for the first run
   */
  record ContainerStarted(PodUid pod, ContainerName container, int restarts, Instant at)
      implements JobReport {
    /**
     * @throws IllegalArgumentException if the number is negative
     */
    public ContainerStarted {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(container, "container");
      Objects.requireNonNull(at, "at");
      notNegative(restarts);
    }
  }

  /**
   * A run of a container ended, or could not be started.
   *
   * @param restarts which run: 0 for the first
   * @param exitCode 0 to 255; 128 + n after signal n
   * @param message the runner's own words if it could not start the container, or the container's
   *     about its end; may be empty
   * @param failedToStart whether what runs containers could not start it
   */
  record ContainerEnded(
      PodUid pod,
      ContainerName container,
      int restarts,
      int exitCode,
      Instant at,
      String message,
      boolean failedToStart)
      implements JobReport {
    /**
     * @throws IllegalArgumentException if the number of the run is negative
     */
    public ContainerEnded {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(container, "container");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(message, "message");
      notNegative(restarts);
    }
  }

  /**
   * A container has started as Kubernetes means it: its {@code postStart} hook is over and its
   * startup probe was good. Told only of containers that have such, or are sidecars.
   */
  record ContainerUp(PodUid pod, ContainerName container, int restarts, Instant at)
      implements JobReport {
    /**
     * @throws IllegalArgumentException if the number is negative
     */
    public ContainerUp {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(container, "container");
      Objects.requireNonNull(at, "at");
      notNegative(restarts);
    }
  }

  /** A container's readiness probe has changed its mind; before the first time it is not ready. */
  record ContainerReady(
      PodUid pod, ContainerName container, int restarts, boolean ready, Instant at)
      implements JobReport {
    /**
     * @throws IllegalArgumentException if the number is negative
     */
    public ContainerReady {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(container, "container");
      Objects.requireNonNull(at, "at");
      notNegative(restarts);
    }
  }

  /**
   * A probe was bad after a good one, or a hook has failed.
   *
   * @param message what it said; may be empty
   */
  record ContainerUnhealthy(
      PodUid pod,
      ContainerName container,
      int restarts,
      Trouble trouble,
      Instant at,
      String message)
      implements JobReport {
    /**
     * @throws IllegalArgumentException if the number is negative
     */
    public ContainerUnhealthy {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(container, "container");
      Objects.requireNonNull(trouble, "trouble");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(message, "message");
      notNegative(restarts);
    }
  }

  /**
   * Why a run of a container has not started yet: it needs its image.
   *
   * @param restarts which run: 0 for the first
   * @param message the runtime's own words if it could not fetch the image, else empty
   */
  record ContainerImage(
      PodUid pod,
      ContainerName container,
      int restarts,
      ImageState state,
      Instant at,
      String message)
      implements JobReport {
    /**
     * @throws IllegalArgumentException if the number of the run is negative
     */
    public ContainerImage {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(container, "container");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(message, "message");
      notNegative(restarts);
    }
  }

  /** Of what a container is unhealthy. In the order of the runner's numbers. */
  enum Trouble {
    LIVENESS,
    READINESS,
    STARTUP,
    POST_START,
    PRE_STOP,
    /** Its liveness probe has failed so often that the container is ended. */
    NOT_ALIVE,
    /** The same of its startup probe. */
    NOT_STARTED
  }

  /**
   * The runner has seen the end of all containers and written its last file: nothing more will
   * come.
   *
   * @param restarts of all containers together, by which one can tell that all has been heard
   * @param terminated whether the runner was told to end (TERM) before, by whomever: containers
   *     that then ended with 0 did not do their work
   */
  record RunnerEnded(PodUid pod, int restarts, Instant at, boolean terminated)
      implements JobReport {
    /**
     * @throws IllegalArgumentException if the number is negative
     */
    public RunnerEnded {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(at, "at");
      notNegative(restarts);
    }
  }

  /**
   * The runner has told the pod to end, because there is more in a volume than may be.
   *
   * @param volume an {@link Volume.EmptyDir} with a limit
   */
  record Evicted(PodUid pod, VolumeName volume, Instant at) implements JobReport {
    public Evicted {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(volume, "volume");
      Objects.requireNonNull(at, "at");
    }
  }

  /** The job was killed for its memory, though to its scheduler it has only failed. */
  record OutOfMemory(PodUid pod, Instant at) implements JobReport {
    public OutOfMemory {
      Objects.requireNonNull(pod, "pod");
      Objects.requireNonNull(at, "at");
    }
  }

  private static void notNegative(int restarts) {
    if (restarts < 0) {
      throw new IllegalArgumentException("restarts " + restarts);
    }
  }
}
