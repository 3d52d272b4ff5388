package ee.interlink.web.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.DnsLabel;
import ee.interlink.batch.PodUid;
import ee.interlink.web.log.LogRequest;
import ee.interlink.web.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The body of {@code /getLogs}. Zero, false and Go's zero time stand for "not set".
 *
 * @param namespace of the pod
 * @param podUid of the pod
 * @param containerName may be empty for the only one
 * @param opts may be null
 */
record LogStruct(
    @JsonProperty("Namespace") String namespace,
    @JsonProperty("PodUID") String podUid,
    @JsonProperty("ContainerName") String containerName,
    @JsonProperty("Opts") Opts opts) {
  private static final String ZERO_TIME = "0001-01-01T00:00:00Z";

  /** PodLogOptions as Go writes them. */
  record Opts(
      @JsonProperty("Tail") long tail,
      @JsonProperty("Bytes") long bytes,
      @JsonProperty("Timestamps") boolean timestamps,
      @JsonProperty("Follow") boolean follow,
      @JsonProperty("Previous") boolean previous,
      @JsonProperty("SinceSeconds") long sinceSeconds,
      @JsonProperty("SinceTime") String sinceTime) {
    static final Opts NONE = new Opts(0, 0, false, false, false, 0, null);

    boolean sinceSome() {
      return sinceTime != null && !sinceTime.isEmpty() && !sinceTime.equals(ZERO_TIME);
    }
  }

  PodUid uid() {
    demand(podUid != null, "PodUID is missing");
    try {
      return new PodUid(podUid);
    } catch (IllegalArgumentException e) {
      throw invalid("PodUID is not valid");
    }
  }

  /** Empty for the only one. */
  String container() {
    if (containerName == null || containerName.isEmpty()) {
      return "";
    }
    try {
      return new ContainerName(containerName).value();
    } catch (IllegalArgumentException e) {
      throw invalid("ContainerName is not valid");
    }
  }

  LogRequest wanted() {
    return wanted(Instant.now());
  }

  /** What the request wants of the log at that time. */
  LogRequest wanted(Instant now) {
    demand(DnsLabel.is(namespace), "Namespace is not valid");
    Opts wanted = opts == null ? Opts.NONE : opts;
    demand(
        wanted.sinceSeconds() == 0 || !wanted.sinceSome(),
        "SinceSeconds and SinceTime cannot both be set");
    return new LogRequest(
        wanted.follow(),
        wanted.previous(),
        wanted.timestamps(),
        LogRequest.since(set(wanted.sinceSeconds()), sinceTime(wanted), now),
        set(wanted.tail()),
        set(wanted.bytes()));
  }

  private static Optional<Instant> sinceTime(Opts wanted) {
    if (!wanted.sinceSome()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(wanted.sinceTime()).toInstant());
    } catch (DateTimeParseException e) {
      throw invalid("SinceTime is not a time of RFC 3339");
    }
  }

  private static OptionalLong set(long value) {
    return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static void demand(boolean right, String fault) {
    if (!right) {
      throw invalid(fault);
    }
  }

  private static ProblemException invalid(String fault) {
    return WireBody.malformed(fault);
  }
}
