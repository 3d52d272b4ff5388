package ee.interlink.slurm;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Questions to slurmrestd in a version that both sides know. */
final class RestQuestions {
  /**
   * Versions of the data parser that say what we need in the same words. v0.0.42 is in 24.11 to
   * 26.05, so it comes first.
   */
  private static final List<String> VERSIONS =
      List.of("v0.0.42", "v0.0.43", "v0.0.44", "v0.0.41", "v0.0.40");

  private final Slurmrestd service;
  private final RestThread thread = new RestThread();
  private final List<String> ours;
  private String version = "";

  /**
   * @param service closed with these
   * @param version the only one to be spoken; empty for any
   */
  RestQuestions(Slurmrestd service, Optional<String> version) {
    this.service = service;
    this.ours = version.map(List::of).orElse(VERSIONS);
  }

  /** Asks, and reads the whole answer, whatever it says. */
  RestAnswer ask(BiFunction<Slurmrestd, String, Response> question) throws BatchException {
    return ask(question, "", element -> {});
  }

  /**
   * The same, and hands on a list, element by element.
   *
   * @param list its name
   */
  RestAnswer ask(
      BiFunction<Slurmrestd, String, Response> question, String list, Consumer<JsonObject> element)
      throws BatchException {
    String spoken = version();
    RestAnswer answer =
        thread.ask(() -> RestAnswer.to(() -> question.apply(service, spoken), list, element));
    if (answer.fault().filter(RestAnswer.Fault::nowhere).isPresent()) {
      version = "";
    }
    return answer;
  }

  /**
   * Hands on each element of a list.
   *
   * @throws BatchException if anything went wrong, or there is no such list
   */
  void each(
      BiFunction<Slurmrestd, String, Response> question, String list, Consumer<JsonObject> element)
      throws BatchException {
    RestAnswer answer = ask(question, list, element);
    answer.check();
    answer.checkList(list);
  }

  /** The version that both know, asked once, and again if the service does not know it any more. */
  private String version() throws BatchException {
    if (version.isEmpty()) {
      for (String each : ours) {
        Optional<RestAnswer.Fault> fault =
            thread.ask(() -> RestAnswer.to(() -> service.ping(each))).fault();
        if (fault.isEmpty()) {
          version = each;
          return version;
        }
        if (!fault.get().nowhere()) {
          throw fault.get().exception();
        }
      }
      throw new BackendUnavailableException(
          "slurmrestd speaks none of the versions " + String.join(", ", ours));
    }
    return version;
  }

  void close() {
    thread.close();
    try {
      service.close();
    } catch (IOException e) {
      // What cannot be closed is gone.
    }
  }
}
