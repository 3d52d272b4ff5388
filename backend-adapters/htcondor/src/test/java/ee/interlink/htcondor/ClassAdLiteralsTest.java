package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassAdLiteralsTest {

  @Test
  void a_string_comes_back_without_its_escapes() {
    String line = "\"a \\\"b\\\" \\\\ \\t\\n\\r\\b\\f\\/ \\101\\0\"";
    assertThat(new ClassAdLiterals(line).text(0)).contains("a \"b\" \\ \t\n\r\b\f/ A\0");
  }

  @Test
  void values_of_other_types_are_no_strings_and_no_numbers() {
    ClassAdLiterals line = new ClassAdLiterals("undefined\terror\t1.5\ttrue\t-7\t\"7\"\t");
    assertThat(line.size()).isEqualTo(7);
    for (int place = 0; place < 4; place++) {
      assertThat(line.text(place)).isEmpty();
      assertThat(line.number(place)).isEmpty();
    }
    assertThat(line.isTrue(3)).isTrue();
    assertThat(line.number(4)).hasValue(-7);
    assertThat(line.number(5)).isEmpty();
    assertThat(line.text(6)).isEmpty();
  }

  @Test
  void lines_of_another_length_are_left_out() {
    assertThat(ClassAdLiterals.lines("1\t2\n1\n\n1\t2\t3\n", 2)).hasSize(1);
  }
}
