package ee.interlink.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.systemtest.FrontDoor.Kind;
import ee.interlink.systemtest.SharedServer.Site;
import ee.interlink.testbed.Pods;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.presentation.Representation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text that a shell would make something of arrives in the container byte for byte. */
@Tag("testbed")
@Tag("any-scheduler")
@Order(4)
@SideBySide
@ExtendWith(SharedServer.class)
@SuppressWarnings("OrphanedFormatString") // the shell's
class HostileTextIT {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "'",
          "\"",
          "it's \"quoted\" 'twice'",
          "$HOME ${PATH} $(id) $$ $1",
          "`id`",
          "\\ \\\\ \\n \\0",
          "line one\nline two\n",
          "\n",
          "\r\n\ttab",
          "* ? [a-z] {1,2} ~ ! # & | ; < > ( )",
          "-n",
          "--",
          "%s %n %%",
          "grüße 日本語 🚀 \u00a0\u200b",
          "\u0001\u007f",
          "'; touch /tmp/pwned; '");

  /** A difference in a control character would not be seen otherwise. */
  private static final Representation BYTES =
      object ->
          ((Collection<?>) object)
              .stream()
                  .map(text -> HexFormat.of().formatHex(bytes((String) text)))
                  .toList()
                  .toString();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void arguments_arrive_byte_for_byte(Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    ObjectNode pod = site.pods().command("/bin/sh", "-c", "printf '%s\\0' \"$@\"", "sh");
    TEXTS.forEach(Pods.main(pod).putArray("args")::add);
    door.create(pod);

    assertThat(Waits.ended(door, pod).phase()).isEqualTo("Succeeded");
    assertThat(pieces(door.log(pod))).withRepresentation(BYTES).isEqualTo(TEXTS);
  }

  @ParameterizedTest
  @EnumSource
  void environment_values_arrive_byte_for_byte(Kind kind, Site site) {
    FrontDoor door = kind.of(site.server());
    // Apptainer would drop the carriage return, so the pod is refused instead; see JobFilesTest.
    List<String> texts = TEXTS.stream().map(text -> text.replace("\r\n", "\r \n")).toList();
    StringBuilder script = new StringBuilder("printf '%s\\0'");
    for (int i = 0; i < texts.size(); i++) {
      script.append(" \"$V").append(i).append('"');
    }
    ObjectNode pod = site.pods().shell(script.toString());
    for (int i = 0; i < texts.size(); i++) {
      Pods.env(pod, "V" + i, texts.get(i));
    }
    door.create(pod);

    assertThat(Waits.ended(door, pod).phase()).isEqualTo("Succeeded");
    assertThat(pieces(door.log(pod))).withRepresentation(BYTES).isEqualTo(texts);
  }

  @Test
  void file_names_and_contents_arrive_byte_for_byte(Site site) {
    Map<String, String> files = new TreeMap<>();
    for (String text : TEXTS) {
      files.put("f-" + text.replace('/', '_'), text);
    }
    ObjectNode configMap = new ObjectMapper().createObjectNode();
    configMap.putObject("metadata").put("name", "texts").put("namespace", "system-test");
    files.forEach(configMap.putObject("data")::put);
    ObjectNode pod =
        site.pods()
            .shell(
                "cd /texts && for f in f-*; do printf '%s\\0' \"$f\"; cat \"$f\"; printf '\\0'; done");
    Pods.main(pod).putArray("volumeMounts").addObject().put("name", "t").put("mountPath", "/texts");
    ObjectNode volume = ((ObjectNode) pod.get("spec")).putArray("volumes").addObject();
    volume.put("name", "t").putObject("configMap").put("name", "texts");
    site.server().wire().create(pod, List.<JsonNode>of(configMap), List.of()).expect(200);
    FrontDoor door = Kind.INTERLINK.of(site.server());

    PodState end = Waits.ended(door, pod);
    assertThat(end.phase()).as(end.words()).isEqualTo("Succeeded");
    List<String> pieces = pieces(door.log(pod));
    Map<String, String> arrived = new TreeMap<>();
    for (int i = 0; i + 1 < pieces.size(); i += 2) {
      arrived.put(pieces.get(i), pieces.get(i + 1));
    }
    assertThat(arrived).isEqualTo(files);
  }

  private static List<String> pieces(byte[] log) {
    List<String> pieces = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < log.length; i++) {
      if (log[i] == 0) {
        pieces.add(new String(log, begin, i - begin, StandardCharsets.UTF_8));
        begin = i + 1;
      }
    }
    return pieces;
  }
}
