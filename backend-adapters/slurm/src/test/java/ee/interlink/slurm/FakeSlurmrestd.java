package ee.interlink.slurm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The JDK's HTTP server in the place of slurmrestd. What it answers was recorded from one of 24.11,
 * or is made of that.
 */
final class FakeSlurmrestd implements AutoCloseable {
  /** What came in. */
  record Asked(String method, String path, String query, String user, String token, String body) {
    @Override
    public String toString() {
      return query == null
          ? method + " " + path
          : Arrays.stream(query.split("&", -1))
              .sorted()
              .collect(Collectors.joining("&", method + " " + path + "?", ""));
    }
  }

  /** What goes out. */
  record Answer(int status, String type, String body) {
    static Answer json(int status, String body) {
      return new Answer(status, "application/json", body);
    }

    /** What slurmrestd says of what does not come to its plugins. */
    static Answer plain(int status, String body) {
      return new Answer(status, "text/plain", body);
    }
  }

  static {
    // Else each answer would wait for the client to acknowledge its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final Answer NOWHERE =
      Answer.plain(404, "Unable find requested URL. Please view /openapi/v3 for API reference.");

  private final HttpServer server;
  private final String scheme;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Supplier<Answer>> answers = new ConcurrentHashMap<>();

  FakeSlurmrestd() throws IOException {
    this(HttpServer.create(here(), 0), "http", true);
  }

  /**
   * @param server not started yet
   * @param answers whether this class does, and not whoever has made the server
   */
  FakeSlurmrestd(HttpServer server, String scheme, boolean answers) {
    this.server = server;
    this.scheme = scheme;
    if (answers) {
      server.createContext("/", this::answer);
    }
    server.start();
    answer("GET /slurm/v0.0.42/ping/", 200, recorded("ping"));
  }

  static InetSocketAddress here() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  String address() {
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * What it says from now on.
   *
   * @param question {@code GET /slurm/v0.0.42/ping/}, without a query
   */
  void answer(String question, int status, String json) {
    answer(question, () -> Answer.json(status, json));
  }

  void answer(String question, Supplier<Answer> answer) {
    answers.put(question, answer);
  }

  /** From now on it says the same to everything. */
  void answerAll(Answer answer) {
    answers.clear();
    answers.put("*", () -> answer);
  }

  /** Forgets what was asked before. */
  List<String> askedSince(ThrowingRunnable questions) throws Exception {
    asked.clear();
    questions.run();
    return asked.stream().map(Asked::toString).toList();
  }

  interface ThrowingRunnable {
    void run() throws Exception;
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String question = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      asked.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              exchange.getRequestURI().getQuery(),
              exchange.getRequestHeaders().getFirst("X-SLURM-USER-NAME"),
              exchange.getRequestHeaders().getFirst("X-SLURM-USER-TOKEN"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      Answer answer =
          answers.getOrDefault(question, answers.getOrDefault("*", () -> NOWHERE)).get();
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  /** Nobody listens there any more. */
  @Override
  public void close() {
    server.stop(0);
  }

  // ---- answers

  static String recorded(String name) {
    try (InputStream text =
        FakeSlurmrestd.class.getResourceAsStream("/slurmrestd/" + name + ".json")) {
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonObject read(String json) {
    return Json.createReader(new StringReader(json)).readObject();
  }

  /** The one element of a list that was recorded. */
  static JsonObject recorded(String name, String list) {
    return read(recorded(name)).getJsonArray(list).getJsonObject(0);
  }

  /** An answer with a list of these. */
  static String list(String name, List<JsonObject> elements) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    elements.forEach(array::add);
    return Json.createObjectBuilder(read(recorded("states"))).add(name, array).build().toString();
  }

  /** The states of jobs with the ids 1, 2, 3 and so on. */
  static String states(List<String> states) {
    List<JsonObject> jobs = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      jobs.add(
          Json.createObjectBuilder()
              .add("job_id", Integer.toString(i + 1))
              .add("state", Json.createArrayBuilder().add(states.get(i)))
              .build());
    }
    return list("jobs", jobs);
  }

  /** A job as it was recorded, in another state and of another pod. */
  static JsonObject job(long id, String pod, String state) {
    return Json.createObjectBuilder(recorded("pending-job", "jobs"))
        .add("job_id", id)
        .add("name", pod)
        .add("job_state", Json.createArrayBuilder().add(state))
        .build();
  }
}
