package ee.interlink.kubernetes.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ee.interlink.batch.Volume;
import ee.interlink.offload.pod.FieldFault;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container learns of its pod and its node. */
class DownwardApiTest {
  private final Resolving resolving = new Resolving(new FakeCluster());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metadata.name | sample",
        "metadata.namespace | ns",
        "metadata.uid | 11111111-2222-3333-4444-555555555555",
        "metadata.labels['tier'] | a \\ b",
        "metadata.labels['app.kubernetes.io/name'] | x",
        "metadata.labels['none'] | ``",
        "metadata.annotations['note'] | `one\ntwo`",
        "metadata.annotations['none'] | ``",
        "spec.nodeName | site-a",
        "spec.serviceAccountName | robot",
        "status.hostIP | 192.0.2.7",
        "status.hostIPs | 192.0.2.7,2001:db8::7",
        "status.podIP | 192.0.2.7",
        "status.podIPs | 192.0.2.7,2001:db8::7",
      })
  void a_field_is_a_variable(String field, String value) throws Exception {
    Pod pod =
        Resolving.pod(
            "'serviceAccountName':'robot','containers':[{'name':'main','env':[{'name':'A',"
                + "'valueFrom':{'fieldRef':{'fieldPath':'FIELD'}}}]}]");
    // Put in afterwards, for the quotes within.
    pod.getSpec()
        .getContainers()
        .get(0)
        .getEnv()
        .get(0)
        .getValueFrom()
        .getFieldRef()
        .setFieldPath(field);
    assertThat(Resolving.variables(resolving.resolve(pod).pod().getSpec().getContainers().get(0)))
        .containsEntry("A", value);
  }

  @Test
  void labels_and_annotations_are_sorted_lines_with_values_quoted() throws Exception {
    assertThat(
            resolving.files(
                "'downwardAPI':{'items':["
                    + "{'path':'labels','fieldRef':{'fieldPath':'metadata.labels'}},"
                    + "{'path':'annotations','fieldRef':{'fieldPath':'metadata.annotations'}},"
                    + "{'path':'deep/name','fieldRef':{'fieldPath':'metadata.name'}}]}"))
        .containsExactly(
            entry("labels", "app.kubernetes.io/name=\"x\"\ntier=\"a \\\\ b\""),
            entry("annotations", "note=\"one\\ntwo\""),
            entry("deep/name", "sample"));
  }

  @Test
  void without_labels_the_file_is_empty() throws Exception {
    Pod pod =
        Resolving.podWithVolume(
            "'downwardAPI':{'items':[{'path':'labels',"
                + "'fieldRef':{'fieldPath':'metadata.labels'}}]}");
    pod.getMetadata().setLabels(null);
    assertThat(resolving.resolve(pod).volumes().get(0).files().get(0).content()).isEmpty();
  }

  @Test
  void files_have_their_mode_or_the_volumes_or_the_usual_one() throws Exception {
    String items =
        "'items':[{'path':'a','fieldRef':{'fieldPath':'metadata.name'}},"
            + "{'path':'b','mode':256,'fieldRef':{'fieldPath':'metadata.name'}}]";
    assertThat(resolving.volume("'downwardAPI':{" + items + "}").files())
        .extracting(Volume.File::mode)
        .containsExactly(0644, 0400);
    assertThat(resolving.volume("'downwardAPI':{'defaultMode':288," + items + "}").files())
        .extracting(Volume.File::mode)
        .containsExactly(0440, 0400);
    assertThat(resolving.volume("'downwardAPI':{" + items + "}").secret()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "limits.cpu, , 2",
    "limits.cpu, 0, 2",
    "limits.cpu, 1, 2",
    "limits.cpu, 1m, 1500",
    "limits.cpu, 100m, 15",
    "limits.cpu, 1400m, 2",
    "requests.cpu, 1, 1",
    "requests.cpu, 1m, 251",
    "limits.memory, , 1073741824",
    "limits.memory, 1Mi, 1024",
    "limits.memory, 1M, 1074",
    "limits.memory, 1Gi, 1",
    "requests.memory, 1Gi, 1",
    "requests.memory, 1, 1000001",
    "limits.ephemeral-storage, 1Gi, 1024",
    "requests.ephemeral-storage, 1Gi, 0",
    "limits.hugepages-2Mi, 1Mi, 4",
    "requests.hugepages-1Gi, 1, 0",
    "limits.hugepages-1Gi, 1, 0",
  })
  void an_amount_is_counted_in_units_and_rounded_up(String resource, String unit, String value)
      throws Exception {
    String ref =
        "{'containerName':'main','resource':'%s'%s}"
            .formatted(resource, unit == null ? "" : ",'divisor':'" + unit + "'");
    Pod pod =
        Resolving.pod(
            "'containers':[{'name':'main','resources':{"
                + "'limits':{'cpu':'1500m','memory':'1Gi','hugepages-2Mi':'4Mi'},"
                + "'requests':{'cpu':'250100u','memory':'1000000500m'}},"
                + "'env':[{'name':'A','valueFrom':{'resourceFieldRef':"
                + ref
                + "}}],'volumeMounts':[{'name':'v','mountPath':'/v'}]}],"
                + "'volumes':[{'name':'v','downwardAPI':{'items':[{'path':'a','resourceFieldRef':"
                + ref
                + "}]}}]");
    var resolved = resolving.resolve(pod);
    assertThat(Resolving.variables(resolved.pod().getSpec().getContainers().get(0)))
        .containsEntry("A", value);
    assertThat(resolved.volumes().get(0).files().get(0).content()).asString().isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "limits.cpu, 64",
    "limits.memory, 274877906944",
    "limits.ephemeral-storage, 1099511627776",
    "limits.hugepages-2Mi, 0",
    "requests.cpu, 0",
    "requests.memory, 0",
  })
  void without_a_limit_there_is_what_the_node_has_and_without_a_request_nothing(
      String resource, String value) throws Exception {
    assertThat(
            resolving.variables(
                "'env':[{'name':'A','valueFrom':{'resourceFieldRef':{'resource':'%s'}}}]"
                    .formatted(resource)))
        .containsExactly(entry("A", value));
  }

  @Test
  void a_variable_may_mean_another_container() throws Exception {
    Pod pod =
        Resolving.pod(
            "'initContainers':[{'name':'first','resources':{'limits':{'cpu':'3'}}}],"
                + "'containers':[{'name':'main','env':[{'name':'A','valueFrom':{"
                + "'resourceFieldRef':{'containerName':'first','resource':'limits.cpu'}}}]}]");
    assertThat(Resolving.variables(resolving.resolve(pod).pod().getSpec().getContainers().get(0)))
        .containsEntry("A", "3");
  }

  @ParameterizedTest
  @CsvSource({
    "'resource':'limits.nvidia.com/gpu', .resource",
    "'resource':'cpu', .resource",
    "'resource':'hugepages-2Mi', .resource",
    "'resource':'limits.cpu';'containerName':'none', .containerName",
  })
  void an_amount_of_nothing_known_is_refused_by_its_path(String ref, String path) {
    Pod pod =
        Resolving.podWith(
            "'env':[{'name':'A','valueFrom':{'resourceFieldRef':{"
                + ref.replace(';', ',')
                + "}}}]");
    assertThat(resolving.refused(pod))
        .extracting(FieldFault::field)
        .containsExactly("spec.containers[0].env[0].valueFrom.resourceFieldRef" + path);
  }

  @ParameterizedTest
  @CsvSource({"spec.nodeName", "status.podIP", "metadata.finalizers", "metadata.labels[tier]"})
  void a_file_has_metadata_only(String field) {
    Pod pod =
        Resolving.podWithVolume(
            "'downwardAPI':{'items':[{'path':'a','fieldRef':{'fieldPath':'%s'}}]}"
                .formatted(field));
    assertThat(resolving.refused(pod))
        .extracting(FieldFault::field)
        .containsExactly("spec.volumes[0].downwardAPI.items[0].fieldRef.fieldPath");
  }
}
