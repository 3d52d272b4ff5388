package ee.interlink.htcondor;

import ee.interlink.batch.Capacity;
import ee.interlink.batch.Memory;

/**
 * Adds up the lines {@code Name, TotalSlotCpus, TotalSlotMemory, TotalSlotGPUs} of the slots that
 * are no part of another one: static and partitionable, memory in MiB.
 */
final class Slots {
  private static final int FIELDS = 4;

  private Slots() {}

  static Capacity sum(String answer) {
    long cpus = 0;
    long mebibytes = 0;
    long gpus = 0;
    for (ClassAdLiterals slot : ClassAdLiterals.lines(answer, FIELDS)) {
      cpus += slot.number(1).orElse(0);
      mebibytes += slot.number(2).orElse(0);
      gpus += slot.number(3).orElse(0);
    }
    return new Capacity(cpus, Memory.ofMebibytes(mebibytes), gpus);
  }
}
