package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.batch.Pods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtcondorAnnotationsTest {
  private static final String EXPRESSION =
      "one line of a ClassAd expression that closes its parentheses and strings and has no $, no \\,"
          + " no comment and no '";
  private static final Set<HtcondorAnnotation> EXPRESSIONS =
      Set.of(HtcondorAnnotation.REQUIREMENTS, HtcondorAnnotation.RANK);
  private static final String ALL =
      Arrays.stream(HtcondorAnnotation.values())
          .map(HtcondorAnnotation::word)
          .collect(Collectors.joining(","));

  private static BackendSettings backend(String... more) {
    Map<String, String> values = new TreeMap<>(Map.of("annotations", ALL));
    for (int i = 0; i < more.length; i += 2) {
      values.put(more[i], more[i + 1]);
    }
    return new BackendSettings(new BackendName("pool"), "htcondor", values);
  }

  private static JobRequest pod(Map<String, String> annotations) {
    return Pods.annotated(
        Pods.pod(Pods.freshUid(), Pods.container("main", "", "true")), "physics", annotations);
  }

  private static JobRequest asking(String word, String value) {
    return pod(Map.of("htcondor.interlink.ee/" + word, value, "slurm.interlink.ee/qos", "$(evil)"));
  }

  private static List<String> commands(BackendSettings backend, JobRequest pod) throws Exception {
    new HtcondorDriver().check(backend, pod);
    return SubmitCommands.of(pod, HtcondorSettings.read(backend));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "requirements; TARGET.Memory > 3; requirements:=(TARGET.Memory > 3)",
        "rank; Memory * (1 + Cpus), 2; rank:=(Memory * (1 + Cpus), 2)",
        "priority; -5; priority=-5",
        "priority; 1000000; priority=1000000",
        "accounting-group; cms.prod; accounting_group=cms.prod",
        "accounting-user; alice@cern.ch; accounting_group_user=alice@cern.ch",
        "concurrency-limits; db,lic.matlab:2,x:0.5; concurrency_limits:=db,lic.matlab:2,x:0.5",
        "nice-user; true; nice_user=true",
        "nice-user; false; nice_user=false",
        "project; UCSD_Duarte; MY.ProjectName=\"UCSD_Duarte\"",
      })
  void each_becomes_one_command(String word, String value, String command) throws Exception {
    assertThat(commands(backend(), asking(word, value))).containsOnlyOnce(command);
  }

  @Test
  void what_becomes_part_of_a_row_has_no_blank_and_no_comma() throws Exception {
    Map<String, String> good = new TreeMap<>();
    good.put("requirements", "a, b");
    good.put("rank", "a, b");
    good.put("priority", "1");
    good.put("accounting-group", "a");
    good.put("accounting-user", "a");
    good.put("concurrency-limits", "a,b");
    good.put("nice-user", "true");
    good.put("project", "a");
    assertThat(good).hasSize(HtcondorAnnotation.values().length);
    Map<String, String> annotations = new TreeMap<>();
    good.forEach((word, value) -> annotations.put("htcondor.interlink.ee/" + word, value));
    assertThat(commands(backend(), pod(annotations)))
        .filteredOn(command -> !command.matches("[A-Za-z_]+:=.*"))
        .allMatch(command -> command.matches("[^ ,$]+"));
  }

  @Test
  void an_annotation_wins_over_the_setting() throws Exception {
    BackendSettings backend = backend("accounting-group", "usual");
    assertThat(commands(backend, asking("accounting-group", "wish")))
        .contains("accounting_group=wish")
        .doesNotContain("accounting_group=usual");
    assertThat(commands(backend, asking("priority", "1"))).contains("accounting_group=usual");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "priority; 1000001; a whole number from -1000000 to 1000000",
        "priority; high; a whole number from -1000000 to 1000000",
        "accounting-group; a b; a name of letters, digits, _, . and -",
        "accounting-user; a,b; a name of letters, digits, _, ., @ and -",
        "concurrency-limits; a:b; NAME[:NUMBER], or several with commas between them",
        "concurrency-limits; 'a, b'; NAME[:NUMBER], or several with commas between them",
        "nice-user; yes; true or false",
        "project; a\"b; a name of letters, digits, _, . and -",
        "requirements; $(x); " + EXPRESSION,
        "rank; (; " + EXPRESSION,
      })
  void a_bad_value_is_told_with_the_form_it_should_have(String word, String value, String form) {
    assertThatThrownBy(() -> commands(backend(), asking(word, value)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "metadata.annotations[htcondor.interlink.ee/"
                + word
                + "] is not "
                + form.replace("''", "'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "regexp(\"^node(1|2)[.]\", TARGET.Machine)",
        "TARGET.Name == \"(\" || TARGET.Name == \"O'Brien // /* \"",
        "MY.x / 2 * 3",
        "member(TARGET.Arch, {\"X86_64\", \"aarch64\"}) && [a = 1].a == 1",
      })
  void an_expression_may_have_all_that_stays_within_its_parentheses(String expression)
      throws Exception {
    assertThat(commands(backend(), asking("requirements", expression)))
        .contains("requirements:=(" + expression + ")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true) || (true",
        "1 /* ( */ ) || (true /* ) */",
        "1 /**/",
        "true // ",
        "'(' || true) || (1",
        "\"(\" \" || true",
        "\"a\\\" || (\" ) || (\"",
        "((true)",
        "\"open",
      })
  void no_expression_leaves_its_parentheses(String expression) {
    for (String word : List.of("requirements", "rank")) {
      assertThatThrownBy(() -> commands(backend(), asking(word, expression)))
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(HtcondorAnnotation.class)
  void nothing_hostile_reaches_the_description(HtcondorAnnotation annotation) {
    List<String> hostile =
        new ArrayList<>(
            List.of(
                "a\nqueue",
                "a\n",
                "a\r",
                "\"",
                "'a'",
                "$(id)",
                "$$(x)",
                "$ENV(HOME)",
                "a\0",
                "a\\",
                "é",
                "",
                " ",
                "\t1",
                "1".repeat(10_000),
                "a,".repeat(5_000) + "a"));
    if (!EXPRESSIONS.contains(annotation)) {
      // The rest is for HTCondor to read as an expression, or not: it is never part of a row.
      hostile.addAll(List.of("; rm -rf /", "`id`", "a b", "a;b", "a=b", "a,", "a\"b\""));
    }
    for (String value : hostile) {
      JobRequest pod = asking(annotation.word(), value);
      assertThatThrownBy(() -> new HtcondorDriver().check(backend(), pod))
          .as(value)
          .isInstanceOf(InvalidRequestException.class);
      assertThatThrownBy(() -> SubmitCommands.of(pod, HtcondorSettings.read(backend())))
          .as(value)
          .isInstanceOf(InvalidRequestException.class);
    }
  }

  @Test
  void a_list_with_what_htcondor_does_not_know_is_named() {
    assertThatThrownBy(() -> new HtcondorDriver().check(backend("annotations.physics", "qos")))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(
            "interlink.backends.pool.annotations.physics names qos, which is not known:");
  }

  @ParameterizedTest
  @CsvSource({
    "htcondor-job.vk.io/singularity-options, is not given to the container runtime",
    "htcondor-job.vk.io/else, is not known",
    "htcondor-job.knoc.io/image-root, is put before no image",
  })
  void what_was_written_for_the_published_plugin_is_refused_by_name(String name, String fault) {
    assertThatThrownBy(() -> commands(backend(), pod(Map.of(name, "x"))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("metadata.annotations[" + name + "] " + fault);
  }

  @Test
  void settings_are_not_read_for_a_pod_that_asks_for_nothing_of_htcondors() {
    BackendSettings broken =
        new BackendSettings(new BackendName("pool"), "htcondor", Map.of("no-such", "key"));
    JobRequest pod = pod(Map.of("slurm.interlink.ee/qos", "high"));
    assertThatCode(() -> new HtcondorDriver().check(broken, pod)).doesNotThrowAnyException();
  }
}
