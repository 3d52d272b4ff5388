package ee.interlink.slurm;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import ee.interlink.site.jobs.QueueMemory;
import ee.interlink.site.jobs.QueueWord;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What slurmrestd says of the queue, round after round. */
final class RestRounds {
  /** Jobs that are looked at one by one in one round, because their state has changed. */
  private static final int CHANGED_TOGETHER = 64;

  /**
   * Of those that wait, because the reason may have: what is left of these, and no less than this.
   */
  private static final int LEAST_WAITING = 16;

  private final RestQuestions rest;
  private final AccountName account;
  private final String mark;

  /**
   * @param mark of the backend's jobs, see {@link JobComment}
   */
  RestRounds(RestQuestions rest, AccountName account, String mark) {
    this.rest = rest;
    this.account = account;
    this.mark = mark;
  }

  boolean isOwn(JsonObject job) {
    return job.getString("user_name", "").equals(account.value());
  }

  /** All of the backend's jobs, also those that nobody has asked for. */
  QueueWord whole() throws BatchException {
    List<JobReport.Scheduled> jobs = new ArrayList<>();
    Set<PodUid> mentioned = new HashSet<>();
    Map<JobId, String> told = new HashMap<>();
    rest.each(
        Slurmrestd::jobs,
        "jobs",
        job -> {
          if (isOwn(job)) {
            RestQueue.queued(job, mark)
                .ifPresent(
                    queued -> {
                      jobs.add(queued.report());
                      mentioned.add(queued.pod());
                      told.put(queued.id(), queued.state());
                    });
          }
        });
    return new QueueWord(jobs, mentioned, List.of(), Optional.empty(), new QueueMemory(told, 0));
  }

  /**
   * The states of all jobs by one question. Of one whose state has changed the rest is asked for,
   * if there is more to say of it than that it runs; and the reasons of those that wait, some in
   * each round.
   */
  QueueWord changes(Collection<JobRef> live, QueueMemory memory) throws BatchException {
    Map<JobRef, String> states = states(live);
    List<JobReport.Scheduled> jobs = new ArrayList<>();
    Map<JobId, String> told = new HashMap<>();
    Consumer<QueuedJob> keep =
        job -> {
          jobs.add(job.report());
          told.put(job.id(), job.state());
        };
    List<JobRef> changed = new ArrayList<>();
    List<JobRef> again = new ArrayList<>();
    List<JobRef> waiting = new ArrayList<>();
    for (Map.Entry<JobRef, String> each : states.entrySet()) {
      JobRef job = each.getKey();
      String state = each.getValue();
      String before = memory.told().get(job.job());
      if (before != null) {
        told.put(job.job(), before);
      }
      if (state.equals(before)) {
        // One that has ended and is still asked for has not been heard.
        if (SlurmState.meaning(state).ended()) {
          again.add(job);
        } else if (SlurmState.isQueued(state)) {
          waiting.add(job);
        }
      } else if (SlurmState.saysAll(state)) {
        keep.accept(new QueuedJob(job.pod(), job.job(), state, 0, "", "", Optional.empty()));
      } else {
        changed.add(job);
      }
    }
    int turn = memory.turn();
    changed.addAll(again);
    List<JobRef> looked =
        new ArrayList<>(changed.subList(0, Math.min(CHANGED_TOGETHER, changed.size())));
    int room = Math.max(LEAST_WAITING, CHANGED_TOGETHER - looked.size());
    for (int i = 0; i < Math.min(room, waiting.size()); i++) {
      looked.add(waiting.get((turn + i) % waiting.size()));
    }
    turn = waiting.isEmpty() ? 0 : (turn + room) % waiting.size();
    Set<PodUid> mentioned = new HashSet<>();
    states.keySet().forEach(job -> mentioned.add(job.pod()));
    for (JobRef job : looked) {
      if (!look(job, keep)) {
        mentioned.remove(job.pod());
        told.remove(job.job());
      }
    }
    return new QueueWord(jobs, mentioned, List.of(), Optional.empty(), new QueueMemory(told, turn));
  }

  private Map<JobRef, String> states(Collection<JobRef> live) throws BatchException {
    Map<String, JobRef> wanted = new HashMap<>();
    live.forEach(job -> wanted.put(job.job().value(), job));
    Map<JobRef, String> states = new LinkedHashMap<>();
    rest.each(
        Slurmrestd::states,
        "jobs",
        job -> {
          JobRef ref = wanted.get(RestQueue.id(job));
          if (ref != null) {
            states.put(ref, RestQueue.state(job, "state"));
          }
        });
    return states;
  }

  /** One job, and whether it is there and the pod's. */
  boolean look(JobRef ref, Consumer<QueuedJob> found) throws BatchException {
    List<QueuedJob> jobs = new ArrayList<>();
    RestAnswer answer =
        rest.ask(
            (service, v) -> service.job(v, ref.job().value()),
            "jobs",
            job ->
                RestQueue.queued(job, mark)
                    .filter(queued -> queued.pod().equals(ref.pod()))
                    .ifPresent(jobs::add));
    if (answer.hasJob()) {
      answer.checkList("jobs");
    }
    jobs.forEach(found);
    return !jobs.isEmpty();
  }
}
