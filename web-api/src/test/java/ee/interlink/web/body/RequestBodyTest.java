package ee.interlink.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private static InputStream of(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void becomes(ProblemKind kind, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void a_body_is_read_as_utf8_without_its_byte_order_mark() {
    assertThat(RequestBody.text(of("\uFEFFkind: Pöd"), -1, 100)).isEqualTo("kind: Pöd");
  }

  @Test
  void a_body_at_the_limit_is_taken() {
    assertThat(RequestBody.text(of("x".repeat(100)), 100, 100)).hasSize(100);
  }

  @Test
  void a_body_over_the_limit_is_refused_after_it_was_read_to_its_end() throws IOException {
    InputStream body = of("x".repeat(100_000));
    becomes(ProblemKind.BODY_TOO_LARGE, () -> RequestBody.text(body, -1, 99));
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void a_body_without_end_is_not_read_for_ever() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            return length;
          }
        };
    becomes(ProblemKind.BODY_TOO_LARGE, () -> RequestBody.text(endless, -1, 99));
  }

  @Test
  void a_body_shorter_than_it_said_is_cut_off() {
    becomes(ProblemKind.BODY_CUT_OFF, () -> RequestBody.text(of("apiVersion: v1"), 500, 1000));
  }

  @Test
  void a_body_whose_sender_has_gone_is_cut_off() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }
        };
    becomes(
        ProblemKind.BODY_CUT_OFF,
        () -> RequestBody.text(new SequenceInputStream(of("api"), broken), -1, 1000));
  }

  @Test
  void a_body_that_is_not_utf8_is_refused() {
    InputStream latin1 =
        new ByteArrayInputStream("name: Jürgen".getBytes(StandardCharsets.ISO_8859_1));
    becomes(ProblemKind.MALFORMED_DOCUMENT, () -> RequestBody.text(latin1, -1, 1000));
  }
}
