package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.site.jobs.Refusal;
import ee.interlink.site.jobs.Refusal.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SbatchRefusalsTest {
  @ParameterizedTest
  @MethodSource("table")
  void every_text_is_found_within_what_sbatch_says(Refusal refusal) {
    String errors =
        "Welcome to the site\nsbatch: error: Batch job submission failed: "
            + refusal.text()
            + "\nbye\n";
    assertThat(kind(errors)).isEqualTo(refusal.kind());
    assertThat(SbatchRefusals.of(errors)).hasMessageContaining(refusal.text());
  }

  static List<Refusal> table() {
    return SbatchRefusals.TABLE;
  }

  @Test
  void no_text_stands_twice() {
    assertThat(SbatchRefusals.TABLE.stream().map(Refusal::text)).doesNotHaveDuplicates();
  }

  @Test
  void an_unknown_text_may_be_cured_by_waiting() {
    assertThat(SbatchRefusals.of("sbatch: error: Batch job submission failed: Unspecified error\n"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("sbatch: Batch job submission failed: Unspecified error");
    assertThat(kind("")).isEqualTo(Kind.LATER);
  }

  @Test
  void a_limit_on_the_number_of_jobs_passes_and_one_on_their_size_does_not() {
    String end = "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy";
    assertThat(kind("sbatch: error: AssocMaxSubmitJobLimit\n" + end)).isEqualTo(Kind.LATER);
    assertThat(kind("sbatch: error: QOSMaxCpuPerJobLimit\n" + end)).isEqualTo(Kind.REJECTED);
    assertThat(kind(end)).isEqualTo(Kind.LATER);
  }

  @Test
  void the_words_are_slurms_and_not_the_sites() {
    assertThat(
            SbatchRefusals.of(
                """
                *** Maintenance on Friday ***
                sbatch: error: invalid partition specified: nosuch
                sbatch: error: Batch job submission failed: Invalid partition name specified
                """))
        .isInstanceOf(JobRejectedException.class)
        .hasMessage(
            "sbatch: invalid partition specified: nosuch; "
                + "Batch job submission failed: Invalid partition name specified");
  }

  private static Kind kind(String errors) {
    return Refusal.kind(SbatchRefusals.TABLE, errors);
  }
}
