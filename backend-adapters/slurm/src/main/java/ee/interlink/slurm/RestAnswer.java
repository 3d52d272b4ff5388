package ee.interlink.slurm;

import static ee.interlink.slurm.RestJson.JSON;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.site.jobs.Words;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An answer of slurmrestd. Whether it worked, its list {@code errors} says: refusals come with
 * status 500, and some errors with 200.
 */
final class RestAnswer {
  private static final int ESLURM_INVALID_JOB_ID = 2017;
  private static final int ESLURM_ALREADY_DONE = 2021;
  private static final int ESLURM_PROTOCOL_AUTHENTICATION = 1007;
  private static final int BAD = 400;
  private static final Set<Integer> NOT_LET_IN = Set.of(401, 403);

  /**
   * What it says went wrong.
   *
   * @param number Slurm's own
   */
  record Fault(OptionalInt number, String words, int status) {
    /** The address is none of the service's: it may speak another version by now. */
    boolean nowhere() {
      return status == Response.Status.NOT_FOUND.getStatusCode() && number.isEmpty();
    }

    boolean noSuchJob() {
      return number.isPresent()
          && (number.getAsInt() == ESLURM_INVALID_JOB_ID
              || number.getAsInt() == ESLURM_ALREADY_DONE);
    }

    BatchException exception() {
      String all = "slurmrestd: " + words;
      boolean outside =
          NOT_LET_IN.contains(status)
              || (number.isPresent() && number.getAsInt() == ESLURM_PROTOCOL_AUTHENTICATION);
      return outside ? new NotAuthorisedException(all) : new BackendUnavailableException(all);
    }
  }

  private final JsonObject rest;
  private final int status;
  private final boolean handedOn;

  private RestAnswer(JsonObject rest, int status, boolean handedOn) {
    this.rest = rest;
    this.status = status;
    this.handedOn = handedOn;
  }

  /** Asks, and reads the whole answer. */
  static RestAnswer to(Supplier<Response> question) throws BatchException {
    return to(question, "", element -> {});
  }

  /**
   * Asks, and reads the answer as it comes.
   *
   * @param list the name of the list that is handed on, element by element
   */
  static RestAnswer to(Supplier<Response> question, String list, Consumer<JsonObject> each)
      throws BatchException {
    try (Response response = question.get()) {
      try (InputStream body = response.readEntity(InputStream.class);
          JsonParser parser = JSON.createParser(body)) {
        return read(parser, list, each, response.getStatus());
      } catch (JsonException | IOException e) {
        if (response.getStatus() >= BAD) {
          // What does not even come to the plugins is refused in plain words.
          return new RestAnswer(JsonValue.EMPTY_JSON_OBJECT, response.getStatus(), false);
        }
        throw new BackendUnavailableException("slurmrestd's answer is no JSON or broke off", e);
      }
    } catch (ProcessingException e) {
      throw unasked(e);
    }
  }

  /** Without a token the question has not even been asked. */
  private static BatchException unasked(ProcessingException e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof NotAuthorisedException outside) {
        return outside;
      }
    }
    return new BackendUnavailableException("slurmrestd does not answer: " + cause(e), e);
  }

  private static String cause(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return Words.shortened(cause.toString());
  }

  private static RestAnswer read(
      JsonParser parser, String list, Consumer<JsonObject> each, int status) {
    JsonObjectBuilder rest = JSON.createObjectBuilder();
    boolean handedOn = false;
    if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
      throw new JsonException("no object");
    }
    while (parser.hasNext()) {
      if (parser.next() == JsonParser.Event.KEY_NAME) {
        String name = parser.getString();
        if (parser.next() == JsonParser.Event.START_ARRAY && name.equals(list)) {
          parser.getArrayStream().map(RestAnswer::object).forEach(each);
          handedOn = true;
        } else {
          rest.add(name, parser.getValue());
        }
      }
    }
    return new RestAnswer(rest.build(), status, handedOn);
  }

  private static JsonObject object(JsonValue element) {
    if (element instanceof JsonObject object) {
      return object;
    }
    throw new JsonException("no object in the list");
  }

  /** What it says went wrong, if anything did. */
  Optional<Fault> fault() {
    JsonArray errors = list(rest, "errors");
    if (errors.isEmpty() && status < BAD) {
      return Optional.empty();
    }
    String words =
        errors.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonValue::asJsonObject)
            .flatMap(
                error ->
                    Stream.of(error.getString("error", ""), error.getString("description", "")))
            .filter(text -> !text.isBlank())
            .distinct()
            .collect(Collectors.joining("; "));
    OptionalInt number =
        errors.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonValue::asJsonObject)
            .mapToInt(error -> error.getInt("error_number", 0))
            .filter(each -> each != 0)
            .findFirst();
    return Optional.of(
        new Fault(number, words.isEmpty() ? "status " + status : Words.shortened(words), status));
  }

  /**
   * What it says besides.
   *
   * @throws BatchException if anything went wrong
   */
  JsonObject content() throws BatchException {
    check();
    return rest;
  }

  /**
   * That nothing went wrong.
   *
   * @throws BatchException if it did
   */
  void check() throws BatchException {
    Optional<Fault> fault = fault();
    if (fault.isPresent()) {
      throw fault.get().exception();
    }
  }

  /**
   * Whether the job is there that was asked for.
   *
   * @throws BatchException if anything else went wrong
   */
  boolean hasJob() throws BatchException {
    Optional<Fault> fault = fault();
    if (fault.isPresent() && !fault.get().noSuchJob()) {
      throw fault.get().exception();
    }
    return fault.isEmpty();
  }

  /**
   * That it has the list: what does not says nothing, least of all that it is empty.
   *
   * @throws BackendUnavailableException if it has not
   */
  void checkList(String name) throws BackendUnavailableException {
    if (!handedOn) {
      throw new BackendUnavailableException("slurmrestd's answer does not tell the " + name);
    }
  }

  /** A list in an object; one that is null or not there has no elements. */
  static JsonArray list(JsonObject object, String name) {
    JsonValue value = object.get(name);
    return value != null && value.getValueType() == JsonValue.ValueType.ARRAY
        ? value.asJsonArray()
        : JsonValue.EMPTY_JSON_ARRAY;
  }
}
