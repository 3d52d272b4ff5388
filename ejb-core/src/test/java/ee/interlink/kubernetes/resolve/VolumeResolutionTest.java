package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import ee.interlink.batch.Volume;
import ee.interlink.offload.pod.FieldFault;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container finds in its volumes. */
class VolumeResolutionTest {
  private static final String A = certificate("A");
  private static final String B = certificate("B");

  private final FakeCluster cluster =
      new FakeCluster()
          .add(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withNamespace("ns")
                  .withName("settings")
                  .endMetadata()
                  .addToData("a", "1")
                  .addToData("b", "zwei")
                  .addToBinaryData("bin", "AP8=")
                  .build())
          .secret("login", Map.of("user", "alice", "a", "s3cret"))
          .trustBundle("site", A)
          .trustBundle("example.org/ca:one", A + "# a remark\n" + B)
          .trustBundle("example.org/ca:two", B);

  private final Resolving resolving = new Resolving(cluster);

  private static String certificate(String content) {
    return "-----BEGIN CERTIFICATE-----\n" + content + "\n-----END CERTIFICATE-----\n";
  }

  @Test
  void a_config_map_gives_a_file_for_each_key_of_text_or_bytes() throws Exception {
    Volume.Files volume = resolving.volume("'configMap':{'name':'settings'}");
    assertThat(volume.name()).hasToString("v");
    assertThat(volume.secret()).isFalse();
    assertThat(volume.files())
        .extracting(Volume.File::path)
        .containsExactlyInAnyOrder("a", "b", "bin");
    assertThat(volume.files()).extracting(Volume.File::mode).containsOnly(0644);
    assertThat(volume.files())
        .filteredOn(file -> file.path().equals("bin"))
        .extracting(Volume.File::content)
        .containsExactly(new byte[] {0, (byte) 0xff});
  }

  @Test
  void a_secret_is_decoded_and_kept_secret() throws Exception {
    Volume.Files volume = resolving.volume("'secret':{'secretName':'login','defaultMode':256}");
    assertThat(volume.secret()).isTrue();
    assertThat(volume.files()).extracting(Volume.File::mode).containsOnly(0400);
    assertThat(resolving.files("'secret':{'secretName':'login'}"))
        .containsOnly(entry("user", "alice"), entry("a", "s3cret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'configMap':{'name':'settings'", "'secret':{'secretName':'login'"})
  void items_choose_keys_and_name_files(String source) throws Exception {
    Volume.Files volume =
        resolving.volume(
            source
                + ",'defaultMode':288,'items':[{'key':'a','path':'deep/x','mode':384},"
                + "{'key':'a','path':'./deep//y'}]}");
    assertThat(volume.files())
        .extracting(Volume.File::path, Volume.File::mode)
        .containsExactly(tuple("deep/x", 0600), tuple("deep/y", 0440));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'configMap':{'name':'none'} | configmap \"none\" not found",
        "'configMap':{'name':''} | configmap \"\" not found",
        "'secret':{'secretName':'none'} | secret \"none\" not found",
        "'configMap':{'name':'settings','items':[{'key':'k','path':'p'}]}"
            + " | configmap references non-existent config key: k",
        "'secret':{'secretName':'login','items':[{'key':'k','path':'p'}]}"
            + " | references non-existent secret key: k",
        "'projected':{'sources':[{'configMap':{'name':'none'}}]} | configmap \"none\" not found",
        "'projected':{'sources':[{'secret':{'name':'none'}}]} | secret \"none\" not found",
        "'projected':{'sources':[{'secret':{'name':'login','items':[{'key':'k','path':'p'}]}}]}"
            + " | references non-existent secret key: k",
        "'projected':{'sources':[{'clusterTrustBundle':{'name':'none','path':'p'}}]}"
            + " | clustertrustbundle \"none\" not found",
        "'projected':{'sources':[{'clusterTrustBundle':{'signerName':'no/ca','path':'p',"
            + "'labelSelector':{}}}]}"
            + " | combination of signerName and labelSelector matched zero ClusterTrustBundles",
        "'projected':{'sources':[{'clusterTrustBundle':{'signerName':'example.org/ca',"
            + "'path':'p'}}]}"
            + " | combination of signerName and labelSelector matched zero ClusterTrustBundles",
      })
  void a_pod_waits_for_what_a_volume_needs(String source, String message) {
    UnresolvedPodException waiting = resolving.waiting(Resolving.podWithVolume(source));
    assertThat(waiting).hasMessage("MountVolume.SetUp failed for volume \"v\" : " + message);
    assertThat(waiting.waitingReason()).isEqualTo("ContainerCreating");
    assertThat(waiting.eventReason()).isEqualTo("FailedMount");
    assertThat(waiting.container()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'configMap':{'name':'none','optional':true}",
        "'secret':{'secretName':'none','optional':true}",
        "'configMap':{'name':'settings','optional':true,'items':[{'key':'k','path':'p'}]}",
        "'secret':{'secretName':'login','optional':true,'items':[{'key':'k','path':'p'}]}",
        "'projected':{'sources':[{'configMap':{'name':'none','optional':true}},"
            + "{'secret':{'name':'none','optional':true}}]}",
        "'projected':{}",
        "'downwardAPI':{}",
      })
  void what_is_optional_and_not_there_leaves_the_volume_empty(String source) throws Exception {
    assertThat(resolving.volume(source).files()).isEmpty();
  }

