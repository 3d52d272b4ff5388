package ee.interlink.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.Capacity.Amounts;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sinfo's two answers say of the nodes. */
class NodesTest {
  private static final String PREFIX = "slurm.interlink.ee/";

  private static Capacity capacity(String answer) {
    return Nodes.read(answer).capacity(Optional.empty());
  }

  private static Amounts amounts(long cpus, long mebibytes, long gpus) {
    return new Amounts(cpus, Bytes.ofMebibytes(mebibytes), gpus);
  }

  @Test
  void a_node_counts_once_and_only_if_it_is_there() {
    Capacity capacity =
        capacity(
            """
            n1|64|256000|gpu:a100:4(S:0,1),shard:8|mix|16/48/0/64|infinite|ib
            n1|64|256000|gpu:a100:4(S:0,1),shard:8|mix|16/48/0/64|infinite|ib
            n2|64|256000|(null)|mix*|64/0/0/64|infinite|ib
            n3|64|256000|gpu:8|drain|0/0/64/64|infinite|ib
            n4|64|256000|gpu:8|down*|0/0/64/64|infinite|ib
            n1                  56000               gpu:a100:1(IDX:0),shard:0
            n1                  56000               gpu:a100:1(IDX:0),shard:0
            n2                  256000              (null)
            n3                  0                   gpu:0
            n4                  0                   gpu:0
            """);
    assertThat(capacity.total()).isEqualTo(amounts(128, 512_000, 4));
    assertThat(capacity.free()).contains(amounts(48, 200_000, 3));
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
        "(null)             ; gpu:0                                   ; 0",
        "(null)             ; (null)                                  ; 0",
      })
  void gpus_that_no_job_has_are_free(String all, String used, long free) {
    assertThat(capacity("n|1|1|" + all + "|mix|1/0/0/1|infinite|(null)\nn   1   " + used).free())
        .contains(amounts(0, 0, free));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n|4|100|gpu:2|idle",
        "n|4|100|gpu:2|idle\nn   0   gpu:0",
        "n|4|100|gpu:2|idle|1/2K/0/4|?|x y",
        "n|4|100|gpu:2|idle||||\nn   none   gpu:0",
        "n|4|100|gpu:2|idle|0/4/0/4|infinite|(null)",
        "n|4|100|gpu:2|idle|0/4/0/4|infinite|(null)\nn   0",
        "n|4|100|gpu:2|idle|0/4/0/4|infinite|(null)\nn   0   (null)",
        "n|4|100|gpu:2|idle|0/4/0/4|infinite|(null)\nother   0   gpu:0",
        "n|4|100|gpu:2|idle|0/4/0/4|infinite|(null)|more|of it",
        "slurm has a word to say\nn|4+|100+|gpu:2|idle~|-|-|-",
      })
  void what_is_not_known_costs_the_free_amounts_and_not_the_sums(String answer) {
    Capacity capacity = capacity(answer);
    assertThat(capacity.total()).isEqualTo(amounts(4, 100, 2));
    assertThat(capacity.free()).isEmpty();
  }

  @Test
  void free_is_never_less_than_nothing_and_never_more_than_all() {
    assertThat(capacity("n|4|100|(null)|mix|0/8/0/8|infinite|(null)\nn   120").free())
        .contains(amounts(4, 0, 0));
  }

  @Test
  void without_nodes_there_is_nothing() {
    assertThat(capacity(""))
        .isEqualTo(new Capacity(Amounts.NONE, Optional.of(Amounts.NONE), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "none",
      value = {
        "1-00:00:00 ; 1440",
        "7-12:30:00 ; 10830",
        "12:00:00   ; 720",
        "30:00      ; 30",
        "infinite   ; none",
        "n/a        ; none",
        "''         ; none",
      })
  void the_time_limit_is_told_in_minutes(String limit, String minutes) {
    assertThat(capacity("n|1|1|(null)|idle|0/1/0/1|" + limit + "|(null)").labels())
        .isEqualTo(minutes == null ? Map.of() : Map.of(PREFIX + "time-limit-minutes", minutes));
  }

  @Test
  void partitions_that_differ_have_no_common_time_limit() {
    assertThat(
            capacity(
                    """
                    n|1|1|(null)|idle|0/1/0/1|1:00:00|(null)
                    n|1|1|(null)|idle|0/1/0/1|infinite|(null)
                    """)
                .labels())
        .isEmpty();
  }

  @Test
  void a_feature_is_told_if_all_nodes_have_it_also_those_that_are_down() {
    assertThat(
            capacity(
                    """
                    n1|1|1|(null)|idle|0/1/0/1|infinite|ib,avx2,rack:7,skylake
                    n2|1|1|(null)|idle|0/1/0/1|infinite|rack:7,avx2,ib
                    n3|1|1|(null)|down|0/0/1/1|infinite|avx2,rack:7
                    """)
                .labels())
        .isEqualTo(Map.of(PREFIX + "feature.avx2", "true", PREFIX + "feature.rack_7", "true"));
  }

  @Test
  void a_node_without_features_leaves_none_in_common() {
    assertThat(
            capacity(
                    """
                    n1|1|1|(null)|idle|0/1/0/1|infinite|ib
                    n2|1|1|(null)|idle|0/1/0/1|infinite|(null)
                    """)
                .labels())
        .isEmpty();
  }

  @Test
  void gpus_are_told_by_their_type_and_those_without_type_as_capacity_alone() {
    Capacity capacity =
        capacity(
            """
            n1|1|1|gpu:a100:4(S:0),gpu:1g.5gb:7|idle|0/1/0/1|infinite|(null)
            n2|1|1|gpu:a100:2|idle|0/1/0/1|infinite|(null)
            n3|1|1|gpu:2|idle|0/1/0/1|infinite|(null)
            n4|1|1|gpu:h100:0|idle|0/1/0/1|infinite|(null)
            n5|1|1|gpu:a100:8|down|0/0/1/1|infinite|(null)
            """);
    assertThat(capacity.labels())
        .isEqualTo(Map.of(PREFIX + "gpu.a100", "6", PREFIX + "gpu.1g.5gb", "7"));
    assertThat(capacity.total().gpus()).isEqualTo(15);
  }

  @Test
  void the_configured_partition_is_told() {
    assertThat(Nodes.read("").capacity(Optional.of("gpu-long")).labels())
        .isEqualTo(Map.of(PREFIX + "partition", "gpu-long"));
    assertThat(Nodes.read("").capacity(Optional.of("a,b")).labels())
        .isEqualTo(Map.of(PREFIX + "partition", "a_b"));
  }
}
