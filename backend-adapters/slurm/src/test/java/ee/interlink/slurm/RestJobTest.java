package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.Bytes;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.Pods;
import ee.interlink.batch.Resources;
import ee.interlink.batch.RestartPolicy;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields are those of {@code v0.0.40_job_desc_msg} to {@code v0.0.42_job_desc_msg}. */
class RestJobTest {
  private static JsonObject job(String... options) throws Exception {
    return RestJob.of(List.of(options)).build();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "--job-name=uid-1             ; {\"name\":\"uid-1\"}",
        "--comment={\"a\":\"b=c\"}    ; {\"comment\":\"{\\\"a\\\":\\\"b=c\\\"}\"}",
        "--requeue                    ; {\"requeue\":true}",
        "--no-requeue                 ; {\"requeue\":false}",
        "--open-mode=append           ; {\"open_mode\":[\"APPEND\"]}",
        "--nodes=1                    ; {\"minimum_nodes\":1,\"maximum_nodes\":1}",
        "--ntasks=8                   ; {\"tasks\":8}",
        "--cpus-per-task=100000       ; {\"cpus_per_task\":100000}",
        "--mem=2048M             ; {\"memory_per_node\":{\"set\":true,\"number\":2048}}",
        "--mem-per-cpu=1M        ; {\"memory_per_cpu\":{\"set\":true,\"number\":1}}",
        "--mem=1048575998976M    ; {\"memory_per_node\":{\"set\":true,\"number\":1048575998976}}",
        "--time=5256000          ; {\"time_limit\":{\"set\":true,\"number\":5256000}}",
        "--partition=short,long       ; {\"partition\":\"short,long\"}",
        "--account=phys               ; {\"account\":\"phys\"}",
        "--qos=high                   ; {\"qos\":\"high\"}",
        "--reservation=maint.1        ; {\"reservation\":\"maint.1\"}",
        "--constraint=[a*2&b*4]|(c&d) ; {\"constraints\":\"[a*2&b*4]|(c&d)\"}",
        "--licenses=matlab@flex:2,foo ; {\"licenses\":\"matlab@flex:2,foo\"}",
        "--dependency=afterok:1?after:2 ; {\"dependency\":\"afterok:1?after:2\"}",
        "--nice=0                     ; {\"nice\":0}",
        "--nice=2147483645            ; {\"nice\":2147483645}",
        "--exclusive                  ; {\"shared\":[\"none\"]}",
        "--mail-user=a.b+c@d.org      ; {\"mail_user\":\"a.b+c@d.org\"}",
        "--gres=gpu                   ; {\"tres_per_node\":\"gres/gpu\"}",
        "--gres=gpu:2                 ; {\"tres_per_node\":\"gres/gpu:2\"}",
        "--gres=gpu:a100:2,nvme,gpu:1g.5gb:1"
            + "; {\"tres_per_node\":\"gres/gpu:a100:2,gres/nvme,gres/gpu:1g.5gb:1\"}",
        "--mail-type=NONE             ; {\"mail_type\":[]}",
        "--mail-type=BEGIN            ; {\"mail_type\":[\"BEGIN\"]}",
        "--mail-type=END,FAIL         ; {\"mail_type\":[\"END\",\"FAIL\"]}",
        "--mail-type=REQUEUE,STAGE_OUT ; {\"mail_type\":[\"REQUEUE\",\"STAGE_OUT\"]}",
        "--mail-type=INVALID_DEPEND   ; {\"mail_type\":[\"INVALID_DEPENDENCY\"]}",
        "--mail-type=TIME_LIMIT,TIME_LIMIT_90 ; {\"mail_type\":[\"TIME=100%\",\"TIME=90%\"]}",
        "--mail-type=TIME_LIMIT_80,TIME_LIMIT_50 ; {\"mail_type\":[\"TIME=80%\",\"TIME=50%\"]}",
        "--mail-type=END,ALL ; {\"mail_type\":"
            + "[\"END\",\"BEGIN\",\"FAIL\",\"INVALID_DEPENDENCY\",\"REQUEUE\",\"STAGE_OUT\"]}",
      })
  void each_option_is_one_field_in_its_own_form(String option, String field) throws Exception {
    assertThat(job(option)).isEqualTo(FakeSlurmrestd.read(field));
  }

  /** What slurmrestd calls {@code job_mail_flags}, without the one of job arrays. */
  @Test
  void every_mail_type_that_a_pod_may_ask_for_is_one_that_the_service_knows() throws Exception {
    String form = SlurmAnnotation.MAIL_TYPE.form().words();
    String types = form.substring("one of ".length(), form.indexOf(", or several"));
    Set<String> told = new HashSet<>();
    job("--mail-type=" + types.replace(" ", ""))
        .getJsonArray("mail_type")
        .forEach(type -> told.add(type.toString().replace("\"", "")));
    assertThat(told)
        .containsExactlyInAnyOrder(
            "BEGIN",
            "END",
            "FAIL",
            "REQUEUE",
            "TIME=100%",
            "TIME=90%",
            "TIME=80%",
            "TIME=50%",
            "STAGE_OUT",
            "INVALID_DEPENDENCY");
  }

  @ParameterizedTest
  @EnumSource(SlurmAnnotation.class)
  void whatever_a_pod_asks_for_the_service_can_be_told(SlurmAnnotation annotation)
      throws Exception {
    String value =
        switch (annotation) {
          case GRES -> "gpu:a100:1";
          case TIME -> "1";
          case NICE, NTASKS, CPUS_PER_TASK -> "2";
          case EXCLUSIVE -> "true";
          case MAIL_USER -> "a@b.org";
          case MAIL_TYPE -> "ALL";
          case MEM, MEM_PER_CPU -> "3G";
          case REQUEUE -> "false";
          case DEPENDENCY -> "afterok:1";
          default -> "name";
        };
    JsonObject plain = job(Map.of(), Resources.SITE_DEFAULTS, RestartPolicy.ALWAYS, Map.of());
    JsonObject more =
        job(
            Map.of("annotations", SlurmPods.ALL),
            Resources.SITE_DEFAULTS,
            RestartPolicy.ALWAYS,
            Map.of(SlurmAnnotation.PREFIX + annotation.word(), value));
    assertThat(more.entrySet()).isNotEqualTo(plain.entrySet());
    assertThat(more.keySet()).containsAll(plain.keySet());
  }

  @ParameterizedTest
  @EnumSource(RestartPolicy.class)
  void whatever_a_pod_needs_and_a_backend_has_as_default_the_service_can_be_told(
      RestartPolicy policy) throws Exception {
    Map<String, String> values =
        Map.of("partition", "gpu", "slurm-account", "phys", "qos", "high", "default-cpus", "9");
    Resources resources =
        new Resources(Optional.of(1500L), Optional.of(Bytes.ofMebibytes(2048)), 2);
    assertThat(job(values, resources, policy, Map.of()))
        .isEqualTo(
            FakeSlurmrestd.read(
                """
                {"name":"uid-1",
                 "comment":"{\\"interlink\\":\\"hpc\\",\\"namespace\\":\\"ns\\",\\"pod\\":\\"p\\"}",
                 "requeue":%s,
                 "open_mode":["APPEND"],
                 "minimum_nodes":1,
                 "maximum_nodes":1,
                 "tasks":1,
                 "cpus_per_task":2,
                 "memory_per_node":{"set":true,"number":2048},
                 "tres_per_node":"gres/gpu:2",
                 "time_limit":{"set":true,"number":2},
                 "partition":"gpu",
                 "account":"phys",
                 "qos":"high"}
                """
                    .formatted(policy != RestartPolicy.NEVER)));
    Map<String, String> defaults = Map.of("default-cpus", "4", "default-memory-mib", "512");
    assertThat(job(defaults, Resources.SITE_DEFAULTS, policy, Map.of()))
        .containsEntry("cpus_per_task", FakeSlurmrestd.read("{\"n\":4}").get("n"))
        .containsEntry("memory_per_node", FakeSlurmrestd.read("{\"set\":true,\"number\":512}"));
  }

  private static JsonObject job(
      Map<String, String> values,
      Resources resources,
      RestartPolicy policy,
      Map<String, String> annotations)
      throws Exception {
    SlurmSettings settings =
        SlurmSettings.read(
            new BackendSettings(new BackendName("hpc"), "slurm", new TreeMap<>(values)));
    JobRequest pod =
        new JobRequest(
            new PodUid("uid-1"),
            "ns",
            "p",
            List.of(),
            List.of(Pods.container("main", "", "true")),
            policy,
            List.of(),
            resources,
            Duration.ZERO,
            Optional.of(Duration.ofSeconds(61)));
    return RestJob.of(SbatchOptions.of(Pods.annotated(pod, "ns", annotations), settings)).build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--uid=0", "--wrap=true", "--exclusive=user", "--hold", "--job-name", "--nice"})
  void an_option_that_is_not_in_the_table_is_refused_by_its_name(String option) {
    assertThatThrownBy(() -> job("--nodes=1", option))
        .isInstanceOf(JobRejectedException.class)
        .hasMessage("slurmrestd is not told the option " + option.split("=", -1)[0]);
  }
}
