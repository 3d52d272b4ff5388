package ee.interlink.slurm;

import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.PodUid;
import ee.interlink.site.jobs.Words;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** Jobs as slurmrestd tells of them, from v0.0.40 on. */
final class RestQueue {
  private RestQueue() {}

  /** A job's id, which is a number or its digits. */
  static String id(JsonObject job) {
    JsonValue id = job.get("job_id");
    if (id instanceof JsonNumber number) {
      return number.toString();
    }
    return id instanceof JsonString text ? text.getString() : "";
  }

  /**
   * Its state, as squeue would show it.
   *
   * @param name of the list that has it
   */
  static String state(JsonObject job, String name) {
    List<String> states =
        RestAnswer.list(job, name).stream()
            .filter(JsonString.class::isInstance)
            .map(state -> ((JsonString) state).getString())
            .toList();
    return SlurmState.shown(states);
  }

  /**
   * One of the backend's jobs; empty if it is another's, whatever its name looks like.
   *
   * @param mark see {@link JobComment}
   */
  static Optional<QueuedJob> queued(JsonObject job, String mark) {
    String comment = job.getString("comment", "");
    String name = job.getString("name", "");
    String state = state(job, "job_state");
    if (!comment.startsWith(mark)
        || !QueuedJob.UID.matcher(name).matches()
        || !QueuedJob.NUMBER.matcher(id(job)).matches()
        || !QueuedJob.STATE.matcher(state).matches()) {
      return Optional.empty();
    }
    String description = job.getString("state_description", "");
    return Optional.of(
        new QueuedJob(
            new PodUid(name),
            new JobId(id(job)),
            state,
            job.getInt("restart_cnt", 0),
            code(job, "return_code") + ":" + signal(job),
            Words.shortened(
                description.isEmpty() ? job.getString("state_reason", "") : description),
            JobComment.origin(comment, mark)));
  }

  /** A job as accounting remembers it, if it is this one: ids are used again. */
  static Optional<AccountedJob> accounted(JsonObject job, JobRef wanted) {
    JsonValue states = job.get("state");
    if (!id(job).equals(wanted.job().value())
        || !job.getString("name", "").equals(wanted.pod().value())
        || !(states instanceof JsonObject state)) {
      return Optional.empty();
    }
    long signal = signal(job);
    int code = signal == 0 ? (int) code(job, "return_code") : AccountedJob.bySignal((int) signal);
    return Optional.of(new AccountedJob(wanted, state(state, "current"), code));
  }

  private static long signal(JsonObject job) {
    return job.get("exit_code") instanceof JsonObject end
            && end.get("signal") instanceof JsonObject signal
        ? number(signal.get("id"))
        : 0;
  }

  private static long code(JsonObject job, String name) {
    return job.get("exit_code") instanceof JsonObject end ? number(end.get(name)) : 0;
  }

  /** Of a number that may be none at all, or is a plain one. */
  static long number(JsonValue value) {
    if (value instanceof JsonNumber plain) {
      return plain.longValue();
    }
    return value instanceof JsonObject object
            && object.getBoolean("set", false)
            && object.get("number") instanceof JsonNumber number
        ? number.longValue()
        : 0;
  }
}
