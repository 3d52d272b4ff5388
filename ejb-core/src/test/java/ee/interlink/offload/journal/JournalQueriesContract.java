package ee.interlink.offload.journal;

import static ee.interlink.offload.SamplePod.freshUid;
import static ee.interlink.offload.journal.SampleEntry.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.JobId;
import ee.interlink.batch.PodUid;
import ee.interlink.offload.lifecycle.Stage;
import ee.interlink.offload.status.PodFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal answers, on any database that it may be kept in. */
interface JournalQueriesContract {
  Optional<String> ANY = Optional.empty();

  /** May have rows of other tests: each test looks at pods of its own. */
  LocalJournal open();

  @Test
  default void a_list_comes_in_pages_in_order_of_uid() {
    PodUid uid = freshUid();
    LocalJournal journal = open();
    String namespace = "ns-" + uid.value().substring(0, 8);
    List<PodUid> uids = List.of(uid(uid, "a"), uid(uid, "b"), uid(uid, "c"));
    for (PodUid each : List.of(uids.get(2), uids.get(0), uids.get(1))) {
      journal.accept(SampleEntry.of(each, namespace, "b", NOON), NOON);
    }
    journal.accept(SampleEntry.of(uid(uid, "d"), namespace, "other", NOON), NOON);
    Optional<String> ns = Optional.of(namespace);
    Optional<String> b = Optional.of("b");
    assertThat(list(journal, new PodQuery(ns, b, ANY, 2)))
        .containsExactly(uids.get(0), uids.get(1));
    assertThat(list(journal, new PodQuery(ns, b, Optional.of(uids.get(1).value()), 2)))
        .containsExactly(uids.get(2));
    assertThat(list(journal, new PodQuery(ns, ANY, ANY, 1000))).hasSize(4);
    assertThat(list(journal, new PodQuery(ns, Optional.of("nowhere"), ANY, 1000))).isEmpty();
  }

  @Test
  default void the_longest_due_comes_first_and_what_has_no_time_never() {
    PodUid uid = freshUid();
    LocalJournal journal = open();
    PodUid early = freshUid();
    PodUid never = freshUid();
    Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
    journal.accept(SampleEntry.of(uid), longAgo.plusSeconds(5));
    journal.accept(SampleEntry.of(early), longAgo);
    journal.accept(SampleEntry.of(never), longAgo);
    journal.submitted(Map.of(never, new JobId("1")));
    assertThat(due(journal, longAgo.minusMillis(1), 10)).isEmpty();
    assertThat(due(journal, longAgo, 10)).containsExactly(early);
    assertThat(due(journal, longAgo.plusSeconds(5), 10)).containsExactly(early, uid);
    assertThat(due(journal, longAgo.plusSeconds(5), 1)).containsExactly(early);
    journal.later(early, Stage.SUBMIT, "away", NOON);
    assertThat(due(journal, longAgo.plusSeconds(5), 10)).containsExactly(uid);
    journal.later(uid, Stage.SUBMIT, "away", NOON);
  }

  @Test
  default void what_was_observed_is_kept_and_replaced() {
    PodUid uid = freshUid();
    LocalJournal journal = open();
    PodUid other = freshUid();
    journal.observed(Map.of(uid, JournalContract.facts("PENDING"), other, PodFacts.NONE));
    journal.observed(Map.of(uid, JournalContract.facts("RUNNING \"ü\" (None)")));
    assertThat(journal.facts(List.of(uid, other, freshUid())))
        .isEqualTo(
            Map.of(uid, JournalContract.facts("RUNNING \"ü\" (None)"), other, PodFacts.NONE));
    assertThat(journal.facts(List.of())).isEmpty();
  }

  @Test
  default void only_pods_whose_jobs_may_change_are_open() {
    PodUid uid = freshUid();
    LocalJournal journal = open();
    journal.accept(SampleEntry.of(uid), NOON);
    PodUid refused = freshUid();
    journal.accept(SampleEntry.of(refused), NOON);
    journal.move(refused, Stage.SUBMIT, Stage.REFUSED, "no", null);
    assertThat(journal.open()).extracting(PodEntry::uid).contains(uid).doesNotContain(refused);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"})
  default void times_are_kept_to_the_millisecond_wherever_the_server_stands(String zone) {
    LocalJournal journal = open();
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      for (String time :
          List.of(
              "2026-03-01T12:00:00.123Z",
              "2026-10-25T00:30:00.001Z", // the hour that Berlin has twice
              "2026-10-25T01:30:00.999Z",
              "2026-03-29T01:30:00.500Z")) {
        PodUid each = freshUid();
        PodEntry entry = SampleEntry.of(each, "default", "b", Instant.parse(time));
        journal.accept(entry, NOON);
        assertThat(journal.find(each)).contains(entry);
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static PodUid uid(PodUid uid, String last) {
    return new PodUid(uid + last);
  }

  private static List<PodUid> list(LocalJournal journal, PodQuery query) {
    return journal.list(query).stream().map(PodEntry::uid).toList();
  }

  static List<PodUid> due(LocalJournal journal, Instant now, int most) {
    return journal.due(now, most).stream().map(PodEntry::uid).toList();
  }
}
