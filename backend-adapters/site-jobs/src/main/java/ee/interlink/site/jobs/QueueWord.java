package ee.interlink.site.jobs;

import ee.interlink.batch.JobReport;
import ee.interlink.batch.PodUid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a scheduler has said of its queue.
 *
 * @param jobs those of this backend of which there is something to tell
 * @param mentioned the pods whose jobs the queue has, whether or not there is news of them
 * @param news what the queue itself tells of containers
 * @param outage why this is not the whole queue, in the scheduler's words; empty if it is
 * @param memory for the next question
 */
public record QueueWord(
    List<JobReport.Scheduled> jobs,
    Set<PodUid> mentioned,
    List<JobReport> news,
    Optional<String> outage,
    QueueMemory memory) {}