  @Test
  void sources_are_put_together_and_of_one_path_the_later_counts() throws Exception {
    assertThat(
            resolving.files(
                "'projected':{'sources':[{'secret':{'name':'login'}},"
                    + "{'configMap':{'name':'settings','items':[{'key':'b','path':'a'},"
                    + "{'key':'b','path':'sub/b'}]}},"
                    + "{'downwardAPI':{'items':[{'path':'sub/b',"
                    + "'fieldRef':{'fieldPath':'metadata.name'}}]}}]}"))
        .containsOnly(entry("user", "alice"), entry("a", "zwei"), entry("sub/b", "sample"));
  }

  @Test
  void a_token_is_asked_for_as_it_is_wanted() throws Exception {
    Volume.Files volume =
        resolving.volume(
            "'projected':{'defaultMode':384,'sources':["
                + "{'serviceAccountToken':{'path':'token'}},"
                + "{'serviceAccountToken':{'path':'b','audience':'','expirationSeconds':600}},"
                + "{'serviceAccountToken':{'path':'c','audience':'vault',"
                + "'expirationSeconds':7200}}]}");
    assertThat(cluster.asked).contains("token - 3600", "token - 600", "token vault 7200");
    assertThat(volume.secret()).isTrue();
    assertThat(volume.files()).extracting(Volume.File::mode).containsOnly(0600);
    assertThat(volume.files().get(0).content()).asString().isEqualTo("t0ken");
    assertThat(volume.toString()).doesNotContain("t0ken");
  }

