package ee.interlink.web.kubelet.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /stats/summary          | get stats",
        "GET    | /metrics                | get metrics",
        "GET    | /metrics/resource       | get metrics",
        "GET    | /metricsx               | get proxy",
        "GET    | /logs/                  | get log",
        "GET    | /healthz                | get healthz, get proxy",
        "GET    | /pods                   | get pods, get proxy",
        "GET    | /runningpods/           | get pods, get proxy",
        "GET    | /configz                | get configz, get proxy",
        "GET    | /containerLogs/a/b/c    | get proxy",
        "GET    | /exec/a/b/c             | get proxy",
        "POST   | /exec/a/b/c             | create proxy",
        "PUT    | /                       | update proxy",
        "PATCH  | /                       | patch proxy",
        "DELETE | /pods                   | delete pods, delete proxy",
        "HEAD   | /unknown                | head proxy",
      })
  void a_path_needs_the_right_that_kubelet_asks_for(String method, String path, String rights) {
    assertThat(
            Access.to(method, path).stream()
                .map(access -> access.verb() + " " + access.subresource())
                .collect(Collectors.joining(", ")))
        .isEqualTo(rights);
  }
}
