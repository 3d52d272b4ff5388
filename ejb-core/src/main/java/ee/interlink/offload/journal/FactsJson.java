package ee.interlink.offload.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import ee.interlink.offload.status.PodFacts;

/** {@link PodFacts} as JSON text and back. */
final class FactsJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private FactsJson() {}

  static String write(PodFacts facts) {
    try {
      return MAPPER.writeValueAsString(facts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("facts that cannot be written", e);
    }
  }

  static PodFacts read(String text) {
    try {
      return MAPPER.readValue(text, PodFacts.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("stored facts that cannot be read", e);
    }
  }
}
