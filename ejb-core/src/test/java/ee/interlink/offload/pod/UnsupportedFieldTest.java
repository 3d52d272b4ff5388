package ee.interlink.offload.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in a pod is silently ignored. */
class UnsupportedFieldTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/spec/restartPolicy | \"Sometimes\" | spec.restartPolicy",
        "/spec/restartPolicy | \"\" | spec.restartPolicy",
        "/spec/hostAliases | [{\"ip\": \"10.0.0.1\"}] | spec.hostAliases[0]",
        "/spec/hostAliases | [{\"ip\": \"10.0.0.1\", \"hostnames\": [\"a b\"]}] |"
            + " spec.hostAliases[0]",
        "/spec/hostname | \"Not.A.Label\" | spec.hostname",
        "/spec/subdomain | \"sub\" | spec.subdomain",
        "/spec/dnsPolicy | \"any\" | spec.dnsPolicy",
        "/spec/dnsPolicy | \"None\" | spec.dnsConfig",
        "/spec/dnsConfig | {\"nameservers\": [\"ns.example.org\"]} | spec.dnsConfig",
        "/spec/dnsConfig | {\"options\": [{\"name\": \"a\\nb\"}]} | spec.dnsConfig",
        "/spec/hostPID | true | spec.hostPID",
        "/spec/hostIPC | true | spec.hostIPC",
        "/spec/shareProcessNamespace | true | spec.shareProcessNamespace",
        "/spec/runtimeClassName | \"kata\" | spec.runtimeClassName",
        "/spec/ephemeralContainers | [{\"name\": \"debug\"}] | spec.ephemeralContainers",
        "/spec/containers/0/securityContext | {\"runAsUser\": 0, \"runAsNonRoot\": true} |"
            + " spec.containers[0]",
        "/spec/containers/0/securityContext | {\"runAsUser\": -1} | spec.containers[0]",
        "/spec/securityContext | {\"fsGroupChangePolicy\": \"Never\"} |"
            + " spec.securityContext.fsGroupChangePolicy",
        "/spec/securityContext | {\"supplementalGroups\": [1]} |"
            + " spec.securityContext.supplementalGroups",
        "/spec/securityContext | {\"sysctls\": [{\"name\": \"a\", \"value\": \"b\"}]} |"
            + " spec.securityContext.sysctls",
        "/spec/securityContext | {\"seccompProfile\": {\"type\": \"Localhost\"}} |"
            + " spec.securityContext.seccompProfile.type",
        "/spec/os | {\"name\": \"windows\"} | spec.os.name",
        "/spec/imagePullSecrets | [{\"name\": \"key\"}] |" + " spec.imagePullSecrets",
        "/spec/containers/0/livenessProbe | {\"grpc\": {\"port\": 80, \"mode\": \"x\"}} |"
            + " spec.containers[0].livenessProbe.grpc.mode",
        "/spec/containers/0/lifecycle | {\"preStop\": {\"tcpSocket\": {\"port\": 80}}} |"
            + " spec.containers[0].lifecycle.preStop.tcpSocket",
        "/spec/containers/0/securityContext | {\"privileged\": true} |"
            + " spec.containers[0].securityContext.privileged",
        "/spec/containers/0/securityContext | {\"runAsGroup\": 2147483648} | spec.containers[0]",
        "/spec/containers/0/securityContext | {\"procMount\": \"Unmasked\"} |"
            + " spec.containers[0].securityContext.procMount",
        "/spec/containers/0/securityContext | {\"capabilities\": {\"add\": [\"NET_ADMIN\"]}} |"
            + " spec.containers[0].securityContext.capabilities.add",
        "/spec/containers/0/envFrom | [{\"secretRef\": {\"name\": \"s\"}}] |"
            + " spec.containers[0].envFrom",
        "/spec/containers/0/env/0/valueFrom | {\"secretKeyRef\": {\"name\": \"s\", \"key\": \"k\"}}"
            + " | spec.containers[0].env[0].valueFrom",
        "/spec/containers/0/tty | true | spec.containers[0].tty",
        "/spec/containers/0/stdin | true | spec.containers[0].stdin",
        "/spec/containers/0/resources | {\"limits\": {\"amd.com/gpu\": \"1\"}} |"
            + " spec.containers[0].resources.limits.amd.com/gpu",
        "/spec/containers/0/resources | {\"claims\": [{\"name\": \"c\"}]} |"
            + " spec.containers[0].resources.claims",
        "/spec/containers/0/volumeMounts/0/subPathExpr | \"$(A)\" |"
            + " spec.containers[0].volumeMounts[0].subPathExpr",
        "/spec/containers/0/volumeMounts/0/mountPropagation | \"Bidirectional\" |"
            + " spec.containers[0].volumeMounts[0].mountPropagation",
        "/spec/initContainers/0/restartPolicy | \"Never\" | spec.initContainers[0].restartPolicy",
        "/spec/containers/0/volumeMounts/0/recursiveReadOnly | \"Enabled\" |"
            + " spec.containers[0].volumeMounts[0].recursiveReadOnly",
        "/spec/volumes/0/emptyDir | {\"medium\": \"HugePages\"} |"
            + " spec.volumes[0].emptyDir.medium",
        "/spec/volumes/0/emptyDir | {\"sizeLimit\": \"-1\"} |"
            + " spec.volumes[0].emptyDir.sizeLimit",
        "/spec/volumes/0/configMap | {\"name\": \"c\", \"defaultUser\": 1000} |"
            + " spec.volumes[0].configMap.defaultUser",
        "/spec/volumes/0/secret | {\"items\": [{\"key\": \"k\", \"path\": \"p\", \"user\": 1}]} |"
            + " spec.volumes[0].secret.items[0].user",
        "/spec/volumes/0/downwardAPI | {\"defaultUser\": 1} | spec.volumes[0].downwardAPI.defaultUser",
        "/spec/volumes/0/projected | {\"sources\": [{\"serviceAccountToken\": {\"path\": \"t\","
            + " \"user\": 1}}]} | spec.volumes[0].projected.sources[0].serviceAccountToken.user",
        "/spec/volumes/0/projected | {\"sources\": [{\"podCertificate\": {\"keyType\": \"ED25519\"}}]}"
            + " | spec.volumes[0].projected.sources[0].podCertificate",
        "/spec/volumes/0/hostPath | {\"path\": \"/\", \"type\": \"Door\"} |"
            + " spec.volumes[0].hostPath.type",
        "/spec/volumes/0/persistentVolumeClaim | {\"claimName\": \"c\"} |"
            + " spec.volumes[0].persistentVolumeClaim",
      })
  void what_is_not_offered_is_refused_by_its_path(String pointer, String json, String path) {
    assertThat(refused(Manifest.ordinary().with(pointer, json))).containsExactly(path);
  }

  @ParameterizedTest
  @CsvSource({
    "/spec/nodeSelektor, spec.nodeSelektor",
    "/spec/containers/0/comand, spec.containers[0].comand",
    "/spec/initContainers/0/argz, spec.initContainers[0].argz",
    "/spec/containers/0/env/0/Value, spec.containers[0].env[0].Value",
    "/spec/containers/0/volumeMounts/0/readonly, spec.containers[0].volumeMounts[0].readonly",
    "/spec/volumes/0/emptydir, spec.volumes[0].emptydir",
    "/spec/volumes/1/configMap/optionel, spec.volumes[1].configMap.optionel",
    "/speck, speck",
  })
  void a_misspelt_name_is_refused_by_its_path(String pointer, String path) {
    Manifest manifest =
        Manifest.ordinary()
            .with("/spec/volumes/-", "{\"name\": \"map\", \"emptyDir\": {}, \"configMap\": {}}");
    assertThat(refused(manifest.with(pointer, "\"x\""))).containsExactly(path);
  }

  @Property(tries = 25)
  void a_name_that_nobody_knows_is_refused_at_any_depth(
      @ForAll @AlphaChars @StringLength(min = 3, max = 12) String name) {
    for (String place :
        List.of("", "/spec", "/spec/containers/0", "/spec/containers/0/env/0", "/spec/volumes/0")) {
      String unknown = "x" + name + "x";
      assertThat(refused(Manifest.ordinary().with(place + "/" + unknown, "1")))
          .singleElement()
          .satisfies(path -> assertThat(path).endsWith(unknown));
    }
  }

  @Test
  void every_fault_is_named_at_once() {
    Manifest manifest =
        Manifest.ordinary()
            .with("/spec/hostPID", "true")
            .with("/spec/containers/0/volumeDevices", "[{\"name\": \"x\"}]")
            .with("/spec/initContainers/0/envFrom", "[{\"prefix\": \"p\"}]");
    assertThat(refused(manifest))
        .containsExactlyInAnyOrder(
            "spec.hostPID", "spec.containers[0].volumeDevices", "spec.initContainers[0].envFrom");
    assertThatThrownBy(manifest::request)
        .hasMessageContaining("spec.hostPID")
        .hasMessageContaining("volumeDevices");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/spec/nodeName",
        "/spec/schedulerName",
        "/spec/serviceAccountName",
      })
  void what_says_nothing_about_the_job_is_taken(String pointer) throws Exception {
    assertThat(Manifest.ordinary().with(pointer, "\"any\"").request()).isNotNull();
  }

  @Test
  void what_the_api_server_fills_in_by_default_is_taken() throws Exception {
    Manifest manifest =
        Manifest.ordinary()
            .with("/spec/securityContext", "{}")
            .with("/spec/enableServiceLinks", "true")
            .with("/spec/terminationGracePeriodSeconds", "30")
            .with("/spec/priority", "0")
            .with("/spec/preemptionPolicy", "\"PreemptLowerPriority\"")
            .with("/spec/tolerations", "[{\"key\": \"k\", \"operator\": \"Exists\"}]")
            .with("/spec/containers/0/resources", "{}")
            .with("/spec/containers/0/imagePullPolicy", "\"Always\"")
            .with("/spec/containers/0/terminationMessagePath", "\"/dev/termination-log\"")
            .with("/spec/containers/0/terminationMessagePolicy", "\"File\"")
            .with("/status", "{\"phase\": \"Pending\"}");
    assertThat(manifest.request()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/spec/volumes/0/emptyDir | {\"medium\": \"\"}",
        "/spec/volumes/0/emptyDir | {\"medium\": \"Memory\", \"sizeLimit\": \"1Gi\"}",
        "/spec/os | {\"name\": \"linux\"}",
        "/spec/containers/0/resizePolicy |"
            + " [{\"resourceName\": \"cpu\", \"restartPolicy\": \"NotRequired\"}]",
        "/spec/containers/0/volumeMounts/0/mountPropagation | \"None\"",
        "/spec/containers/0/volumeMounts/0/recursiveReadOnly | \"Disabled\"",
        "/spec/containers/0/volumeMounts/0/recursiveReadOnly | \"IfPossible\"",
        "/spec/securityContext | {\"runAsNonRoot\": true}",
        "/spec/securityContext | {\"runAsNonRoot\": false}",
        "/spec/securityContext | {\"seccompProfile\": {\"type\": \"RuntimeDefault\"}}",
        "/spec/securityContext | {\"seccompProfile\": {\"type\": \"Unconfined\"}}",
        "/spec/securityContext | {\"appArmorProfile\": {\"type\": \"RuntimeDefault\"}}",
        "/spec/containers/0/securityContext | {}",
        "/spec/containers/0/securityContext | {\"runAsNonRoot\": true}",
        "/spec/containers/0/securityContext | {\"allowPrivilegeEscalation\": false}",
        "/spec/containers/0/securityContext | {\"allowPrivilegeEscalation\": true}",
        "/spec/containers/0/securityContext | {\"privileged\": false}",
        "/spec/containers/0/securityContext | {\"capabilities\": {\"drop\": [\"ALL\"]}}",
        "/spec/containers/0/securityContext | {\"readOnlyRootFilesystem\": false}",
        "/spec/containers/0/securityContext | {\"seLinuxOptions\": {\"level\": \"s0\"}}",
        "/spec/dnsPolicy | \"ClusterFirst\"",
        "/spec/containers/0/securityContext | {\"procMount\": \"Default\"}",
        "/spec/containers/0/securityContext | {\"seccompProfile\": {\"type\": \"RuntimeDefault\"}}",
        "/spec/initContainers/0/securityContext | {\"appArmorProfile\": {\"type\": \"Unconfined\"}}",
      })
  void what_a_job_fulfils_anyway_is_taken(String pointer, String json) throws Exception {
    assertThat(Manifest.ordinary().with(pointer, json).request()).isNotNull();
  }

  private static List<String> refused(Manifest manifest) {
    RefusedPodException refused =
        catchThrowableOfType(RefusedPodException.class, manifest::request);
    assertThat(refused).as("refusal").isNotNull();
    return refused.faults().stream().map(FieldFault::field).toList();
  }
}
