package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.JobState;
import ee.interlink.batch.PodUid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A scheduler whose lines are {@code POD ID STATE}; a running job has started its container. */
final class PlainScheduler implements Scheduler {
  @Override
  public String name() {
    return "Plain";
  }

  @Override
  public String queueCommand() {
    return "queue";
  }

  @Override
  public String functions() {
    return "";
  }

  @Override
  public List<String> submitArguments(JobRequest request) {
    return List.of();
  }

  @Override
  public List<String> queueArguments() {
    return List.of();
  }

  @Override
  public Optional<JobReport.Scheduled> queued(String line) {
    String[] words = line.split(" ", -1);
    return words.length != 3
        ? Optional.empty()
        : Optional.of(
            new JobReport.Scheduled(
                new PodUid(words[0]),
                new JobId(words[1]),
                JobState.valueOf(words[2]),
                words[2],
                OptionalInt.empty()));
  }

  @Override
  public Optional<JobReport.Scheduled> accounted(String line) {
    return queued(line);
  }

  @Override
  public List<JobReport> news(String line) {
    return queued(line)
        .filter(job -> job.state() == JobState.RUNNING)
        .<List<JobReport>>map(
            job ->
                List.of(
                    new JobReport.ContainerStarted(
                        job.pod(), new ContainerName("main"), 0, Instant.EPOCH)))
        .orElse(List.of());
  }

  @Override
  public List<String> capacityArguments() {
    return List.of();
  }

  @Override
  public Capacity capacity(String answer) {
    return new Capacity(0, new Bytes(0), 0);
  }

  @Override
  public BatchException refusal(String said) {
    return new BackendUnavailableException(said);
  }

  @Override
  public Optional<String> ownError(String line) {
    return line.startsWith("plain: ") ? Optional.of(line.substring(7)) : Optional.empty();
  }
}
