package ee.interlink.slurm;

import static ee.interlink.slurm.SlurmPods.backend;
import static ee.interlink.slurm.SlurmPods.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmAnnotationsTest {
  private static JobRequest pod(int gpus, Optional<Duration> limit, String word, String value) {
    return SlurmPods.pod(
        RestartPolicy.NEVER,
        new Resources(Optional.empty(), Optional.<Bytes>empty(), gpus),
        limit,
        Map.of("slurm.interlink.ee/" + word, value, "htcondor.interlink.ee/rank", "$(evil)"));
  }

  private static JobRequest pod(RestartPolicy policy, String word, String value) {
    return SlurmPods.pod(
        policy,
        Resources.SITE_DEFAULTS,
        Optional.empty(),
        Map.of("slurm.interlink.ee/" + word, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "partition; short; --partition=short",
        "partition; short,long; --partition=short,long",
        "account; phys; --account=phys",
        "qos; high; --qos=high",
        "reservation; maint.1; --reservation=maint.1",
        "constraint; [rack1*2&rack2*4]|(a&b); --constraint=[rack1*2&rack2*4]|(a&b)",
        "licenses; matlab@flex:2,foo; --licenses=matlab@flex:2,foo",
        "gres; gpu:a100:2,nvme; --gres=gpu:a100:2,nvme",
        "time; 90; --time=90",
        "time; 1-00:00:01; --time=1441",
        "nice; 0; --nice=0",
        "nice; 2147483645; --nice=2147483645",
        "exclusive; true; --exclusive",
        "mail-user; a.b+c@example.org; --mail-user=a.b+c@example.org",
        "mail-type; END,FAIL; --mail-type=END,FAIL",
        "cpus-per-task; 4; --cpus-per-task=4",
        "mem; 2G; --mem=2048M",
        "mem-per-cpu; 1; --mem-per-cpu=1M",
        "dependency; afterok:1; --dependency=afterok:1",
        "dependency; singleton; --dependency=singleton",
        "dependency; afterany:1:2147483647,after:3; --dependency=afterany:1:2147483647,after:3",
        "dependency; afternotok:1?afterok:2; --dependency=afternotok:1?afterok:2",
        "dependency; afterburstbuffer:1,aftercorr:2,singleton"
            + "; --dependency=afterburstbuffer:1,aftercorr:2,singleton",
      })
  void each_becomes_one_option(String word, String value, String option) throws Exception {
    List<String> plain = options(backend(), pod(0, Optional.empty(), "time", "1"));
    List<String> more = options(backend(), pod(0, Optional.empty(), word, value));
    assertThat(more).containsOnlyOnce(option);
    plain.remove("--time=1");
    assertThat(more).hasSize(plain.size() + 1).containsAll(plain);
  }

  @Test
  void exclusive_need_not_be_true() throws Exception {
    assertThat(options(backend(), pod(0, Optional.empty(), "exclusive", "false")))
        .noneMatch(option -> option.startsWith("--exclusive"));
  }

  @ParameterizedTest
  @CsvSource({
    "ALWAYS, true, --requeue",
    "ALWAYS, false, --no-requeue",
    "ON_FAILURE, true, --requeue",
    "ON_FAILURE, false, --no-requeue",
    "NEVER, false, --no-requeue"
  })
  void a_job_runs_again_if_its_pod_asks_for_that(RestartPolicy policy, String value, String option)
      throws Exception {
    assertThat(options(backend(), pod(policy, "requeue", value)))
        .filteredOn(each -> each.contains("requeue"))
        .containsExactly(option);
  }

  @Test
  void a_job_whose_pod_may_not_run_again_may_not_either() {
    assertThatThrownBy(() -> options(backend(), pod(RestartPolicy.NEVER, "requeue", "true")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "metadata.annotations[slurm.interlink.ee/requeue] asks for a job that may run again,"
                + " and restartPolicy is Never: one of them has to change");
  }

  @Test
  void a_comment_stands_behind_what_marks_the_job_as_ours() throws Exception {
    String text = "run 7, 50% of {all}; see https://example.org/?a=b|c#d";
    assertThat(options(backend(), pod(RestartPolicy.NEVER, "comment", text)))
        .filteredOn(option -> option.startsWith("--comment"))
        .containsExactly(
            "--comment={\"interlink\":\"hpc\",\"namespace\":\"physics\",\"pod\":\"pod\","
                + "\"comment\":\""
                + text
                + "\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "partition, partition, partition",
    "account, slurm-account, account",
    "qos, qos, qos"
  })
  void an_annotation_wins_over_the_setting(String word, String key, String option)
      throws Exception {
    BackendSettings backend = backend(key, "usual");
    assertThat(options(backend, pod(0, Optional.empty(), word, "wish")))
        .contains("--" + option + "=wish")
        .doesNotContain("--" + option + "=usual");
    assertThat(options(backend, pod(0, Optional.empty(), "nice", "1")))
        .contains("--" + option + "=usual");
  }

  @ParameterizedTest
  @CsvSource({"30, 20, 20", "20, 30, 20", "20, 00:20:30, 20"})
  void of_two_time_limits_the_shorter_counts(long pods, String asked, String minutes)
      throws Exception {
    Optional<Duration> limit = Optional.of(Duration.ofMinutes(pods));
    assertThat(options(backend(), pod(0, limit, "time", asked)))
        .filteredOn(option -> option.startsWith("--time"))
        .containsExactly("--time=" + minutes);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "0:01, 1",
    "90, 90",
    "90:01, 91",
    "2:30:00, 150",
    "1-0, 1440",
    "1-2, 1560",
    "1-02:03, 1563",
    "1-02:03:04, 1564",
    "0, -1",
    "00:00:00, -1",
    "5256001, -1",
    "9999-0, -1",
    "UNLIMITED, -1",
    "-1, -1",
    "1:2:3:4, -1",
    "1 h, -1",
    "'', -1",
  })
  void a_time_is_read_as_slurm_reads_it(String text, long minutes) {
    assertThat(TimeLimit.minutes(text).orElse(-1)).isEqualTo(minutes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "partition; -x; a name of letters, digits, _, . and -, or several with commas between them",
        "partition; a,; a name of letters, digits, _, . and -, or several with commas between them",
        "account; a,b; a name of letters, digits, _, . and -",
        "qos; a b; a name of letters, digits, _, . and -",
        "reservation; ''; a name of letters, digits, _, . and -, or several with commas between"
            + " them",
        "constraint; a b; an expression of features: letters, digits, _ . - and & | [ ] ( ) * , :",
        "licenses; a:b; NAME[:NUMBER], or several with commas between them",
        "gres; gpu:a:b:c; NAME[:TYPE][:NUMBER], or several with commas between them",
        "time; 0; a time limit from a minute to ten years: MINUTES, [DAYS-]HOURS:MINUTES:SECONDS or"
            + " DAYS-HOURS",
        "nice; -1; a whole number from 0 to 2147483645",
        "nice; 2147483646; a whole number from 0 to 2147483645",
        "exclusive; user; true or false",
        "mail-user; root; a mail address",
        "mail-type; end; one of NONE, BEGIN, END, FAIL, REQUEUE, ALL, INVALID_DEPEND, STAGE_OUT,"
            + " TIME_LIMIT, TIME_LIMIT_90, TIME_LIMIT_80, TIME_LIMIT_50, or several with commas"
            + " between them",
        "requeue; yes; true or false",
      })
  void a_bad_value_is_told_with_the_form_it_should_have(String word, String value, String form) {
    assertThatThrownBy(() -> options(backend(), pod(0, Optional.empty(), word, value)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("metadata.annotations[slurm.interlink.ee/" + word + "] is not " + form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "afterok",
        "afterok:",
        "afterok:0",
        "afterok:01",
        "afterok:1+5",
        "afterok:1_2",
        "afterok:-1",
        "afterok:12345678901",
        "afterok:1,",
        ",afterok:1",
        "afterok:1,2",
        "afterok:1??afterok:2",
        "afterok:1,afterany:2?after:3",
        "afterok:1 afterok:2",
        "AFTEROK:1",
        "expand:1",
        "singleton:1"
      })
  void what_is_no_dependency_is_told_so(String value) {
    assertThatThrownBy(() -> options(backend(), pod(RestartPolicy.NEVER, "dependency", value)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "metadata.annotations[slurm.interlink.ee/dependency] is not singleton or"
                + " after…:JOB[:JOB], or several with commas between them, or with ? if one of them"
                + " is enough");
  }

  @Test
  void a_comment_is_short_and_ascii_and_has_no_quotes() throws Exception {
    options(backend(), pod(RestartPolicy.NEVER, "comment", "a".repeat(256)));
    for (String value : List.of(" a", "a ", "a\tb", "a".repeat(257))) {
      assertThatThrownBy(() -> options(backend(), pod(RestartPolicy.NEVER, "comment", value)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage(
              "metadata.annotations[slurm.interlink.ee/comment] is not up to 256 printable ASCII"
                  + " characters without quotes, \\ and $");
    }
  }

  /** With names as long as they may be it is less than the 1024 bytes that Slurm takes. */
  @Test
  void the_longest_comment_is_one_that_slurm_takes() {
    JobRequest pod =
        Pods.annotated(
            Pods.pod(Pods.freshUid(), Pods.container("main", "", "true")),
            "n".repeat(63),
            Map.of());
    String comment = JobComment.of("b".repeat(63), pod, Optional.of("c".repeat(256)));
    assertThat(comment.length() + 253 - pod.name().length() + 32).isLessThan(1024);
  }

  /** In a comment some of it is nothing but text. */
  private static final List<String> TEXT =
      List.of("; rm -rf /", "a;b", "--uid=0", "a b", "a%j", "a=b");

  @ParameterizedTest
  @EnumSource(SlurmAnnotation.class)
  void nothing_hostile_reaches_an_argument(SlurmAnnotation annotation) {
    for (String value :
        List.of(
            "a\nb",
            "a\n",
            "a\r",
            "\"a\"",
            "'a'",
            "$(id)",
            "`id`",
            "; rm -rf /",
            "a;b",
            "a\0",
            "a\\",
            "--uid=0",
            "a b",
            "a%j",
            "a=b",
            "é",
            "",
            " ",
            "1".repeat(10_000),
            "a,".repeat(5_000) + "a")) {
      if (annotation == SlurmAnnotation.COMMENT && TEXT.contains(value)) {
        continue;
      }
      JobRequest pod = pod(0, Optional.empty(), annotation.word(), value);
      assertThatThrownBy(() -> new SlurmDriver().check(backend(), pod))
          .as(value)
          .isInstanceOf(InvalidRequestException.class);
      assertThatThrownBy(() -> SbatchOptions.of(pod, SlurmSettings.read(backend())))
          .as(value)
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  @Test
  void a_pod_has_one_task_unless_it_asks_for_more() throws Exception {
    assertThat(options(backend(), pod(0, Optional.empty(), "ntasks", "8")))
        .contains("--nodes=1", "--ntasks=8")
        .doesNotContain("--ntasks=1");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "5M, 5",
    "5mb, 5",
    "1K, 1",
    "1024K, 1",
    "1025k, 2",
    "2G, 2048",
    "1T, 1048576",
    "0, -1",
    "0G, -1",
    "-1, -1",
    "1P, -1",
    "1.5G, -1",
    "'', -1",
    "1234567890, -1",
  })
  void an_amount_of_memory_is_read_as_slurm_reads_it(String text, long mebibytes) {
    assertThat(MemoryAmount.mebibytes(text).orElse(-1)).isEqualTo(mebibytes);
  }

  @Test
  void what_the_pod_itself_names_of_cpus_and_memory_counts_and_then_what_it_asks_of_slurm()
      throws Exception {
    BackendSettings backend = backend("default-cpus", "7", "default-memory-mib", "700");
    JobRequest silent = pod(0, Optional.empty(), "nice", "1");
    assertThat(options(backend, silent)).contains("--cpus-per-task=7", "--mem=700M");
    Map<String, String> wishes =
        Map.of("slurm.interlink.ee/cpus-per-task", "3", "slurm.interlink.ee/mem-per-cpu", "9");
    assertThat(options(backend, Pods.annotated(silent, "physics", wishes)))
        .contains("--cpus-per-task=3", "--mem-per-cpu=9M")
        .doesNotContain("--cpus-per-task=7", "--mem=700M");
    Resources named = new Resources(Optional.of(2000L), Optional.of(Bytes.ofMebibytes(50)), 0);
    assertThat(options(backend, Pods.annotated(needing(named), "physics", wishes)))
        .contains("--cpus-per-task=2", "--mem=50M")
        .noneMatch(option -> option.startsWith("--mem-per-cpu"));
  }

  private static JobRequest needing(Resources resources) {
    return new JobRequest(
        new PodUid("uid-1"),
        "physics",
        "pod",
        List.of(),
        List.of(Pods.container("main", "", "true")),
        RestartPolicy.NEVER,
        List.of(),
        resources,
        Duration.ZERO,
        Optional.empty());
  }

  @Test
  void memory_is_asked_for_in_one_way() {
    Map<String, String> both =
        Map.of("slurm.interlink.ee/mem", "3", "slurm.interlink.ee/mem-per-cpu", "9");
    assertThatThrownBy(
            () ->
                options(
                    backend(),
                    Pods.annotated(pod(0, Optional.empty(), "nice", "1"), "physics", both)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "metadata.annotations[slurm.interlink.ee/mem] asks for mem, and something does for"
                + " mem-per-cpu: one of them has to go");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu:1", "gpu:a100:1", "gpu", "nvme", "gpu:2,nvme", "gpu:2:1"})
  void a_gres_does_not_stand_beside_other_gpus(String gres) {
    assertThatThrownBy(() -> options(backend(), pod(2, Optional.empty(), "gres", gres)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "metadata.annotations[slurm.interlink.ee/gres] asks for a gres beside nvidia.com/gpu,"
                + " which becomes one too: it has to be gpu:2 or gpu:TYPE:2, or one of them has to"
                + " go");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu:2", "gpu:a100:2"})
  void a_gres_says_of_which_type_the_gpus_are(String gres) throws Exception {
    assertThat(options(backend(), pod(2, Optional.empty(), "gres", gres)))
        .filteredOn(option -> option.startsWith("--gres"))
        .containsExactly("--gres=" + gres);
  }

  @Test
  void settings_are_not_read_for_a_pod_that_asks_for_nothing_of_slurms() {
    BackendSettings broken =
        new BackendSettings(new BackendName("hpc"), "slurm", Map.of("no-such", "key"));
    JobRequest pod = Pods.pod(Pods.freshUid(), Pods.container("main", "", "true"));
    Map<String, String> others = Map.of("htcondor.interlink.ee/rank", "1");
    assertThatCode(() -> new SlurmDriver().check(broken, Pods.annotated(pod, "a", others)))
        .doesNotThrowAnyException();
  }
}
