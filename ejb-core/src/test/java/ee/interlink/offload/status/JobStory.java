package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.ended;
import static ee.interlink.offload.status.Told.image;
import static ee.interlink.offload.status.Told.job;
import static ee.interlink.offload.status.Told.runnerEnded;
import static ee.interlink.offload.status.Told.runnerTerminated;
import static ee.interlink.offload.status.Told.started;

import ee.interlink.batch.ImageState;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import ee.interlink.batch.RestartPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What may truly happen to the job of a pod with an init container and two others, from its queue
 * to its end: two tellers, the runner and the scheduler.
 */
record JobStory(RestartPolicy policy, List<JobReport> runner, List<JobReport> scheduler) {
  static final List<String> INIT = List.of("init");
  static final List<String> MAIN = List.of("one", "two");
  private static final List<JobState> OPEN =
      List.of(JobState.QUEUED, JobState.RUNNING, JobState.ENDING, JobState.UNKNOWN);
  private static final List<JobState> BY_ITSELF = List.of(JobState.COMPLETED, JobState.FAILED);
  private static final List<JobState> ENDS =
      List.of(
          JobState.COMPLETED,
          JobState.FAILED,
          JobState.CANCELLED,
          JobState.TIMED_OUT,
          JobState.OUT_OF_MEMORY,
          JobState.LOST);

  static JobStory random(Random random) {
    RestartPolicy policy = one(List.of(RestartPolicy.values()), random);
    boolean told = policy == RestartPolicy.ALWAYS || random.nextInt(3) == 0;
    List<JobReport> runner = new ArrayList<>(containers(policy, told, random));
    int restarts = (int) runner.stream().filter(JobStory::isRestart).count();
    boolean killed = random.nextInt(4) == 0;
    if (killed) {
      runner.subList(random.nextInt(runner.size() + 1), runner.size()).clear();
    } else {
      runner.add(told ? runnerTerminated(restarts) : runnerEnded(restarts));
    }
    List<JobReport> scheduler = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      scheduler.add(job(one(OPEN, random)));
    }
    scheduler.add(job(one(killed || told ? ENDS : BY_ITSELF, random)));
    return new JobStory(policy, List.copyOf(runner), List.copyOf(scheduler));
  }

  private static boolean isRestart(JobReport report) {
    return report instanceof JobReport.ContainerStarted start && start.restarts() > 0;
  }

  private static List<JobReport> containers(RestartPolicy policy, boolean told, Random random) {
    RestartPolicy init = policy == RestartPolicy.ALWAYS ? RestartPolicy.ON_FAILURE : policy;
    List<JobReport> events = new ArrayList<>();
    if (runs("init", init, told, random, events) == 0) {
      List<JobReport> two = new ArrayList<>();
      int unused =
          runs("one", policy, told, random, events) + runs("two", policy, told, random, two);
      events.addAll(two);
    }
    return events;
  }

  /** All runs of a container; the last one's code. */
  private static int runs(
      String name, RestartPolicy policy, boolean told, Random random, List<JobReport> events) {
    int run = 0;
    int code = code(random);
    add(name, run, code, random, events);
    while (policy == RestartPolicy.ALWAYS || (policy == RestartPolicy.ON_FAILURE && code != 0)) {
      if (told && random.nextInt(3) == 0) {
        break;
      }
      code = code(random);
      add(name, ++run, code, random, events);
    }
    return code;
  }

  private static void add(String name, int run, int code, Random random, List<JobReport> events) {
    for (ImageState state : ImageState.values()) {
      if (random.nextInt(8) == 0) {
        events.add(image(name, run, state, "words"));
      }
    }
    events.add(started(name, run));
    events.add(ended(name, run, code));
  }

  private static int code(Random random) {
    return random.nextInt(3) == 0 ? 1 + random.nextInt(255) : 0;
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  /** The code of a container's last run; -1 if the runner did not see it. */
  int lastCode(String container) {
    int code = -1;
    for (JobReport report : runner) {
      if (report instanceof JobReport.ContainerEnded end
          && end.container().value().equals(container)) {
        code = end.exitCode();
      }
    }
    return code;
  }

  /** All that is told; the runner first. */
  List<JobReport> reports() {
    List<JobReport> all = new ArrayList<>(runner);
    all.addAll(scheduler);
    return all;
  }

  /** As it may be heard: the scheduler in order, the runner in any, some of it twice. */
  List<JobReport> heard(Random random) {
    List<JobReport> from = new ArrayList<>(runner);
    from.addAll(runner);
    Collections.shuffle(from, random);
    List<JobReport> heard = new ArrayList<>();
    int said = 0;
    while (!from.isEmpty() || said < scheduler.size()) {
      if (said < scheduler.size() && (from.isEmpty() || random.nextInt(3) == 0)) {
        heard.add(scheduler.get(said++));
      } else {
        heard.add(from.remove(from.size() - 1));
      }
    }
    return heard;
  }
}