  @Test
  void a_pod_waits_for_its_token() {
    cluster.tokenRefusal = "serviceaccounts \"robot\" not found";
    UnresolvedPodException waiting =
        resolving.waiting(
            Resolving.podWithVolume(
                "'projected':{'sources':[{'serviceAccountToken':{'path':'token'}}]}"));
    assertThat(waiting)
        .hasMessage(
            "MountVolume.SetUp failed for volume \"v\" : failed to fetch token:"
                + " serviceaccounts \"robot\" not found");
    assertThat(waiting.eventReason()).isEqualTo("FailedMount");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'secret':{'name':'login'}} | true",
        "{'serviceAccountToken':{'path':'t'}} | true",
        "{'configMap':{'name':'settings'}} | false",
        "{'downwardAPI':{}} | false",
        "{'clusterTrustBundle':{'name':'site','path':'p'}} | false",
      })
  void a_projected_volume_is_secret_if_any_source_is(String source, boolean secret)
      throws Exception {
    String sources = "'projected':{'sources':[{'configMap':{'name':'settings'}}," + source + "]}";
    assertThat(resolving.volume(sources).secret()).isEqualTo(secret);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'name':'site' | A",
        "'signerName':'example.org/ca','labelSelector':{} | AB",
        "'name':'none','optional':true | ``",
        "'signerName':'no/ca','labelSelector':{},'optional':true | ``",
        "'signerName':'example.org/ca','optional':true | ``",
      })
  void trust_anchors_are_certificates_and_each_is_there_once(String bundle, String expected)
      throws Exception {
    String source = "'projected':{'sources':[{'clusterTrustBundle':{'path':'ca.pem',%s}}]}";
    assertThat(resolving.files(source.formatted(bundle)))
        .containsExactly(
            entry("ca.pem", expected.replace("A", "1").replace("B", B).replace("1", A)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'configMap':{'name':'settings','items':[{'key':'a','path':'../a'}]} | spec.volumes[0]",
        "'configMap':{'name':'settings','items':[{'key':'a','path':'/a'}]} | spec.volumes[0]",
        "'configMap':{'name':'settings','items':[{'key':'a','path':'.'}]} | spec.volumes[0]",
        "'configMap':{'name':'settings','items':[{'key':'a'}]} | spec.volumes[0]",
        "'secret':{'secretName':'login','defaultMode':1023} | spec.volumes[0]",
        "'downwardAPI':{'items':[{'path':'a/../b','fieldRef':{'fieldPath':'metadata.name'}}]}"
            + " | spec.volumes[0]",
        "'projected':{'sources':[{'configMap':{'name':'settings'}},{'serviceAccountToken':"
            + "{'path':'a/token'}}]} | spec.volumes[0]",
        "'projected':{'sources':[{'configMap':{'name':'settings'}},{'podCertificate':{}}]}"
            + " | spec.volumes[0].projected.sources[1].podCertificate",
        "'projected':{'sources':[{}]} | spec.volumes[0].projected.sources[0]",
      })
  void what_can_never_be_in_a_volume_is_refused(String source, String path) {
    assertThat(resolving.refused(Resolving.podWithVolume(source)))
        .extracting(FieldFault::field)
        .containsExactly(path);
  }

  @Test
  void other_volumes_stay_as_they_are() throws Exception {
    Pod pod =
        Resolving.pod(
            "'containers':[{'name':'main'}],'volumes':[{'name':'e','emptyDir':{}},"
                + "{'name':'h','hostPath':{'path':'/'}},"
                + "{'name':'n','nfs':{'server':'s','path':'/'}}]");
    var resolved = resolving.resolve(pod);
    assertThat(resolved.volumes()).isEmpty();
    assertThat(resolved.pod().getSpec().getVolumes()).isEqualTo(pod.getSpec().getVolumes());
  }

  @Test
  void a_volume_that_nobody_mounts_is_empty_and_not_looked_up() throws Exception {
    Pod pod =
        Resolving.pod(
            "'enableServiceLinks':false,'containers':[{'name':'main'}],'volumes':["
                + "{'name':'s','secret':{'secretName':'none'}},"
                + "{'name':'t','projected':{'sources':[{'serviceAccountToken':{'path':'t'}}]}}]");
    assertThat(resolving.resolve(pod).volumes())
        .hasSize(2)
        .allSatisfy(volume -> assertThat(volume.files()).isEmpty());
    assertThat(cluster.asked).isEmpty();
  }

  @Test
  void a_volume_that_only_an_init_container_mounts_is_filled() throws Exception {
    Pod pod =
        Resolving.pod(
            "'initContainers':[{'name':'i','volumeMounts':[{'name':'s','mountPath':'/s'}]}],"
                + "'containers':[{'name':'main'}],"
                + "'volumes':[{'name':'s','secret':{'secretName':'login'}}]");
    assertThat(resolving.resolve(pod).volumes().get(0).files()).hasSize(2);
  }
}
