package ee.interlink.site.jobs;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.Cancellation;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.LogChunk;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.VolumeUpdate;
import ee.interlink.runner.ContainerRuntime;
import ee.interlink.runner.JobDirectory;
import ee.interlink.runner.JobFiles;
import ee.interlink.site.CommandResult;
import ee.interlink.site.Input;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The jobs' folders at the site, each question one remote command, however jobs are submitted. */
final class Folders {
  private static final int REPORT_ANSWER = 64 << 20;
  private static final int ENDED_ANSWER = 16 << 20;
  private static final int HEAD = 32;

  private final Site site;
  private final SiteSettings settings;
  private final SiteScheduler scheduler;
  private ContainerRuntime runtime;

  Folders(Site site, SiteSettings settings, SiteScheduler scheduler) {
    this.site = site;
    this.settings = settings;
    this.scheduler = scheduler;
  }

  /**
   * The spool, and the queue before it if that is to be asked.
   *
   * @param arguments of {@code ask_queue}
   */
  Sections report(SiteCursor cursor, List<String> arguments, boolean queue) throws BatchException {
    List<String> all = new ArrayList<>(List.of(queue ? "yes" : "no"));
    all.addAll(arguments);
    Input done = Input.of(cursor.done().getBytes(StandardCharsets.UTF_8));
    return new Sections(ask(Script.REPORT, all, done, REPORT_ANSWER), "interlink report");
  }

  /** What is left of jobs: what accounting says, if it is to be asked, and then their files. */
  Sections ended(SiteSettings.Accounting accounting, List<JobRef> jobs) throws BatchException {
    List<String> arguments = new ArrayList<>();
    arguments.add(accounting.word());
    arguments.add(jobs.stream().map(ref -> ref.job().value()).collect(Collectors.joining(",")));
    jobs.forEach(ref -> arguments.add(ref.pod().value()));
    return new Sections(ask(Script.ENDED, arguments, Input.NONE, ENDED_ANSWER), "interlink ended");
  }

  /** What runners have left, by pod and by name of the file: the last part of ended.sh. */
  static Map<PodUid, Map<String, String>> files(Sections sections) throws BatchException {
    Map<PodUid, Map<String, String>> files = new HashMap<>();
    for (String line : sections.until("end")) {
      String[] parts = line.split("\u001f", 3);
      if (parts.length == 3) {
        files
            .computeIfAbsent(new PodUid(parts[0]), pod -> new HashMap<>())
            .put(parts[1], parts[2].replace('\035', '\n'));
      }
    }
    return files;
  }

  /**
   * Says for how long jobs may go on, and has them told to end; what they were told is returned.
   */
  String cancel(List<Cancellation> cancellations) throws BatchException {
    StringBuilder lines = new StringBuilder();
    for (Cancellation each : cancellations) {
      Duration grace = each.grace();
      String seconds = new String(JobFiles.seconds(grace), StandardCharsets.US_ASCII).strip();
      long whole = grace.plusSeconds(1).minusNanos(1).toSeconds();
      JobRef job = each.job();
      lines.append(job.pod()).append(' ').append(job.job()).append(' ');
      lines.append(seconds).append(' ').append(whole).append('\n');
    }
    byte[] wanted = lines.toString().getBytes(StandardCharsets.US_ASCII);
    return ask(Script.CANCEL, List.of(), Input.of(wanted), Site.SHORT_ANSWER).text();
  }

  List<UpdateOutcome> update(List<VolumeUpdate> updates) throws BatchException {
    return new VolumeUpdating(site, scheduler).update(updates);
  }

  LogChunk log(JobRef job, LogFile file, LogRange range) throws BatchException {
    // The text at the site puts the backend's directory before it, as it does for all paths.
    String path = new JobDirectory(".", job.pod()).log(file);
    CommandResult result =
        ask(
            Script.LOG,
            List.of(path, Long.toString(range.offset()), Integer.toString(range.limit())),
            Input.NONE,
            range.limit() + HEAD);
    return LogAnswer.parse(result);
  }

  void discard(PodUid pod) throws BatchException {
    ask(Script.DISCARD, List.of(pod.value()), Input.NONE, Site.SHORT_ANSWER);
  }

  /** What the site's containers run in; asked once, if at all. */
  ContainerRuntime runtime() throws BatchException {
    if (runtime == null) {
      runtime = runtimeOfTheSite();
    }
    return runtime;
  }

  private ContainerRuntime runtimeOfTheSite() throws BatchException {
    boolean apptainer =
        switch (settings.runtime()) {
          case APPTAINER -> true;
          case NONE -> false;
          case AUTO ->
              ask(Script.RUNTIME, List.of(settings.apptainer()), Input.NONE, Site.SHORT_ANSWER)
                  .text()
                  .equals("yes\n");
        };
    return apptainer
        ? new ContainerRuntime.Apptainer(
            settings.apptainer(), settings.imagePrefix(), settings.apptainerOptions())
        : new ContainerRuntime.Processes();
  }

  /** An answer that says that it did work. */
  CommandResult ask(Script script, List<String> arguments, Input input, int outputLimit)
      throws BatchException {
    CommandResult result = site.ask(script, arguments, input, outputLimit);
    if (result.status() != 0) {
      throw Site.failed(result, scheduler);
    }
    return result;
  }
}
