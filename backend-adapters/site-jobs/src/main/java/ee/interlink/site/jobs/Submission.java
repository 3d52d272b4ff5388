package ee.interlink.site.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.SubmitOutcome;
import ee.interlink.runner.ContainerRuntime;
import ee.interlink.runner.JobArchive;
import ee.interlink.runner.JobFile;
import ee.interlink.runner.JobFiles;
import ee.interlink.site.CommandResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Pods as jobs, all by one remote command: their files go along as one stream. */
final class Submission {
  /** The note in a job's folder, by which the lock of its submission is found. */
  private static final String NOTE = "submission";

  private static final int PRIVATE = 0600;
  private static final int ANSWER_PER_POD = 4096;
  private static final long MOST_BYTES = 4 << 20;
  private final Site site;
  private final SiteSettings settings;
  private final Scheduler scheduler;
  // Names the place where this connection's files arrive, and its lock.
  private String arrivals = UUID.randomUUID().toString();

  Submission(Site site, SiteSettings settings, Scheduler scheduler) {
    this.site = site;
    this.settings = settings;
    this.scheduler = scheduler;
  }

  /** A pod, what submit_job is told of it, and its files. */
  private record Parcel(PodUid pod, List<String> options, List<JobFile> files) {
    long bytes() {
      return files.stream()
          .mapToLong(file -> file instanceof JobFile.Content content ? content.content().length : 0)
          .sum();
    }
  }

  List<SubmitOutcome> submit(List<JobRequest> requests, ContainerRuntime runtime)
      throws BatchException {
    Map<PodUid, SubmitOutcome> outcomes = new HashMap<>();
    List<Parcel> parcels = new ArrayList<>();
    for (JobRequest asked : requests) {
      JobRequest request = scheduler.meant(asked);
      try {
        settings.check(request);
        parcels.add(
            new Parcel(
                request.pod(),
                scheduler.submitArguments(request),
                scheduler.luggage(JobFiles.data(request, runtime, settings.runner()))));
      } catch (InvalidRequestException e) {
        // The door has let it in; settings may have changed since.
        BatchException why = new JobRejectedException(e.getMessage(), e);
        outcomes.put(request.pod(), new SubmitOutcome.NotSubmitted(why));
      } catch (JobRejectedException e) {
        outcomes.put(request.pod(), new SubmitOutcome.NotSubmitted(e));
      }
    }
    sendAll(loads(parcels), outcomes);
    return requests.stream().map(request -> outcomes.get(request.pod())).toList();
  }

  /** Mostly one load. With several, what was heard of the first is kept if a later one is lost. */
  private void sendAll(List<List<Parcel>> loads, Map<PodUid, SubmitOutcome> outcomes)
      throws BatchException {
    long end = System.nanoTime() + settings.commandTimeout().toNanos();
    BatchException stop = null;
    for (int i = 0; i < loads.size(); i++) {
      if (stop == null && i > 0 && System.nanoTime() > end) {
        stop = SubmitAnswer.tooSlow(scheduler);
      }
      try {
        if (stop == null) {
          outcomes.putAll(send(loads.get(i)));
        }
      } catch (BatchException e) {
        if (i == 0) {
          throw e;
        }
        stop = e;
      }
      if (stop != null) {
        for (Parcel parcel : loads.get(i)) {
          outcomes.put(parcel.pod(), new SubmitOutcome.NotSubmitted(stop));
        }
      }
    }
  }

  /** What goes by one command: no more than gets there well within its time limit. */
  private static List<List<Parcel>> loads(List<Parcel> parcels) {
    List<List<Parcel>> loads = new ArrayList<>();
    long bytes = 0;
    for (Parcel parcel : parcels) {
      bytes += parcel.bytes();
      if (loads.isEmpty() || bytes > MOST_BYTES) {
        loads.add(new ArrayList<>());
        bytes = parcel.bytes();
      }
      loads.get(loads.size() - 1).add(parcel);
    }
    return loads;
  }

  private Map<PodUid, SubmitOutcome> send(List<Parcel> parcels) throws BatchException {
    List<JobFile> stream = stream(parcels);
    boolean answered = false;
    try {
      CommandResult result =
          site.ask(
              Script.SUBMIT,
              arguments(parcels),
              out -> JobArchive.write(stream, out),
              ANSWER_PER_POD * parcels.size());
      Map<PodUid, SubmitOutcome> outcomes =
          SubmitAnswer.parse(result, parcels.stream().map(Parcel::pod).toList(), scheduler);
      answered = true;
      return outcomes;
    } finally {
      if (!answered) {
        // What was sent may still be at work there, and holds its lock.
        arrivals = UUID.randomUUID().toString();
      }
    }
  }

  private List<String> arguments(List<Parcel> parcels) {
    List<String> arguments = new ArrayList<>();
    arguments.add(arrivals);
    arguments.add(settings.accounting().word());
    // Half of the time that the whole command has: then an answer still comes through.
    arguments.add(Long.toString(settings.commandTimeout().toSeconds() / 2));
    for (Parcel parcel : parcels) {
      arguments.add(parcel.pod().value());
      arguments.add(Integer.toString(parcel.options().size()));
      arguments.addAll(parcel.options());
    }
    return arguments;
  }

  /**
   * The folders of all pods come first, so that from the first moment they are seen arriving, and
   * the script of all jobs last, so that it is seen whether the stream has come to its end.
   */
  private List<JobFile> stream(List<Parcel> parcels) {
    List<JobFile> stream = new ArrayList<>();
    stream.add(new JobFile.Folder(arrivals));
    parcels.forEach(parcel -> stream.add(new JobFile.Folder(folder(parcel))));
    byte[] note = (arrivals + "\n").getBytes(UTF_8);
    for (Parcel parcel : parcels) {
      String folder = folder(parcel);
      stream.add(new JobFile.Content(folder + "/" + NOTE, PRIVATE, note));
      parcel.files().forEach(file -> stream.add(file.below(folder)));
    }
    // The scheduler takes a copy of its own for each job.
    stream.add(scheduler.script(arrivals + ".sh"));
    return stream;
  }

  private String folder(Parcel parcel) {
    return arrivals + "/" + parcel.pod();
  }
}
