package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.NotAuthorisedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmTokenTest {
  @TempDir Path folder;

  private SlurmToken token(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("alice"), content, StandardCharsets.ISO_8859_1);
    return new SlurmToken(new AccountName("alice"), file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", " \n\n"})
  void the_accounts_own_is_read_without_what_ends_its_line(String end) throws Exception {
    String own = OnFakeSlurmrestd.token("alice", "sig_-9");
    assertThat(token(own + end).value()).isEqualTo(own);
  }

  @Test
  void one_that_was_renewed_counts_at_once() throws Exception {
    SlurmToken token = token(OnFakeSlurmrestd.token("alice", "old"));
    assertThat(token.value()).endsWith(".old");
    assertThat(token(OnFakeSlurmrestd.token("alice", "new"))).isEqualTo(token);
    assertThat(token.value()).endsWith(".new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "slurm", "alice2", "Alice", ""})
  void anothers_is_refused(String user) throws Exception {
    String token = OnFakeSlurmrestd.token(user, "signature");
    assertThatThrownBy(token(token)::value)
        .isInstanceOf(NotAuthorisedException.class)
        .hasMessage("what is in " + folder.resolve("alice") + " is no token of alice");
  }

  @Test
  void what_is_no_token_is_refused_and_not_repeated() throws Exception {
    String claims = OnFakeSlurmrestd.word("{\"sun\":\"alice\"}");
    for (String text :
        new String[] {
          "",
          "secret",
          "secret.secret",
          "secret.secret.secret",
          "secret." + claims,
          "secret." + claims + ".secret.secret",
          "secret.!" + claims + ".secret",
          "secret." + OnFakeSlurmrestd.word("{\"sun\":7}") + ".secret",
          "secret." + OnFakeSlurmrestd.word("{\"user\":\"alice\"}") + ".secret",
          "secret." + OnFakeSlurmrestd.word("[\"alice\"]") + ".secret",
          "secret." + OnFakeSlurmrestd.word("{\"sun\":\"alice\"") + ".secret",
          "secret." + OnFakeSlurmrestd.word("") + ".secret",
          "secret." + claims + ".secret\nX-SLURM-USER-NAME: root",
          "secret\r\n." + claims + ".secret",
          "secret." + claims + ".secret secret",
          "secret." + claims + ".secret\u00e9",
        }) {
      assertThatThrownBy(token(text)::value)
          .as(text)
          .isInstanceOf(NotAuthorisedException.class)
          .hasMessageContaining(folder.resolve("alice").toString())
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void an_account_without_one_is_not_let_in() {
    SlurmToken none = new SlurmToken(new AccountName("bob"), folder.resolve("bob"));
    assertThatThrownBy(none::value)
        .isInstanceOf(NotAuthorisedException.class)
        .hasMessage("no token of bob in " + folder.resolve("bob"));
  }
}
