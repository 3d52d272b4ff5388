package ee.interlink.web.portal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.web.body.Json;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What an answer is written in: JSON, or YAML for those who ask for it before JSON. */
final class Representation {
  static final String YAML = "application/yaml";
  private static final ObjectMapper YAML_MAPPER =
      PodJson.mapper()
          .copyWith(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .build());

  private Representation() {}

  static Response.ResponseBuilder of(int status, Object value, HttpHeaders headers) {
    boolean yaml = wantsYaml(headers);
    return Response.status(status)
        .type(yaml ? YAML : MediaType.APPLICATION_JSON)
        .entity(yaml ? yaml(value) : Json.bytes(value));
  }

  private static boolean wantsYaml(HttpHeaders headers) {
    for (MediaType accepted : headers.getAcceptableMediaTypes()) {
      if (accepted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
        return false;
      }
      if (accepted.isCompatible(MediaType.valueOf(YAML))) {
        return true;
      }
    }
    return false;
  }

  private static byte[] yaml(Object value) {
    try {
      return YAML_MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that cannot be written as YAML", e);
    }
  }
}
