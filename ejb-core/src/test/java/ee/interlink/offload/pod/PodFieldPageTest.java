package ee.interlink.offload.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PodFieldPageTest {
  private static final Path PAGE = Path.of("..", "docs", "pod-fields.md");

  @Test
  void the_page_says_what_the_table_says() throws IOException {
    String page = new PodFieldPage(PodFieldMatrix.shipped()).text();
    if (Boolean.getBoolean("pod-fields.write")) {
      Files.writeString(PAGE, page);
    }
    // By itself either text would hide the message: they are long.
    assertThat(Files.exists(PAGE) && Files.readString(PAGE).equals(page))
        .as(
            "docs/pod-fields.md says what pod-fields.txt says; if not, write it again:\n"
                + "  mvn -pl ejb-core -am test -Dtest=PodFieldPageTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dpod-fields.write=true\n")
        .isTrue();
  }
}
