package ee.interlink.site.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobReport;
import ee.interlink.batch.JobReports;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import ee.interlink.site.Command;
import ee.interlink.site.CommandResult;
import ee.interlink.site.SiteShell;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the queue itself tells of containers, each time all of it. */
class NewsTest {
  private static final JobRef JOB = new JobRef(new PodUid("uid-1"), new JobId("7"));
  private SiteConnection connection;

  /** A site whose only job runs. */
  private static final class Running implements SiteShell {
    @Override
    public CommandResult run(Command command) {
      String report = "interlink report\nuid-1 7 RUNNING\n\u001equeue 0\n\u001espool\n\u001eend\n";
      return new CommandResult(0, report.getBytes(StandardCharsets.UTF_8), "");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  @BeforeEach
  void connect() throws Exception {
    SettingReader reader =
        new SettingReader(
            new BackendSettings(
                new BackendName("hpc"), "plain", Map.of("queue-interval", "PT0.000000001S")));
    connection =
        new SiteConnection(
            new Running(), SiteSettings.read(reader), new PlainScheduler(), Clock.systemUTC());
  }

  private static List<JobReport> starts(JobReports reports) {
    return reports.reports().stream().filter(JobReport.ContainerStarted.class::isInstance).toList();
  }

  @Test
  void what_was_told_is_not_told_again() throws Exception {
    JobReports first = connection.report(List.of(JOB), ReportCursor.START);
    assertThat(starts(first)).hasSize(1);
    assertThat(starts(connection.report(List.of(JOB), first.next()))).isEmpty();
  }

  @Test
  void the_news_of_a_job_that_is_not_known_yet_are_told_once_it_is() throws Exception {
    JobReports first = connection.report(List.of(), ReportCursor.START);
    assertThat(starts(first)).isEmpty();
    assertThat(starts(connection.report(List.of(JOB), first.next()))).hasSize(1);
  }
}
