package ee.interlink.offload.status;

import static ee.interlink.offload.status.Told.ended;
import static ee.interlink.offload.status.Told.job;
import static ee.interlink.offload.status.Told.runnerEnded;
import static ee.interlink.offload.status.Told.runnerTerminated;
import static ee.interlink.offload.status.Told.started;

import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What may truly happen to the job of a pod with an init container and two others, from its queue
 * to its end: two tellers, the runner and the scheduler.
 */
record JobStory(List<JobReport> runner, List<JobReport> scheduler) {
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
    boolean told = random.nextInt(3) == 0;
    List<JobReport> runner = new ArrayList<>(containers(random));
    boolean killed = random.nextInt(4) == 0;
    if (killed) {
      runner.subList(random.nextInt(runner.size() + 1), runner.size()).clear();
    } else {
      runner.add(told ? runnerTerminated() : runnerEnded());
    }
    List<JobReport> scheduler = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      scheduler.add(job(one(OPEN, random)));
    }
    scheduler.add(job(one(killed || told ? ENDS : BY_ITSELF, random)));
    return new JobStory(List.copyOf(runner), List.copyOf(scheduler));
  }

  private static List<JobReport> containers(Random random) {
    List<JobReport> events = new ArrayList<>(List.of(started("init")));
    int init = code(random);
    events.add(ended("init", init));
    if (init == 0) {
      MAIN.forEach(name -> events.add(started(name)));
      MAIN.forEach(name -> events.add(ended(name, code(random))));
    }
    return events;
  }

  private static int code(Random random) {
    return random.nextInt(3) == 0 ? 1 + random.nextInt(255) : 0;
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
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
