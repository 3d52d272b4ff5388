package ee.interlink.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The portal's REST API, version 1, as a client sees it. Its short calls do not end on an
 * interrupt: a POST given up half-way might leave a pod whose UID nobody knows.
 */
final class Portal {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI base;

  Portal(URI server) {
    this.base = server.resolve("/api/v1/");
  }

  PodStatus create(Path manifest, String backend) throws IOException, LaunchException {
    boolean json = manifest.toString().endsWith(".json");
    HttpRequest request =
        to("pods?backend=" + URLEncoder.encode(backend, StandardCharsets.UTF_8))
            .header("Content-Type", json ? "application/json" : "application/yaml")
            .POST(BodyPublishers.ofFile(manifest))
            .build();
    return PodStatus.of(body(send(request)));
  }

  JsonNode backends() throws IOException, LaunchException {
    return body(send(to("backends").build()));
  }

  /** Empty once the pod is gone. */
  Optional<PodStatus> get(String uid) throws IOException, LaunchException {
    HttpResponse<byte[]> answer = send(to("pods/" + uid).build());
    return answer.statusCode() == 404 ? Optional.empty() : Optional.of(PodStatus.of(body(answer)));
  }

  void delete(String uid) throws IOException, LaunchException {
    HttpResponse<byte[]> answer = send(to("pods/" + uid).DELETE().build());
    if (answer.statusCode() != 404) {
      refuse(answer);
    }
  }

  /** The container's output until its end. This one call ends on an interrupt. */
  InputStream follow(String uid, String container) throws IOException, InterruptedException {
    URI log = base.resolve("pods/" + uid + "/log?follow=true&container=" + container);
    HttpResponse<InputStream> answer =
        http.send(HttpRequest.newBuilder(log).build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      answer.body().close();
      throw new IOException("HTTP " + answer.statusCode());
    }
    return answer.body();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(LIMIT)
        .header("Accept", "application/json, application/problem+json");
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.sendAsync(request, BodyHandlers.ofByteArray()).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException || e.getCause() instanceof UncheckedIOException) {
        throw new IOException(e.getCause());
      }
      throw e;
    }
  }

  private static JsonNode body(HttpResponse<byte[]> answer) throws IOException, LaunchException {
    refuse(answer);
    return JSON.readTree(answer.body());
  }

  private static void refuse(HttpResponse<byte[]> answer) throws LaunchException {
    if (answer.statusCode() >= 400) {
      throw new LaunchException(Problem.of(answer.statusCode(), answer.body()));
    }
  }
}
