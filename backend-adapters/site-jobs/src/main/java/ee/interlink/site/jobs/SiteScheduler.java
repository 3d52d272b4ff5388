package ee.interlink.site.jobs;

import ee.interlink.batch.JobRequest;
import java.util.Optional;

/** What a batch system has of its own, however its scheduler is asked. */
public interface SiteScheduler {

  /** As people call it, for messages: {@code Slurm}. */
  String name();

  /** Functions of bash that the texts of the calls use: text that does nothing but define them. */
  String functions();

  /**
   * The scheduler's own error, if this line of standard error is one: without prefix, for people.
   */
  Optional<String> ownError(String line);

  /**
   * The pod as it is to be run, after what its annotations say of its images. It is this one that
   * is checked, submitted and made into files.
   */
  default JobRequest meant(JobRequest pod) {
    return pod;
  }
}
