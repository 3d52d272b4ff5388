package ee.interlink.htcondor;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.site.jobs.PublishedAnnotations;
import ee.interlink.site.jobs.SchedulerAnnotations;
import ee.interlink.site.jobs.SettingReader;
import ee.interlink.site.jobs.SiteSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings of a backend with {@code driver=htcondor}; docs/decisions/0008-htcondor.md has the
 * table of their keys.
 *
 * @param remote the schedd that files are sent to; empty for the one of the host of the commands,
 *     with a directory that the execute nodes share
 * @param accountingGroup HTCondor's accounting_group, in whose share the jobs run, unless a pod
 *     asks for another
 * @param jobLease how long a shadow tries to find a job again that it has lost sight of, before the
 *     job counts as lost; empty for the site's choice, which is 40 minutes unless it says otherwise
 * @param annotations what pods may ask for
 */
record HtcondorSettings(
    SiteSettings site,
    Optional<RemoteSchedd> remote,
    Optional<String> accountingGroup,
    Optional<Duration> jobLease,
    SchedulerAnnotations<HtcondorAnnotation> annotations) {
  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

  /** The plugin of the published interLink has the second one from an older name of its own. */
  private static final List<PublishedAnnotations> PUBLISHED =
      List.of(
          new PublishedAnnotations(
              "htcondor-job.vk.io/",
              Set.of(),
              Map.of(
                  "singularity-options",
                  "is not given to the container runtime, whose options are the administrator's"
                      + " (apptainer-options)")),
          new PublishedAnnotations(
              "htcondor-job.knoc.io/",
              Set.of(),
              Map.of(
                  "image-root",
                  "is put before no image: write it into the container's image, or ask for the"
                      + " setting image-prefix")));

  /** Of anything shorter condor_submit makes this. */
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(20);

  static HtcondorSettings read(BackendSettings backend) throws InvalidSettingException {
    SettingReader reader = new SettingReader(backend);
    SiteSettings site = SiteSettings.read(reader);
    HtcondorSettings settings =
        new HtcondorSettings(
            site,
            RemoteSchedd.read(reader, site.login().isPresent()),
            reader.text("accounting-group", GROUP),
            jobLease(reader),
            SchedulerAnnotations.read(reader, HtcondorAnnotation.PREFIX, HtcondorAnnotation.class));
    reader.end();
    return settings;
  }

  private static Optional<Duration> jobLease(SettingReader reader) throws InvalidSettingException {
    Optional<Duration> lease = reader.duration("job-lease");
    if (lease.isPresent() && lease.get().compareTo(SHORTEST_LEASE) < 0) {
      throw reader.wrong("job-lease", "is shorter than " + SHORTEST_LEASE);
    }
    return lease;
  }

  /**
   * What a pod asks for, checked.
   *
   * @throws InvalidRequestException if it may not have that
   */
  Map<HtcondorAnnotation, String> askedBy(JobRequest request) throws InvalidRequestException {
    Map<String, String> faults = new TreeMap<>();
    Map<HtcondorAnnotation, String> asked = annotations.askedBy(request, faults);
    PUBLISHED.forEach(published -> published.check(request, faults));
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    return asked;
  }

  /** Whether a pod asks for anything, in our words or in those of the published plugin. */
  static boolean anyAskedBy(JobRequest request) {
    return SchedulerAnnotations.anyOf(HtcondorAnnotation.PREFIX, request)
        || PUBLISHED.stream().anyMatch(published -> published.anyOf(request));
  }

  /** Accounts whose commands all run as the account of this process have a folder each. */
  SiteSettings siteOf(AccountName account) {
    return remote.isPresent() && site.login().isEmpty()
        ? site.fetchingInto(site.directory() + "/" + account)
        : site;
  }
}
