package ee.interlink.web.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import ee.interlink.offload.pod.PodJson;

/** Answers as JSON. */
public final class Json {
  private Json() {}

  public static byte[] bytes(Object value) {
    try {
      return PodJson.mapper().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that cannot be written as JSON", e);
    }
  }
}
