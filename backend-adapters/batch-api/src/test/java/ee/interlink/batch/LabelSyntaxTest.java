package ee.interlink.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSyntaxTest {
  private static final String LONGEST = "a".repeat(63);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gpu-long                | gpu-long",
        "X86_64                  | X86_64",
        "NVIDIA A100-SXM4-40GB   | NVIDIA_A100-SXM4-40GB",
        "a,b                     | a_b",
        "'  (best) node. '       | best__node",
        "été                     | t",
        "-9-                     | 9",
      })
  void any_text_becomes_a_value(String text, String value) {
    assertThat(LabelSyntax.of(text)).contains(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "._-", "(*)", "ß"})
  void a_text_without_letter_or_digit_is_no_value(String text) {
    assertThat(LabelSyntax.of(text)).isEmpty();
  }

  @Property
  void what_is_made_of_any_text_is_legal(@ForAll String text) {
    assertThat(LabelSyntax.of(text))
        .satisfiesAnyOf(
            none -> assertThat(none).isEmpty(),
            value -> assertThat(value).get().matches(LabelSyntax::isValue));
  }

  @Property
  void a_legal_text_stays_as_it_is(@ForAll String text) {
    String once = LabelSyntax.of(text).orElse("x");
    assertThat(LabelSyntax.of(once)).contains(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slurm.interlink.ee/partition",
        "slurm.interlink.ee/gpu.a100",
        "a.b.interlink.ee/Under_Score",
        "kubernetes.io/arch",
      })
  void a_backend_may_give_labels_below_our_prefixes_and_the_architecture(String key) {
    assertThat(capacity(key, LONGEST).labels()).containsEntry(key, LONGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "partition",
        "interlink.ee/backend",
        "example.org/partition",
        "kubernetes.io/hostname",
        "notinterlink.ee/partition",
        ".interlink.ee/partition",
        "a..interlink.ee/partition",
        "Slurm.interlink.ee/partition",
        "slurm.interlink.ee/",
        "slurm.interlink.ee/a/b",
        "slurm.interlink.ee/.a",
        "slurm.interlink.ee/a\n",
        "slurm.interlink.ee/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      })
  void a_backend_gives_no_other_label(String key) {
    assertThatThrownBy(() -> capacity(key, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "-a", "a-", "a\n", "é"})
  void a_label_has_a_legal_value(String value) {
    assertThatThrownBy(() -> capacity("slurm.interlink.ee/partition", value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Capacity capacity(String key, String value) {
    return new Capacity(Capacity.Amounts.NONE, Optional.empty(), Map.of(key, value));
  }
}
