package ee.interlink.batch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer to one observation round.
 *
 * @param reports in the order in which they are to be folded
 * @param next to be handed in at the next round, and only once the reports are safely kept: it
 *     allows the driver to forget them
 * @param outage why the scheduler itself did not answer, although the rest of the site did; then
 *     absence of a job from the reports says nothing. Empty when all is well
 */
public record JobReports(List<JobReport> reports, ReportCursor next, Optional<String> outage) {
  public JobReports {
    reports = List.copyOf(reports);
    Objects.requireNonNull(next, "next");
    Objects.requireNonNull(outage, "outage");
  }
}
