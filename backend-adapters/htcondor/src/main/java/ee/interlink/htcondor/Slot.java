package ee.interlink.htcondor;

import ee.interlink.batch.Bytes;
import ee.interlink.batch.Capacity.Amounts;
import java.util.Optional;

/**
 * A slot that is no part of another one (HTCondor manual, "Machine ClassAd Attributes"), by the
 * attributes that ask_capacity names, memory in MiB.
 *
 * @param total that a static slot has, or a partitionable one before jobs took their parts
 * @param free what no job has of it
 * @param arch as HTCondor calls it, {@code X86_64}
 * @param opsys with its version, {@code AlmaLinux9}
 * @param gpu the name of its GPUs, if they are all of one kind
 */
record Slot(
    Amounts total,
    Amounts free,
    Optional<String> arch,
    Optional<String> opsys,
    Optional<String> gpu) {
  static final int FIELDS = 13;

  static Slot of(ClassAdLiterals ad) {
    Amounts total = amounts(ad, 1);
    return new Slot(
        total, free(ad, total), ad.text(9), ad.text(10), ad.text(11).or(() -> ad.text(12)));
  }

  /** A partitionable slot's own attributes are what its dynamic slots have left. */
  private static Amounts free(ClassAdLiterals ad, Amounts total) {
    if (ad.text(4).filter("Partitionable"::equalsIgnoreCase).isPresent()) {
      return amounts(ad, 6);
    }
    return ad.text(5).filter("Unclaimed"::equalsIgnoreCase).isPresent() ? total : Amounts.NONE;
  }

  private static Amounts amounts(ClassAdLiterals ad, int place) {
    return new Amounts(
        number(ad, place), Bytes.ofMebibytes(number(ad, place + 1)), number(ad, place + 2));
  }

  /** One without GPUs says {@code undefined}. */
  private static long number(ClassAdLiterals ad, int place) {
    return Math.max(0, ad.number(place).orElse(0));
  }
}
