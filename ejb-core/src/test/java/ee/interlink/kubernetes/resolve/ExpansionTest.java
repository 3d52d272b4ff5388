package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
  private static final Map<String, String> VALUES =
      Map.of("A", "a", "B", "$(A)", "E", "", "x.y", "d");

  private static String expand(String text) {
    return Expansion.expand(text, VALUES::get);
  }

  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "'', ''",
        "plain, plain",
        "$(A), a",
        "-$(A)-, -a-",
        "$(A)$(A), aa",
        "$(x.y), d",
        "$(E), ''",
        "$(B), $(A)",
        "$$(A), $(A)",
        "$$$(A), $a",
        "$$$$(A), $$(A)",
        "$$$$$(A), $$a",
        "$(NONE), $(NONE)",
        "$$(NONE), $(NONE)",
        "$(), $()",
        "$( A), $( A)",
        "$($(A)), $($(A))",
        "$(A, $(A",
        "$(A$(A), $(A$(A)",
        "A), A)",
        "$A, $A",
        "${A}, ${A}",
        "$, $",
        "$$, $",
        "a$, a$",
        "a$$, a$",
        "$?, $?",
        "$ü$(A), $üa",
        "(A)$(A), (A)a",
      })
  void a_reference_is_its_value_and_all_else_stays(String text, String expanded) {
    assertThat(expand(text)).isEqualTo(expanded);
  }

  @Property
  void text_without_a_dollar_sign_stays_as_it_is(@ForAll String text) {
    String plain = text.replace("$", "");
    assertThat(expand(plain)).isEqualTo(plain);
  }

  @Property
  void text_with_each_dollar_sign_doubled_comes_out_as_it_was(
      @ForAll @Chars({'$', '(', ')', 'A'}) @CharRange(from = 'x', to = 'z') @StringLength(max = 20)
          String text) {
    assertThat(expand(text.replace("$", "$$"))).isEqualTo(text);
  }

  @Property
  void any_text_expands_to_something_and_values_are_never_read_again(
      @ForAll @Chars({'$', '(', ')', 'A', 'B'}) @StringLength(max = 20) String text) {
    String once = Expansion.expand(text, name -> "$(A)");
    assertThat(once.replace("$(A)", "")).doesNotContain("a");
  }
}
