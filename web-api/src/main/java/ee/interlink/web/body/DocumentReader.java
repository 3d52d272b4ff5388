package ee.interlink.web.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import ee.interlink.offload.pod.FieldFault;
import ee.interlink.offload.pod.PodJson;
import ee.interlink.offload.pod.RefusedPodException;
import ee.interlink.web.problem.ProblemException;
import ee.interlink.web.problem.ProblemKind;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads exactly one JSON or YAML document. What it says of a bad one names the place, never the
 * content, which may be secret.
 *
 * <p>YAML's anchors and aliases are refused: they are how a small document becomes a huge one, and
 * the parser would hand an alias on as if its name had been written.
 */
public final class DocumentReader {
  private static final int MOST_NESTED = 60;
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(MOST_NESTED)
          .maxStringLength(RequestBody.WIRE_LIMIT)
          .maxNumberLength(100)
          .build();

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(CONSTRAINTS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();
  private static final JsonFactory YAML =
      YAMLFactory.builder()
          .streamReadConstraints(CONSTRAINTS)
          .loaderOptions(yamlLimits())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** The two languages in which a document may come. */
  public enum Language {
    JSON,
    YAML
  }

  private DocumentReader() {}

  /**
   * @throws ProblemException if it is not one document of that language
   * @throws RefusedPodException naming the field, if it is one but not of that shape
   */
  public static <T> T read(String text, Language language, Class<T> shape)
      throws RefusedPodException {
    try (TokenBuffer tokens = tokens(text, language);
        JsonParser parser = tokens.asParser(PodJson.mapper())) {
      return PodJson.mapper().readValue(parser, shape);
    } catch (JsonMappingException e) {
      throw new RefusedPodException(List.of(new FieldFault(path(e), fault(e))));
    } catch (JsonProcessingException e) {
      throw malformed("is not valid " + language, e.getLocation());
    } catch (IOException e) {
      throw malformed("is not valid " + language, null);
    }
  }

  private static LoaderOptions yamlLimits() {
    LoaderOptions limits = new LoaderOptions();
    limits.setMaxAliasesForCollections(0);
    limits.setNestingDepthLimit(MOST_NESTED);
    limits.setCodePointLimit(RequestBody.POD_LIMIT);
    return limits;
  }

  private static TokenBuffer tokens(String text, Language language) throws IOException {
    JsonFactory factory = language == Language.YAML ? YAML : JSON;
    try (JsonParser parser = factory.createParser(text)) {
      TokenBuffer tokens = new TokenBuffer(parser);
      int depth = 0;
      int documents = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
          throw malformed("uses an alias, which is not supported,", parser.currentTokenLocation());
        }
        if (depth == 0 && ++documents > 1) {
          throw malformed("is followed by another one", parser.currentTokenLocation());
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        tokens.copyCurrentEvent(parser);
      }
      if (documents == 0 || isNothing(tokens)) {
        throw malformed("is empty", null);
      }
      return tokens;
    }
  }

  /** A YAML document of nothing but its marker is read as an empty text. */
  private static boolean isNothing(TokenBuffer tokens) throws IOException {
    try (JsonParser parser = tokens.asParser()) {
      JsonToken first = parser.nextToken();
      return first == JsonToken.VALUE_NULL
          || (first == JsonToken.VALUE_STRING && parser.getText().isBlank());
    }
  }

  private static ProblemException malformed(String how, JsonLocation at) {
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new ProblemException(ProblemKind.MALFORMED_DOCUMENT, "the document " + how + where);
  }

  private static String fault(JsonMappingException e) {
    return "has not the form that it has in Kubernetes"
        + (e instanceof MismatchedInputException m && m.getTargetType() == String.class
            ? ": a text is wanted, in quotes where it looks like a number or true or false"
            : "");
  }

  /** As {@code kubectl explain} writes it, with list indices. */
  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    return path.isEmpty() ? "the document" : path.startsWith(".") ? path.substring(1) : path;
  }
}
