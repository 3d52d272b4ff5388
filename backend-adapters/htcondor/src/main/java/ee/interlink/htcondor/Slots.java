package ee.interlink.htcondor;

import ee.interlink.batch.Capacity;
import ee.interlink.batch.Capacity.Amounts;
import ee.interlink.batch.LabelSyntax;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Adds up the slots of a pool; docs/decisions/0008-htcondor.md has the table of its labels. */
final class Slots {
  private static final String PREFIX = "htcondor.interlink.ee/";

  /** By HTCondor's name, as Kubernetes calls them; others have no such label. */
  private static final Map<String, String> ARCHITECTURES =
      Map.of("X86_64", "amd64", "aarch64", "arm64");

  private Slots() {}

  static Capacity sum(String answer) {
    List<Slot> slots = ClassAdLiterals.lines(answer, Slot.FIELDS).stream().map(Slot::of).toList();
    Amounts total = Amounts.NONE;
    Amounts free = Amounts.NONE;
    for (Slot slot : slots) {
      total = total.plus(slot.total());
      free = free.plus(slot.free());
    }
    return new Capacity(total, Optional.of(free), labels(slots));
  }

  private static Map<String, String> labels(List<Slot> slots) {
    Map<String, String> labels = new TreeMap<>();
    Optional<String> arch = common(slots, Slot::arch);
    arch.flatMap(name -> Optional.ofNullable(ARCHITECTURES.get(name)))
        .ifPresent(name -> labels.put(LabelSyntax.ARCHITECTURE, name));
    arch.flatMap(LabelSyntax::of).ifPresent(name -> labels.put(PREFIX + "arch", name));
    common(slots, Slot::opsys)
        .flatMap(LabelSyntax::of)
        .ifPresent(name -> labels.put(PREFIX + "opsys", name));
    List<Slot> withGpus = slots.stream().filter(slot -> slot.total().gpus() > 0).toList();
    common(withGpus, Slot::gpu)
        .flatMap(LabelSyntax::of)
        .ifPresent(name -> labels.put(PREFIX + "gpu", name));
    return labels;
  }

  /** The one value that all of these slots have. */
  private static Optional<String> common(
      List<Slot> slots, Function<Slot, Optional<String>> attribute) {
    Set<Optional<String>> values = new HashSet<>();
    slots.forEach(slot -> values.add(attribute.apply(slot)));
    return values.size() == 1 ? values.iterator().next() : Optional.empty();
  }
}
