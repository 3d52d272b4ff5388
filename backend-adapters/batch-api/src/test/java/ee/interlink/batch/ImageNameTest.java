package ee.interlink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "busybox",
        "busybox:1.36",
        "library/busybox",
        "localhost:5000/a__b/c-d.e:V1_x",
        "Registry/app",
        "r.example/team/app@sha256:"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "r.example/app:1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "[::1]:5000/app"
      })
  void what_a_registry_can_have(String text) {
    assertThat(ImageName.isOne(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Busybox",
        "busybox:",
        "busybox:a b",
        "busy box",
        "r.example/App",
        "a//b",
        "/a",
        "a/",
        "-a",
        "a:b:c",
        "a@sha256:12",
        "a@",
        "busybox\n"
      })
  void what_none_can_have(String text) {
    assertThat(ImageName.isOne(text)).isFalse();
  }
}
