package ee.interlink.site.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedulerAnnotationsTest {
  private static final String PREFIX = "plain.interlink.ee/";

  private enum Plain implements KnownAnnotation {
    QUEUE,
    MAIL_USER,
    WEIGHT;

    private static final ValueForm WORD = ValueForm.matching("a word", "[a-z]+");
    private static final ValueForm NUMBER = ValueForm.number(-3, 3);

    @Override
    public ValueForm form() {
      return this == WEIGHT ? NUMBER : WORD;
    }
  }

  private static SchedulerAnnotations<Plain> read(Map<String, String> values) throws Exception {
    SettingReader reader =
        new SettingReader(new BackendSettings(new BackendName("pool"), "plain", values));
    SchedulerAnnotations<Plain> annotations =
        SchedulerAnnotations.read(reader, PREFIX, Plain.class);
    reader.end();
    return annotations;
  }

  private static JobRequest pod(String namespace, Map<String, String> annotations) {
    return Pods.annotated(
        Pods.pod(Pods.freshUid(), Pods.container("main", "", "true")), namespace, annotations);
  }

  private static void assertRefused(
      Map<String, String> settings, String namespace, String word, String value, String message) {
    assertThatThrownBy(() -> read(settings).askedBy(pod(namespace, Map.of(PREFIX + word, value))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("metadata.annotations[" + PREFIX + word + "] " + message);
  }

  @Test
  void what_is_listed_and_fits_is_what_the_pod_gets() throws Exception {
    Map<String, String> settings = Map.of("annotations", "queue=short|long, mail-user ,weight");
    Map<String, String> annotations =
        Map.of(PREFIX + "queue", "long", PREFIX + "mail-user", "a", PREFIX + "weight", "-3");
    assertThat(read(settings).askedBy(pod("physics", annotations)))
        .isEqualTo(Map.of(Plain.QUEUE, "long", Plain.MAIL_USER, "a", Plain.WEIGHT, "-3"));
  }

  @Test
  void without_a_list_nothing_is_allowed() {
    String not = "is not allowed for namespace physics on backend pool (";
    assertRefused(
        Map.of(), "physics", "queue", "long", not + "interlink.backends.pool.annotations)");
    assertRefused(
        Map.of("annotations", "weight, mail-user"),
        "physics",
        "queue",
        "long",
        not + "interlink.backends.pool.annotations)");
    assertRefused(
        Map.of("annotations", "none"),
        "physics",
        "queue",
        "long",
        not + "interlink.backends.pool.annotations)");
  }

  @Test
  void a_namespaces_own_list_counts_instead_of_the_general_one() throws Exception {
    Map<String, String> settings =
        Map.of(
            "annotations", "queue",
            "annotations.physics", "weight",
            "annotations.guests", "none");
    Map<String, String> queue = Map.of(PREFIX + "queue", "long");
    assertThat(read(settings).askedBy(pod("others", queue))).containsEntry(Plain.QUEUE, "long");
    assertThat(read(settings).askedBy(pod("physics", Map.of(PREFIX + "weight", "1"))))
        .containsEntry(Plain.WEIGHT, "1");
    assertRefused(
        settings,
        "physics",
        "queue",
        "long",
        "is not allowed for namespace physics on backend pool"
            + " (interlink.backends.pool.annotations.physics)");
    assertRefused(
        settings,
        "guests",
        "queue",
        "long",
        "is not allowed for namespace guests on backend pool"
            + " (interlink.backends.pool.annotations.guests)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "queue; middle; is not one of short, long",
        "queue; SHORT; is not a word",
        "weight; 4; is not a whole number from -3 to 3",
        "weight; 99999999999; is not a whole number from -3 to 3",
        "weight; 1e0; is not a whole number from -3 to 3",
        "weight; ''; is not a whole number from -3 to 3",
        "Queue; short; is not known: plain.interlink.ee/ has mail-user, queue, weight",
        "mail_user; a; is not known: plain.interlink.ee/ has mail-user, queue, weight",
        "''; a; is not known: plain.interlink.ee/ has mail-user, queue, weight",
      })
  void what_is_refused_is_told_with_its_field(String word, String value, String message) {
    assertRefused(
        Map.of("annotations", "queue=short|long, weight"), "physics", word, value, message);
  }

  @Test
  void all_faults_are_told_at_once_and_no_value_with_them() {
    Map<String, String> settings = Map.of("annotations", "queue, weight");
    Map<String, String> annotations =
        Map.of(PREFIX + "queue", "S3CRET", PREFIX + "weight", "S3CRET", PREFIX + "x\ny", "S3CRET");
    assertThatThrownBy(() -> read(settings).askedBy(pod("physics", annotations)))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            e ->
                assertThat(e.faults())
                    .containsOnlyKeys(
                        "metadata.annotations[" + PREFIX + "queue]",
                        "metadata.annotations[" + PREFIX + "weight]",
                        "metadata.annotations[" + PREFIX + "x y]"))
        .message()
        .doesNotContain("S3CRET", "\n");
  }

  @Test
  void a_value_without_end_is_refused_before_anybody_reads_it() {
    assertRefused(
        Map.of("annotations", "queue"),
        "physics",
        "queue",
        "a".repeat(10_000),
        "has more than 1000 characters");
  }

  @Test
  void annotations_of_others_are_nobodys_matter_here() throws Exception {
    JobRequest pod = pod("physics", Map.of("other.interlink.ee/queue", "x", "queue", "x"));
    assertThat(SchedulerAnnotations.anyOf(PREFIX, pod)).isFalse();
    assertThat(read(Map.of()).askedBy(pod)).isEmpty();
    assertThat(SchedulerAnnotations.anyOf(PREFIX, pod("a", Map.of(PREFIX + "x", "")))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "annotations; rnk; names rnk, which is not known: plain.interlink.ee/ has mail-user,"
            + " queue, weight",
        "annotations.physics; rnk; names rnk, which is not known: plain.interlink.ee/ has"
            + " mail-user, queue, weight",
        "annotations; queue,; does not have the form NAME[=VALUE|VALUE...], ... or none",
        "annotations; ' '; does not have the form NAME[=VALUE|VALUE...], ... or none",
        "annotations; =short; does not have the form NAME[=VALUE|VALUE...], ... or none",
        "annotations; queue=; does not have the form NAME[=VALUE|VALUE...], ... or none",
        "annotations; queue=a||b; does not have the form NAME[=VALUE|VALUE...], ... or none",
        "annotations; 'queue, queue=a'; names queue twice",
        "annotations; weight=1|4; names a value of weight that is not a whole number from -3 to 3",
        "annotations; 'none, queue'; names none, which is not known: plain.interlink.ee/ has"
            + " mail-user, queue, weight",
        "annotations.Physics; queue; does not end with the name of a namespace",
        "annotations.a.b; queue; does not end with the name of a namespace",
        "annotations.; queue; does not end with the name of a namespace",
      })
  void a_wrong_list_stops_the_start_with_its_full_key(String key, String value, String fault) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage("interlink.backends.pool." + key + " " + fault);
  }
}
