package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.Capacity.Amounts;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same nodes come to the same capacity, whether sinfo or slurmrestd tells of them. */
class RestNodesTest {
  private static final Optional<String> ALL = Optional.empty();

  private static Capacity capacity(Optional<String> partition, JsonObject... told) {
    RestNodes nodes = new RestNodes(partition);
    for (JsonObject each : told) {
      if (each.containsKey("maximums")) {
        nodes.partition(each);
      } else {
        nodes.node(each);
      }
    }
    return nodes.read().capacity(partition);
  }

  private static JsonObject partition(String name, String time) {
    return FakeSlurmrestd.read(
        "{\"name\":\"%s\",\"maximums\":{\"time\":%s}}".formatted(name, time));
  }

  private static JsonObject endless(String name) {
    return partition(name, "{\"set\":false,\"infinite\":true,\"number\":0}");
  }

  private static JsonObject minutes(String name, int minutes) {
    return partition(name, "{\"set\":true,\"infinite\":false,\"number\":" + minutes + "}");
  }

  /** Of 64 CPUs and 256000 MiB; the lists have spaces between their words. */
  private static JsonObject node(
      String name, String states, String partitions, String gres, String features, Use use) {
    return Json.createObjectBuilder()
        .add("name", name)
        .add("state", Json.createArrayBuilder(List.of(states.split(" ", -1))))
        .add("partitions", Json.createArrayBuilder(List.of(partitions.split(" ", -1))))
        .add("cpus", 64)
        .add("real_memory", 256_000)
        .add("gres", gres)
        .add(
            "features",
            Json.createArrayBuilder(
                features.isEmpty() ? List.of() : List.of(features.split(" ", -1))))
        .add("alloc_idle_cpus", use.idle())
        .add("alloc_memory", use.mebibytes())
        .add("gres_used", use.gres())
        .build();
  }

  private record Use(long idle, long mebibytes, String gres) {
    static final Use NONE = new Use(64, 0, "gpu:0");
  }

  private static JsonObject node(String gres, String used) {
    return node("n", "MIXED", "p", gres, "", new Use(63, 0, used));
  }

  @Test
  void what_slurm_itself_tells_is_what_sinfo_tells() {
    JsonObject partitions = FakeSlurmrestd.read(FakeSlurmrestd.recorded("partitions"));
    JsonObject nodes = FakeSlurmrestd.read(FakeSlurmrestd.recorded("nodes"));
    for (Optional<String> partition : List.of(ALL, Optional.of("gpu"), Optional.of("normal"))) {
      RestNodes told = new RestNodes(partition);
      partitions.getJsonArray("partitions").forEach(each -> told.partition(each.asJsonObject()));
      nodes.getJsonArray("nodes").forEach(each -> told.node(each.asJsonObject()));
      String first =
          "node01|64|256000|gpu:a100:4|mix|1/63/0/64|"
              + (partition.equals(Optional.of("gpu")) ? "1-00:00:00" : "infinite")
              + "|(null)\nnode01  128  gpu:a100:0(IDX:N/A)\n";
      String second = "node02|64|256000|(null)|idle|0/64/0/64|infinite|(null)\nnode02  0  (null)\n";
      String limited = "node01|64|256000|gpu:a100:4|mix|1/63/0/64|1-00:00:00|(null)\n";
      String answer =
          partition.equals(Optional.of("gpu"))
              ? first
              : first + second + (partition.isEmpty() ? limited : "");
      assertThat(told.read().capacity(partition))
          .as(partition.toString())
          .isEqualTo(Nodes.read(answer).capacity(partition));
    }
  }

