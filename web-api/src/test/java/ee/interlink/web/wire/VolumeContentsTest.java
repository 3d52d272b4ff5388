package ee.interlink.web.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.Volume;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.web.Http;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeContentsTest {
  private static final String OBJECTS =
      """
      "configmaps":[{"metadata":{"name":"settings"},"data":{"a":"1","b":"zwei"},
                     "binaryData":{"bin":"AP8="}}],
      "secrets":[{"metadata":{"name":"login"},"data":{"user":"YWxpY2U="}}],
      "projectedvolumesmaps":[{"metadata":{"name":"v"},"data":{"sub/token":"t0ken"}}]
      """;

  private static List<Volume.Files> resolve(String volume) throws RefusedPodException {
    return resolve(volume, OBJECTS);
  }

  private static List<Volume.Files> resolve(String volume, String objects)
      throws RefusedPodException {
    String text =
        "{\"pod\":{\"spec\":{\"volumes\":[{\"name\":\"v\",%s}]}},%s}"
            .formatted(volume.replace('\'', '"'), objects);
    return VolumeContents.of(WireBody.read(Http.body(text), CreateRequest.class).orElseThrow());
  }

  private static Volume.File only(String volume) throws RefusedPodException {
    List<Volume.File> files = resolve(volume).get(0).files();
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private static String text(Volume.File file) {
    return new String(file.content(), StandardCharsets.UTF_8);
  }

  @Test
  void a_config_map_gives_a_file_for_each_key() throws RefusedPodException {
    Volume.Files files = resolve("'configMap':{'name':'settings'}").get(0);
    assertThat(files.secret()).isFalse();
    assertThat(files.files())
        .extracting(Volume.File::path)
        .containsExactlyInAnyOrder("a", "b", "bin");
    assertThat(files.files()).extracting(Volume.File::mode).containsOnly(0644);
    assertThat(files.files())
        .filteredOn(file -> file.path().equals("bin"))
        .extracting(Volume.File::content)
        .containsExactly(new byte[] {0, (byte) 0xff});
  }

  @Test
  void items_choose_keys_paths_and_modes() throws RefusedPodException {
    Volume.File file =
        only(
            "'configMap':{'name':'settings','defaultMode':384,"
                + "'items':[{'key':'b','path':'x/y','mode':256}]}");
    assertThat(file.path()).isEqualTo("x/y");
    assertThat(file.mode()).isEqualTo(256);
    assertThat(text(file)).isEqualTo("zwei");
  }

  @Test
  void a_default_mode_holds_for_items_without_their_own() throws RefusedPodException {
    assertThat(
            only("'configMap':{'name':'settings','defaultMode':384,'items':[{'key':'b','path':'x'}]}")
                .mode())
        .isEqualTo(384);
  }

  @Test
  void a_secret_is_decoded_and_marked() throws RefusedPodException {
    assertThat(text(only("'secret':{'secretName':'login'}"))).isEqualTo("alice");
    assertThat(resolve("'secret':{'secretName':'login'}").get(0).secret()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'''projected'':{''sources'':[]}'                | true | 420",
        "'''projected'':{''defaultMode'':256}'           | true | 256",
        "'''projected'':{''sources'':[{''downwardAPI'':{''items'':[{''path'':''sub/token'',''mode'':288}]}}]}' | true | 288",
        "'''projected'':{''sources'':[{''secret'':{''items'':[{''key'':''k'',''path'':''sub/token'',''mode'':288}]}}]}' | true | 288",
        "'''downwardAPI'':{''defaultMode'':256}'         | false | 256",
        "'''downwardAPI'':{''items'':[{''path'':''sub/token'',''mode'':288}]}' | false | 288",
      })
  void what_the_virtual_kubelet_rendered_is_found_by_the_volumes_name(
      String volume, boolean secret, int mode) throws RefusedPodException {
    Volume.File file = only(volume);
    assertThat(file.path()).isEqualTo("sub/token");
    assertThat(text(file)).isEqualTo("t0ken");
    assertThat(file.mode()).isEqualTo(mode);
    assertThat(resolve(volume).get(0).secret()).isEqualTo(secret);
  }

  @Test
  void an_empty_directory_has_no_content() throws RefusedPodException {
    assertThat(resolve("'emptyDir':{}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "configMap,name",
    "secret,secretName",
  })
  void what_is_missing_is_named_unless_it_is_optional(String kind, String key)
      throws RefusedPodException {
    assertThatThrownBy(() -> resolve("'%s':{'%s':'other'}".formatted(kind, key)))
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("spec.volumes[0]." + kind);
    assertThat(resolve("'%s':{'%s':'other','optional':true}".formatted(kind, key)).get(0).files())
        .isEmpty();
  }

  @Test
  void a_missing_key_is_named_unless_it_is_optional() throws RefusedPodException {
    String volume = "'configMap':{'name':'settings',%s'items':[{'key':'none','path':'x'}]}";
    assertThatThrownBy(() -> resolve(volume.formatted("")))
        .hasMessageContaining("spec.volumes[0].configMap.items");
    assertThat(resolve(volume.formatted("'optional':true,")).get(0).files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"projected", "downwardAPI"})
  void a_rendered_volume_without_content_is_named(String kind) {
    assertThatThrownBy(() -> resolve("'%s':{}".formatted(kind), "\"projectedvolumesmaps\":null"))
        .hasMessageContaining("spec.volumes[0]." + kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "a/../../x", "..", ""})
  void a_path_that_leads_out_of_the_volume_is_refused(String path) {
    assertThatThrownBy(
            () ->
                resolve(
                    "'configMap':{'name':'settings','items':[{'key':'a','path':'%s'}]}"
                        .formatted(path)))
        .isInstanceOf(RefusedPodException.class);
    assertThatThrownBy(
            () ->
                resolve(
                    "'projected':{}",
                    "\"projectedvolumesmaps\":[{\"metadata\":{\"name\":\"v\"},\"data\":{\"%s\":\"s3cret\"}}]"
                        .formatted(path)))
        .isInstanceOf(RefusedPodException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void a_secret_that_is_not_base64_is_refused_without_being_shown() {
    assertThatThrownBy(
            () ->
                resolve(
                    "'secret':{'secretName':'login'}",
                    "\"secrets\":[{\"metadata\":{\"name\":\"login\"},\"data\":{\"k\":\"s3cret!\"}}]"))
        .isInstanceOf(RefusedPodException.class)
        .hasMessageContaining("login")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }
}
