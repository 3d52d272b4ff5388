package ee.interlink.kubernetes.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelPatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what the node has | what the backend gives | what is configured | the patch
        "''                         | ''                  | ''           | {}",
        "''                         | s/a=1               | ''           | {\"s/a\":\"1\"}",
        "s/a=1                      | s/a=1               | ''           | {}",
        "s/a=1                      | s/a=2               | ''           | {\"s/a\":\"2\"}",
        "s/a=1                      | ''                  | ''           | {\"s/a\":null}",
        "s/a=1                      | h/b=2               | ''           |"
            + " {\"h/b\":\"2\",\"s/a\":null}",
        "s/a=1                      | s/a=2               | s/a          | {}",
        "s/a=1                      | ''                  | s/a          | {}",
        "type=x example.org/a=1     | ''                  | ''           | {}",
        "interlink.ee/backend=b     | ''                  | ''           | {}",
        "kubernetes.io/hostname=n   | ''                  | ''           | {}",
        "kubernetes.io/arch=amd64   | kubernetes.io/arch=arm64 | ''      |"
            + " {\"kubernetes.io/arch\":\"arm64\"}",
      })
  void only_what_differs_and_is_a_backends_is_written(
      String have, String want, String others, String labels) {
    LabelPatch patch =
        LabelPatch.of(
            labels(have), labels(want), others.isEmpty() ? Set.of() : Set.of(full(others)));
    String expected = labels.replace("s/", "slurm.interlink.ee/");
    assertThat(patch.json())
        .isEqualTo(
            "{\"metadata\":{\"labels\":" + expected.replace("h/", "htcondor.interlink.ee/") + "}}");
    assertThat(patch.isEmpty()).isEqualTo(labels.equals("{}"));
  }

  private static Map<String, String> labels(String words) {
    Map<String, String> labels = new TreeMap<>();
    for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
      labels.put(full(word.substring(0, word.indexOf('='))), word.substring(word.indexOf('=') + 1));
    }
    return labels;
  }

  private static String full(String key) {
    return key.replaceAll("^s/", "slurm.interlink.ee/").replaceAll("^h/", "htcondor.interlink.ee/");
  }
}
