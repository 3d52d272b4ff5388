package ee.interlink.offload.pod;

/**
 * What is wrong with one field of a pod.
 *
 * @param field its path, as {@code kubectl explain} writes it, with list indices
 * @param fault the end of a sentence that begins with the field; never has a secret
 */
public record FieldFault(String field, String fault) {
  @Override
  public String toString() {
    return field + " " + fault;
  }
}
