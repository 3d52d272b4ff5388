package ee.interlink.htcondor;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity;
import ee.interlink.batch.Capacity.Amounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
  private static final String PREFIX = "htcondor.interlink.ee/";
  private static final String UNDEFINED = "undefined";

  private static Amounts amounts(long cpus, long mebibytes, long gpus) {
    return new Amounts(cpus, Bytes.ofMebibytes(mebibytes), gpus);
  }

  /** A line of condor_status; the first nine attributes are those of {@code numbers}. */
  private static String slot(String numbers, String arch, String opsys, String gpus, String cuda) {
    return "\"slot1@a\"\t"
        + numbers.strip().replaceAll(" +", "\t")
        + "\t"
        + String.join("\t", arch, opsys, gpus, cuda)
        + "\n";
  }

  private static String slot(String numbers) {
    return slot(numbers, UNDEFINED, UNDEFINED, UNDEFINED, UNDEFINED);
  }

  private static String machine(String arch, String opsys) {
    return slot(
        "8 100 undefined \"Partitionable\" \"Unclaimed\" 8 100 undefined",
        arch,
        opsys,
        UNDEFINED,
        UNDEFINED);
  }

  private static String gpuMachine(String gpus, String cuda) {
    return slot(
        "8 100 2 \"Partitionable\" \"Unclaimed\" 8 100 2", UNDEFINED, UNDEFINED, gpus, cuda);
  }

  @Test
  void slots_add_up_and_those_without_gpus_count_too() {
    Capacity capacity =
        Slots.sum(
            slot("256 1024000 4 \"Partitionable\" \"Unclaimed\" 200 1000000 3")
                + slot("8 16000 undefined \"Static\" \"Unclaimed\" 8 16000 undefined")
                + slot("8 16000 undefined \"Static\" \"Claimed\" 8 16000 undefined")
                + "no line of ours\n");
    assertThat(capacity.total()).isEqualTo(amounts(272, 1_056_000, 4));
    assertThat(capacity.free()).contains(amounts(208, 1_016_000, 3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "64 900 4 \"Partitionable\" \"Unclaimed\" 64 900 4                 ; 64 ; 900 ; 4",
        "64 900 4 \"Partitionable\" \"Unclaimed\" 60 500 1                 ; 60 ; 500 ; 1",
        "64 900 4 \"Partitionable\" \"Unclaimed\" 0 0 0                    ; 0  ; 0   ; 0",
        "64 900 undefined \"Partitionable\" \"Unclaimed\" 3 5 undefined    ; 3  ; 5   ; 0",
        "64 900 0 \"Partitionable\" \"Unclaimed\" -1 error undefined       ; 0  ; 0   ; 0",
        "2 30 1 \"Static\" \"Unclaimed\" 2 30 1                            ; 2  ; 30  ; 1",
        "2 30 undefined \"Static\" \"Unclaimed\" 2 30 undefined            ; 2  ; 30  ; 0",
        "2 30 1 \"Static\" \"Claimed\" 2 30 1                              ; 0  ; 0   ; 0",
        "2 30 1 \"Static\" \"Owner\" 2 30 1                                ; 0  ; 0   ; 0",
        "2 30 1 \"Static\" \"Drained\" 2 30 1                              ; 0  ; 0   ; 0",
        "2 30 1 undefined \"Unclaimed\" 2 30 1                             ; 2  ; 30  ; 1",
        "2 30 1 undefined undefined undefined undefined undefined          ; 0  ; 0   ; 0",
      })
  void what_no_job_has_of_a_slot_is_free(String numbers, long cpus, long mebibytes, long gpus) {
    assertThat(Slots.sum(slot(numbers)).free()).contains(amounts(cpus, mebibytes, gpus));
  }

  @Test
  void an_empty_pool_has_nothing() {
    assertThat(Slots.sum(""))
        .isEqualTo(new Capacity(Amounts.NONE, Optional.of(Amounts.NONE), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      nullValues = "none",
      value = {
        "X86_64, amd64",
        "aarch64, arm64",
        "ppc64le, none",
      })
  void one_architecture_of_all_slots_is_told_in_the_words_of_both_worlds(
      String arch, String kubernetes) {
    String machine = machine('"' + arch + '"', UNDEFINED);
    assertThat(Slots.sum(machine + machine).labels())
        .isEqualTo(
            kubernetes == null
                ? Map.of(PREFIX + "arch", arch)
                : Map.of(PREFIX + "arch", arch, "kubernetes.io/arch", kubernetes));
  }

  @Test
  void what_slots_do_not_agree_on_is_not_told() {
    String alma = machine("\"X86_64\"", "\"AlmaLinux9\"");
    assertThat(Slots.sum(alma + machine("\"aarch64\"", "\"AlmaLinux9\"")).labels())
        .isEqualTo(Map.of(PREFIX + "opsys", "AlmaLinux9"));
    for (String other : List.of("\"Debian12\"", UNDEFINED)) {
      assertThat(Slots.sum(alma + machine("\"X86_64\"", other)).labels())
          .isEqualTo(Map.of(PREFIX + "arch", "X86_64", "kubernetes.io/arch", "amd64"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "\"NVIDIA A100-SXM4-40GB\" ; undefined               ; NVIDIA_A100-SXM4-40GB",
        "undefined                 ; \"Tesla V100\"          ; Tesla_V100",
        "\"NVIDIA L40S\"           ; \"NVIDIA L40S (1)\"     ; NVIDIA_L40S",
      })
  void one_kind_of_gpu_is_told_and_machines_without_any_do_not_count(
      String gpus, String cuda, String label) {
    assertThat(Slots.sum(gpuMachine(gpus, cuda) + machine(UNDEFINED, UNDEFINED)).labels())
        .isEqualTo(Map.of(PREFIX + "gpu", label));
  }

  @Test
  void several_kinds_of_gpus_are_not_told() {
    for (String other : List.of("\"Tesla V100\"", UNDEFINED)) {
      assertThat(
              Slots.sum(gpuMachine("\"L40S\"", UNDEFINED) + gpuMachine(other, UNDEFINED)).labels())
          .isEmpty();
    }
  }
}
