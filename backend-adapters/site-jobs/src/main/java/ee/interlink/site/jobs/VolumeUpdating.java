package ee.interlink.site.jobs;

import ee.interlink.batch.BatchException;
import ee.interlink.batch.UpdateOutcome;
import ee.interlink.batch.VolumeUpdate;
import ee.interlink.runner.JobArchive;
import ee.interlink.runner.JobFile;
import ee.interlink.runner.VolumeUpdates;
import ee.interlink.site.CommandResult;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Newer files for many jobs by one remote command, or by a few if they are large. */
final class VolumeUpdating {
  private static final long MOST_BYTES = 4 << 20;
  private static final int ANSWER_PER_POD = 256;
  private final Site site;
  private final SiteScheduler scheduler;

  VolumeUpdating(Site site, SiteScheduler scheduler) {
    this.site = site;
    this.scheduler = scheduler;
  }

  List<UpdateOutcome> update(List<VolumeUpdate> updates) throws BatchException {
    List<UpdateOutcome> outcomes = new ArrayList<>();
    int from = 0;
    while (from < updates.size()) {
      int to = from + 1;
      long bytes = VolumeUpdates.bytes(updates.get(from));
      while (to < updates.size()) {
        bytes += VolumeUpdates.bytes(updates.get(to));
        if (bytes > MOST_BYTES) {
          break;
        }
        to++;
      }
      outcomes.addAll(send(updates.subList(from, to)));
      from = to;
    }
    return outcomes;
  }

  private List<UpdateOutcome> send(List<VolumeUpdate> updates) throws BatchException {
    String arrivals = UUID.randomUUID().toString();
    List<JobFile> stream = VolumeUpdates.files(arrivals, updates);
    CommandResult result =
        site.ask(
            Script.UPDATE,
            VolumeUpdates.arguments(arrivals, updates),
            out -> JobArchive.write(stream, out),
            ANSWER_PER_POD * (updates.size() + 1));
    if (result.status() != 0) {
      throw Site.failed(result, scheduler);
    }
    return VolumeUpdates.outcomes(result.text(), updates)
        .orElseThrow(() -> JobAnswer.garbled(result));
  }
}
