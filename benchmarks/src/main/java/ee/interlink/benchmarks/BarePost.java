package ee.interlink.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ee.interlink.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** By slurmrestd, over connections that stay open. */
final class BarePost implements BareSubmit {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper mapper = new ObjectMapper();
  private final URI service;
  private final String token;
  private final String script;

  /**
   * @param script of each job
   */
  BarePost(Testbed testbed, String script) throws IOException {
    this.script = script;
    service = URI.create(testbed.setting("TESTBED_SLURMRESTD") + "/slurm/v0.0.42/job/submit");
    Path tokens = Path.of(testbed.setting("TESTBED_SLURM_TOKENS"));
    token = Files.readString(tokens.resolve(BareSubmit.user())).strip();
  }

  @Override
  public void submit(String jobName) {
    ObjectNode body = mapper.createObjectNode();
    ObjectNode job = body.putObject("job");
    job.put("name", jobName).put("partition", "parked");
    job.put("script", script);
    job.put("current_working_directory", "/").put("standard_output", "/dev/null");
    job.putArray("environment").add("PATH=/usr/bin:/bin");
    HttpRequest request =
        HttpRequest.newBuilder(service)
            .header("X-SLURM-USER-NAME", BareSubmit.user())
            .header("X-SLURM-USER-TOKEN", token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(answer.body());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    // The client's connections end with it.
  }
}
