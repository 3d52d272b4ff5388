package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.Capacity;
import ee.interlink.batch.Memory;
import org.junit.jupiter.api.Test;

class SlotsTest {

  @Test
  void slots_add_up_and_those_without_gpus_count_too() {
    String answer =
        "\"slot1@a\"\t256\t1024000\t4\n\"slot1@b\"\t8\t16000\tundefined\nno line of ours\n";
    assertThat(Slots.sum(answer)).isEqualTo(new Capacity(264, Memory.ofMebibytes(1_040_000), 4));
  }

  @Test
  void an_empty_pool_has_nothing() {
    assertThat(Slots.sum("")).isEqualTo(new Capacity(0, new Memory(0), 0));
  }
}
