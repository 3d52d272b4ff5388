package ee.interlink.site.jobs;

import ee.interlink.batch.BackendName;
import ee.interlink.batch.DnsLabel;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What pods may tell a scheduler by annotations of the driver's prefix, and what they do tell it.
 * Nothing is allowed unless the administrator has listed it, for all namespaces or for one;
 * docs/annotations.md says how.
 *
 * @param <A> the driver's table
 */
public final class SchedulerAnnotations<A extends Enum<A> & KnownAnnotation> {
  private static final String KEY = "annotations";
  private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

  private final AnnotationTable<A> table;
  private final BackendName backend;
  private final AllowedAnnotations<A> general;
  private final Map<String, AllowedAnnotations<A>> ofNamespaces;

  private SchedulerAnnotations(
      AnnotationTable<A> table,
      BackendName backend,
      AllowedAnnotations<A> general,
      Map<String, AllowedAnnotations<A>> ofNamespaces) {
    this.table = table;
    this.backend = backend;
    this.general = general;
    this.ofNamespaces = Map.copyOf(ofNamespaces);
  }

  /**
   * Takes the lists from the reader.
   *
   * @param prefix what the names of the driver's annotations begin with, with the slash
   * @throws InvalidSettingException naming what is listed and not in the table, or a key that has
   *     not the form of a list
   */
  public static <A extends Enum<A> & KnownAnnotation> SchedulerAnnotations<A> read(
      SettingReader reader, String prefix, Class<A> constants) throws InvalidSettingException {
    AnnotationTable<A> table = new AnnotationTable<>(prefix, constants);
    String all = reader.text(KEY, ANY).orElse(AllowedAnnotations.NONE);
    Map<String, AllowedAnnotations<A>> ofNamespaces = new TreeMap<>();
    for (Map.Entry<String, String> own : reader.below(KEY + ".").entrySet()) {
      String key = KEY + "." + own.getKey();
      if (!DnsLabel.is(own.getKey())) {
        throw reader.wrong(key, "does not end with the name of a namespace");
      }
      ofNamespaces.put(own.getKey(), AllowedAnnotations.read(reader, key, own.getValue(), table));
    }
    return new SchedulerAnnotations<>(
        table, reader.backend(), AllowedAnnotations.read(reader, KEY, all, table), ofNamespaces);
  }

  /** Whether a pod has annotations of this prefix at all. */
  public static boolean anyOf(String prefix, JobRequest request) {
    return request.annotations().keySet().stream().anyMatch(name -> name.startsWith(prefix));
  }

  /** The path of a pod's field, as in faults. */
  public static String field(String annotation) {
    return "metadata.annotations[" + Words.shortened(annotation) + "]";
  }

  /**
   * What a pod asks for, checked: each value fits its form and is one that the namespace may have.
   *
   * @throws InvalidRequestException naming all annotations of the prefix that stand in the way; it
   *     repeats no value
   */
  public Map<A, String> askedBy(JobRequest request) throws InvalidRequestException {
    Map<String, String> faults = new TreeMap<>();
    Map<A, String> asked = askedBy(request, faults);
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    return asked;
  }

  /** The same, which leaves what stands in the way to the caller, by the pod's field. */
  public Map<A, String> askedBy(JobRequest request, Map<String, String> faults) {
    Map<A, String> asked = new EnumMap<>(table.constants());
    request
        .annotations()
        .forEach(
            (name, value) -> {
              if (name.startsWith(table.prefix())) {
                Optional<A> known = table.find(name.substring(table.prefix().length()));
                Optional<String> fault =
                    known.isEmpty()
                        ? Optional.of(table.isNotOne())
                        : fault(known.get(), value, request.namespace());
                fault.ifPresentOrElse(
                    words -> faults.put(field(name), words),
                    () -> asked.put(known.orElseThrow(), value));
              }
            });
    return asked;
  }

  /**
   * Why a pod of this namespace may not have this value, wherever it asks for it: the end of a
   * sentence. Empty if it may.
   */
  public Optional<String> fault(A asked, String value, String namespace) {
    // It counts instead of the general one, so that it can take away, too.
    AllowedAnnotations<A> allowed = ofNamespaces.getOrDefault(namespace, general);
    if (!allowed.values().containsKey(asked)) {
      return Optional.of(
          "is not allowed for namespace "
              + Words.shortened(namespace)
              + " on backend "
              + backend
              + " ("
              + allowed.key()
              + ")");
    }
    return asked.form().fault(value).or(() -> allowed.fault(asked, value));
  }
}