  @Test
  void a_node_counts_once_and_only_if_it_is_there() {
    String gres = "gpu:a100:4(S:0,1),shard:8";
    Capacity capacity =
        capacity(
            ALL,
            endless("a"),
            endless("b"),
            node("n1", "MIXED", "a b", gres, "ib", new Use(48, 56_000, "gpu:a100:1(IDX:0)")),
            node("n2", "ALLOCATED NOT_RESPONDING", "a", "", "ib", new Use(0, 256_000, "")),
            node("n3", "IDLE DRAIN", "a", "gpu:8", "ib", Use.NONE),
            node("n4", "DOWN NOT_RESPONDING", "b", "gpu:8", "ib", Use.NONE));
    assertThat(capacity.total()).isEqualTo(new Amounts(128, Bytes.ofMebibytes(512_000), 4));
    assertThat(capacity.free()).contains(new Amounts(48, Bytes.ofMebibytes(200_000), 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DOWN",
        "IDLE DRAIN",
        "ALLOCATED DRAIN",
        "IDLE FAIL",
        "UNKNOWN",
        "FUTURE",
        "INVALID",
        "IDLE INVALID_REG",
        "IDLE REBOOT_ISSUED"
      })
  void a_node_that_somebody_has_to_repair_first_is_not_there(String states) {
    assertThat(capacity(ALL, endless("p"), node("n", states, "p", "", "", Use.NONE)).total())
        .isEqualTo(Amounts.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IDLE",
        "MIXED",
        "ALLOCATED",
        "MIXED NOT_RESPONDING",
        "IDLE CLOUD POWERED_DOWN",
        "IDLE POWERING_UP",
        "IDLE RESERVED",
        "IDLE MAINTENANCE",
        "IDLE PLANNED",
        "MIXED COMPLETING",
        "IDLE REBOOT_REQUESTED"
      })
  void one_that_jobs_can_come_to_by_themselves_is(String states) {
    assertThat(capacity(ALL, endless("p"), node("n", states, "p", "", "", Use.NONE)).total().cpus())
        .isEqualTo(64);
  }

  @Test
  void only_the_configured_partitions_count() {
    JsonObject[] told = {
      endless("a"),
      minutes("b", 60),
      minutes("c", 60),
      node("n1", "IDLE", "a", "gpu:1", "x", Use.NONE),
      node("n2", "IDLE", "a b", "gpu:2", "x y", Use.NONE),
      node("n3", "IDLE", "c", "gpu:4", "x y", Use.NONE),
    };
    assertThat(capacity(Optional.of("a"), told).total().gpus()).isEqualTo(3);
    Capacity two = capacity(Optional.of("b,c"), told);
    assertThat(two.total().gpus()).isEqualTo(6);
    assertThat(two.labels())
        .isEqualTo(
            Map.of(
                SlurmAnnotation.PREFIX + "partition", "b_c",
                SlurmAnnotation.PREFIX + "time-limit-minutes", "60",
                SlurmAnnotation.PREFIX + "feature.x", "true",
                SlurmAnnotation.PREFIX + "feature.y", "true"));
    assertThat(capacity(Optional.of("elsewhere"), told).total()).isEqualTo(Amounts.NONE);
  }

  @Test
  void partitions_that_differ_have_no_common_time_limit() {
    JsonObject node = node("n", "IDLE", "a b", "", "", Use.NONE);
    assertThat(capacity(ALL, minutes("a", 60), endless("b"), node).labels()).isEmpty();
    assertThat(capacity(ALL, minutes("a", 60), minutes("b", 60), node).labels())
        .isEqualTo(Map.of(SlurmAnnotation.PREFIX + "time-limit-minutes", "60"));
  }

  @Test
  void a_feature_is_told_if_all_nodes_have_it_also_those_that_are_down() {
    assertThat(
            capacity(
                    ALL,
                    endless("p"),
                    node("n1", "IDLE", "p", "", "ib avx2 rack:7 skylake", Use.NONE),
                    node("n2", "IDLE", "p", "", "rack:7 avx2 ib", Use.NONE),
                    node("n3", "DOWN", "p", "", "avx2 rack:7", Use.NONE))
                .labels())
        .isEqualTo(
            Map.of(
                SlurmAnnotation.PREFIX + "feature.avx2", "true",
                SlurmAnnotation.PREFIX + "feature.rack_7", "true"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "gpu:4              ; gpu:1(IDX:0)                            ; 3",
        "gpu:4(S:0-1)       ; gpu:(null):2(IDX:0,2)                   ; 2",
        "gpu:a100:4         ; gpu:a100:0(IDX:N/A)                     ; 4",
        "gpu:a:2,gpu:b:2    ; gpu:a:2(IDX:0-1),gpu:b:1(IDX:2)         ; 1",
        "gpu:1g.5gb:7       ; gpu:1g.5gb:3(IDX:0-2)                   ; 4",
        "gpu:2              ; gpu:3(IDX:0-2)                          ; 0",
        "shard:8            ; shard:3                                 ; 0",
        "''                 ; gpu:0                                   ; 0",
        "''                 ; ''                                      ; 0",
      })
  void gpus_that_no_job_has_are_free(String all, String used, long free) {
    assertThat(capacity(ALL, endless("p"), node(all, used)).free())
        .contains(new Amounts(63, Bytes.ofMebibytes(256_000), free));
  }

  @Test
  void gpus_are_told_by_their_type_and_those_without_type_as_capacity_alone() {
    Capacity capacity =
        capacity(
            ALL,
            endless("p"),
            node("n1", "IDLE", "p", "gpu:a100:4(S:0),gpu:1g.5gb:7", "", Use.NONE),
            node("n2", "IDLE", "p", "gpu:a100:2", "", Use.NONE),
            node("n3", "IDLE", "p", "gpu:2", "", Use.NONE),
            node("n4", "DOWN", "p", "gpu:a100:8", "", Use.NONE));
    assertThat(capacity.labels())
        .isEqualTo(
            Map.of(
                SlurmAnnotation.PREFIX + "gpu.a100", "6",
                SlurmAnnotation.PREFIX + "gpu.1g.5gb", "7"));
    assertThat(capacity.total().gpus()).isEqualTo(15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alloc_idle_cpus", "gres_used"})
  void what_is_not_told_costs_the_free_amounts_and_not_the_sums(String field) {
    JsonObjectBuilder node = Json.createObjectBuilder(node("gpu:2", "gpu:0")).remove(field);
    Capacity capacity = capacity(ALL, endless("p"), node.build());
    assertThat(capacity.total()).isEqualTo(new Amounts(64, Bytes.ofMebibytes(256_000), 2));
    assertThat(capacity.free()).isEmpty();
  }

  @Test
  void numbers_may_be_plain_or_not() {
    JsonObject node =
        Json.createObjectBuilder(node("", ""))
            .add("cpus", FakeSlurmrestd.read("{\"set\":true,\"number\":8}"))
            .add("alloc_idle_cpus", FakeSlurmrestd.read("{\"set\":true,\"number\":5}"))
            .build();
    Capacity capacity = capacity(ALL, endless("p"), node);
    assertThat(capacity.total().cpus()).isEqualTo(8);
    assertThat(capacity.free()).hasValueSatisfying(free -> assertThat(free.cpus()).isEqualTo(5));
  }

  @Test
  void without_nodes_there_is_nothing() {
    assertThat(capacity(ALL))
        .isEqualTo(new Capacity(Amounts.NONE, Optional.of(Amounts.NONE), Map.of()));
  }
}
